import { Alert } from 'antd';
import type { LaneAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { useServerNow } from '../time/clock.js';
import { spanText } from '../time/span.js';

/** Why the breaker is open, and when one order is tried again. */
export function BreakerLine({ lane }: { readonly lane: LaneAnswer }) {
  const { t, lang } = useWords();
  const now = useServerNow(1_000);
  if (lane.breaker === 'closed') return null;
  const reason = lane.breakerReason ?? '';
  const why =
    reason === 'unavailable' || reason === 'credentials'
      ? t(`lane.breakerReason.${reason}`)
      : t('lane.breakerReason.other', { reason });
  const left = lane.breakerUntil === null ? 0 : Math.max(0, Date.parse(lane.breakerUntil) - now);
  const again = left > 0 ? t('lane.breakerUntil', { span: t('frame.time.in', { span: spanText(left, lang) }) }) : '';
  return (
    <Alert
      type={lane.breaker === 'open' ? 'error' : 'warning'}
      showIcon
      title={[t('lane.breakerWhy', { breaker: t(`lane.breaker.${lane.breaker}`), why }), again]
        .filter((part) => part !== '')
        .join(' · ')}
    />
  );
}
