import type { ClaimState } from '../../../domain/claims/machine.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const TONES = {
  draft: 'ask',
  filed: 'busy',
  accepted: 'wait',
  rejected: 'bad',
  paid: 'good',
  dropped: 'over',
} as const satisfies Record<ClaimState, Tone>;

export function ClaimMark({ state }: { readonly state: ClaimState }) {
  const { t } = useWords();
  return <Mark tone={TONES[state]}>{t(`claim.state.${state}`)}</Mark>;
}
