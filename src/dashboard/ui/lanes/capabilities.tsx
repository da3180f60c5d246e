import type { LaneAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';

const SHOWN = [
  'returnToSender',
  'redirect',
  'cancel',
  'status',
  'track',
  'push',
  'idempotencyKey',
  'feeInAnswer',
] as const satisfies readonly (keyof NonNullable<LaneAnswer['capabilities']>)[];

/** What the courier's interface can do: why a step is not offered, or why a lost answer is asked for another way. */
export function LaneCapabilities({ of }: { readonly of: NonNullable<LaneAnswer['capabilities']> }) {
  const { t } = useWords();
  return (
    <ul className="capabilities" aria-label={t('lane.capabilities.title')}>
      {SHOWN.map((name) => (
        <li key={name} className={of[name] ? 'capability' : 'capability capability-no'}>
          <span aria-hidden="true">{of[name] ? '✓' : '–'}</span> {t(`lane.capabilities.${name}`)}
          <span className="unseen"> {of[name] ? t('lane.capabilities.can') : t('lane.capabilities.cannot')}</span>
        </li>
      ))}
    </ul>
  );
}
