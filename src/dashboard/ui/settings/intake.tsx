import type { ReactNode } from 'react';
import type { ShopAnswer } from '../http/answers.js';
import { Mark } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';
import { useServerNow } from '../time/clock.js';
import { Ago } from '../time/moments.js';
import { healthOf } from './intake-health.js';

type Door = ShopAnswer['intakeDoors'][number];

const STEP_MS = 5_000;
const TONES = { working: 'good', unread: 'wait', failing: 'bad', overdue: 'ask' } as const;

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function DoorLine({ door }: { readonly door: Door }) {
  const { t } = useWords();
  const health = healthOf(door, useServerNow(STEP_MS));
  return (
    <Line name={t(`config.intake.${door.door}`)}>
      <Mark tone={TONES[health]}>{t(`config.intake.${health}`)}</Mark>{' '}
      {door.failingSince !== null && (
        <span className="intake-wrong">
          {t('config.intake.since')}
          <Ago at={door.failingSince} />
          {door.lastError !== null && <span className="quote">{door.lastError}</span>}
        </span>
      )}
      {door.cursorAt !== null && (
        <span className="muted">
          {t('config.intake.readUpTo')} <Ago at={door.cursorAt} />
        </span>
      )}{' '}
      {door.lastOkAt !== null && (
        <span className="muted">
          {t('config.intake.ok')} <Ago at={door.lastOkAt} />
        </span>
      )}
    </Line>
  );
}

/** How fresh a shop's intake is (R77): every door that is in use, and when anything was last heard. */
export function Intake({ shop }: { readonly shop: ShopAnswer }) {
  const { t } = useWords();
  return (
    <dl className="intake" aria-label={t('config.intake.title')}>
      {shop.intakeDoors.map((door) => (
        <DoorLine key={door.door} door={door} />
      ))}
      <Line name={t('config.intake.last')}>
        {shop.lastEventAt === null ? t('config.intake.never') : <Ago at={shop.lastEventAt} />}
      </Line>
    </dl>
  );
}
