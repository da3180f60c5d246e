import type { ImportState } from '../../../domain/import/batch.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const TONES = {
  uploading: 'wait',
  reading: 'busy',
  previewing: 'busy',
  previewed: 'ask',
  running: 'busy',
  done: 'good',
  aborted: 'over',
  unreadable: 'bad',
} as const satisfies Record<ImportState, Tone>;

export function ImportStateMark({ state }: { readonly state: ImportState }) {
  const { t } = useWords();
  return <Mark tone={TONES[state]}>{t(`import.state.${state}`)}</Mark>;
}
