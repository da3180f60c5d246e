import { PageHead } from './parts/page-head.js';
import { useWords } from './texts/i18n.js';

export function NotFound() {
  const { t } = useWords();
  return <PageHead title={t('frame.notFound.title')} about={t('frame.notFound.body')} />;
}
