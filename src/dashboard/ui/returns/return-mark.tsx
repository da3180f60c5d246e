import type { ReturnState } from '../../../domain/returns/states.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const TONES = {
  expected: 'wait',
  received: 'good',
  short: 'ask',
  other: 'ask',
  damaged: 'ask',
  off: 'over',
  settled: 'over',
} as const satisfies Record<ReturnState, Tone>;

export function ReturnMark({ state }: { readonly state: ReturnState }) {
  const { t } = useWords();
  return <Mark tone={TONES[state]}>{t(`return.state.${state}`)}</Mark>;
}
