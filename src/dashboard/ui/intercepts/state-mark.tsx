import type { InterceptState } from '../../../domain/intercept/machine.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const TONES = {
  held: 'wait',
  queued: 'wait',
  submitting: 'busy',
  uncertain: 'ask',
  accepted: 'busy',
  intercepted: 'good',
  needs_review: 'ask',
  missed: 'bad',
  returned: 'good',
  refused: 'bad',
  withdrawn: 'over',
  expired: 'bad',
  skipped: 'over',
} as const satisfies Record<InterceptState, Tone>;

export function StateMark({ state }: { readonly state: InterceptState }) {
  const { t } = useWords();
  return <Mark tone={TONES[state]}>{t(`intercept.state.${state}`)}</Mark>;
}
