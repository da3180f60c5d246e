import { Alert } from 'antd';
import type { ShopAnswer } from '../http/answers.js';
import { platformName } from '../parts/platforms.js';
import { Link } from '../place/link.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { editAddress } from './parts.js';

const REASON = 'agreement_not_signed';

/** Leads the owner of an unsigned shop to signing (R12): what to do, and what is skipped until then. */
export function Unsigned({ shop }: { readonly shop: ShopAnswer }) {
  const { t, lang } = useWords();
  const maySign = useMay('config:write');
  const mayReplay = useMay('intercepts:write');
  if (shop.skippedUnsigned === null) return null;
  const { count, lastAt } = shop.skippedUnsigned;
  const filter = `shopId=${shop.id}&state=skipped&reason=${REASON}`;
  return (
    <Alert
      type="warning"
      showIcon
      className="unsigned"
      title={t('config.unsigned.title')}
      description={
        <>
          <p>
            {t('config.unsigned.skipped', { count })}
            {lastAt !== null && (
              <>
                {t('config.unsigned.last')} <Ago at={lastAt} />
              </>
            )}
            {lang === 'zh' ? '。' : '.'}
          </p>
          <ol className="to-do">
            <li>{t('config.unsigned.step1', { platform: platformName(shop.platform, lang) })}</li>
            <li>{t('config.unsigned.step2')}</li>
            {count > 0 && <li>{t('config.unsigned.step3')}</li>}
          </ol>
          <p className="steps">
            {maySign && <Link to={editAddress('shops', shop.id)}>{t('config.unsigned.sign')}</Link>}
            {count > 0 && <Link to={`/intercepts?${filter}`}>{t('config.unsigned.see', { count })}</Link>}
            {count > 0 && mayReplay && <Link to={`/replays?${filter}`}>{t('config.unsigned.replay')}</Link>}
          </p>
        </>
      }
    />
  );
}
