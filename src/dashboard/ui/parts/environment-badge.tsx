import { useEnvironment } from '../session/session.js';
import { useWords } from '../texts/i18n.js';

/** Which installation this is, in a colour of its own: a click that is harmless in the demo is not so everywhere. */
export function EnvironmentBadge() {
  const { t } = useWords();
  const name = useEnvironment();
  if (name === null) return null;
  return (
    <span className={`environment environment-${name}`} title={t('frame.environment.label')}>
      <span className="unseen">{t('frame.environment.label')} </span>
      {t(`frame.environment.${name}`)}
    </span>
  );
}
