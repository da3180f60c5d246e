import { SCOPES, type Scope } from '../../domain/people/scopes.js';
import { PageHead } from './parts/page-head.js';
import { useWords } from './texts/i18n.js';
import { sideIn } from './texts/language.js';

/** A page that this person’s role may not see, and what he would have to ask for. */
export function Forbidden({ scope }: { readonly scope: Scope }) {
  const { t, lang } = useWords();
  return (
    <PageHead
      title={t('frame.forbidden.title')}
      about={t('frame.forbidden.body', { scope, what: sideIn(lang, SCOPES[scope]) })}
    />
  );
}
