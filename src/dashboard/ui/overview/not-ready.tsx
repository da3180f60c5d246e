import { Alert } from 'antd';
import type { OverviewAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { momentText } from '../time/span.js';

/** Why work does not go on, in red above everything else; nothing while all is well. */
export function NotReady({ causes }: { readonly causes: OverviewAnswer['notReady'] }) {
  const { t, lang } = useWords();
  return (
    <div role="alert" className="not-ready">
      {causes.map(({ component, subject, since, text }) => (
        <Alert
          key={`${component} ${subject}`}
          type="error"
          showIcon
          banner
          title={
            <>
              <strong>{t('overview.notReady')}</strong> {sideIn(lang, text)}{' '}
              {since !== null && t('overview.notReadySince', { at: momentText(since) })}
            </>
          }
        />
      ))}
    </div>
  );
}
