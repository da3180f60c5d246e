import { Button } from 'antd';
import { useAct } from '../actions/use-act.js';
import { useWords } from '../texts/i18n.js';
import { type Filters, matchOf } from './filters.js';

/** The whole list of these filters as a file; the browser saves it while the server is still reading. */
export function ExportLink({ filters }: { readonly filters: Filters }) {
  const { t, lang } = useWords();
  const { may, mark } = useAct('intercepts.export');
  if (!may) return null;
  const search = new URLSearchParams({ ...matchOf(filters, new Date()), lang });
  return (
    <Button href={`/api/v1/intercepts.csv?${search}`} download title={t('list.exportAbout')} {...mark}>
      {t('list.export')}
    </Button>
  );
}
