import { Link } from '../place/link.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { editAddress, type Section } from './parts.js';

/** To the form of a row; whoever may not change it looks at it there. */
export function EditLink({ section, id }: { readonly section: Section; readonly id: string }) {
  const { t } = useWords();
  const may = useMay('config:write');
  return (
    <Link to={editAddress(section, id)} className="button-link">
      {t(may ? 'config.edit' : 'config.view')}
      <span className="unseen"> {id}</span>
    </Link>
  );
}

/** To the form of a new row, for whoever may make one. */
export function AddLink({ section }: { readonly section: Section }) {
  const { t } = useWords();
  if (!useMay('config:write')) return null;
  return (
    <Link to={editAddress(section, null)} className="button-link">
      {t('config.add', { what: t(`config.section.${section}`) })}
    </Link>
  );
}
