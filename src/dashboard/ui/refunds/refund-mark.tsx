import type { RefundState } from '../../../domain/refund/machine.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const TONES = {
  waiting: 'wait',
  asked: 'ask',
  started: 'busy',
  acknowledged: 'busy',
  unknown: 'ask',
  confirmed: 'good',
  dropped: 'over',
} as const satisfies Record<RefundState, Tone>;

export function RefundMark({ state }: { readonly state: RefundState }) {
  const { t } = useWords();
  return <Mark tone={TONES[state]}>{t(`refund.state.${state}`)}</Mark>;
}
