import type { LedgerEntryAnswer } from '../http/answers.js';
import { Mark } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const TONES = { unverified: 'wait', matched: 'good', disputed: 'bad' } as const;

/** What the bills say of a fee. */
export function FeeMark({ verification }: Pick<LedgerEntryAnswer, 'verification'>) {
  const { t } = useWords();
  return <Mark tone={TONES[verification]}>{t(`fee.verification.${verification}`)}</Mark>;
}
