import type { ReactNode } from 'react';
import { conditionsText, tariffId } from '../../../domain/money/tariff.js';
import type { ConfigAnswer, ConfigRowAnswer } from '../http/answers.js';
import { courierName } from '../parts/couriers.js';
import { Mark } from '../parts/mark.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { shownValue } from './change-list.js';
import { DisableButton } from './disable-dialog.js';
import { asGroup } from './field-props.js';
import { useFieldWords } from './field-words.js';
import type { RowSection } from './parts.js';
import { AddLink, EditLink } from './row-links.js';

interface PartProps {
  readonly config: ConfigAnswer;
}

interface RowCardProps {
  readonly section: RowSection;
  readonly row: ConfigRowAnswer;
  readonly version: number;
  readonly title: ReactNode;
  readonly facts: readonly string[];
  readonly what: string;
}

/** A row that needs no more than a few words. */
function RowCard({ section, row: { id, enabled, readable }, version, title, facts, what }: RowCardProps) {
  const { t } = useWords();
  return (
    <li className="panel card">
      <div className="lane-head">
        <h2>{title}</h2>
        <Mark tone={enabled ? 'good' : 'over'}>{t(enabled ? 'config.on' : 'config.off')}</Mark>
        {!readable && <Mark tone="bad">{t('config.unreadable')}</Mark>}
      </div>
      <p className="below">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <div className="steps">
        <EditLink section={section} id={id} />
        {enabled && <DisableButton row={{ section, id, version, what }} />}
      </div>
    </li>
  );
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Policies with what they let go by itself and what they stop at. */
export function PoliciesPart({ config }: PartProps) {
  const { t } = useWords();
  const factsOf = ({ id, row }: ConfigRowAnswer) => {
    const { perDayFen, perHourCount } = asGroup(row.budget);
    const users = config.shops.filter((shop) => shop.enabled && shop.row.policy === id).length;
    return [
      t(row.auto === false ? 'config.policy.manual' : 'config.policy.auto'),
      ...(isNumber(row.approvalAboveFen) ? [t('config.policy.above', { amount: yuan(row.approvalAboveFen) })] : []),
      ...(isNumber(perDayFen) ? [t('config.policy.budget', { amount: yuan(perDayFen) })] : []),
      ...(isNumber(perHourCount) ? [t('config.policy.perHour', { count: perHourCount })] : []),
      t('config.policy.users', { count: users }),
    ];
  };
  return (
    <>
      <p className="part-add">
        <AddLink section="policies" />
      </p>
      {config.policies.length === 0 && <p className="reading">{t('config.none')}</p>}
      <ul className="cards">
        {config.policies.map((row) => (
          <RowCard
            key={row.id}
            section="policies"
            row={row}
            version={config.version}
            title={row.id}
            facts={factsOf(row)}
            what={t('config.disable.policies', {
              shops: config.shops.filter((shop) => shop.enabled && shop.row.policy === row.id).length,
            })}
          />
        ))}
      </ul>
    </>
  );
}

type Tariff = ConfigAnswer['tariffs'][number];

/** Today in China, `YYYY-MM-DD`. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** When a price holds, condition by condition; nothing for one that always does. */
function TariffWhen({ when = {} }: Pick<Tariff, 'when'>) {
  const { t } = useWords();
  const names: Readonly<Record<string, string>> = t('field', { returnObjects: true });
  const bounds = ({ atLeast, below }: { atLeast?: number | undefined; below?: number | undefined }) =>
    `${atLeast ?? 0}–${below ?? '∞'}`;
  const said = Object.entries(when).flatMap(([name, condition]) => {
    if (condition === undefined) return [];
    return [`${names[name] ?? name} ${Array.isArray(condition) ? condition.join(', ') : bounds(condition)}`];
  });
  return said.length === 0 ? null : <span className="below">{said.join(' · ')}</span>;
}

/** Prices by courier and day: which holds today, which was replaced, which is to come. */
export function TariffsPart({ config }: PartProps) {
  const { t, lang } = useWords();
  const newest = new Map<string, string>();
  const priceOf = ({ carrier, when }: Tariff) => `${carrier} ${conditionsText(when)}`;
  for (const row of config.tariffs) if (row.from <= today()) newest.set(priceOf(row), row.from);
  const stateOf = (row: Tariff) => {
    if (row.from > today()) return 'later';
    return newest.get(priceOf(row)) === row.from ? 'now' : 'past';
  };
  const tones = { now: 'good', later: 'wait', past: 'over' } as const;
  return (
    <>
      <p className="about">{t('config.tariff.about')}</p>
      <p className="part-add">
        <AddLink section="tariffs" />
      </p>
      <table className="list tariffs">
        <thead>
          <tr>
            <th scope="col">{t('field.carrier')}</th>
            <th scope="col">{t('field.from')}</th>
            <th scope="col" className="col-fee">
              {t('field.feeFen')}
            </th>
            <th scope="col">{t('people.state')}</th>
            <th scope="col">{t('people.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {config.tariffs.map((tariff) => (
            <tr key={tariffId(tariff)}>
              <th scope="row">
                {courierName(tariff.carrier, lang)}
                <TariffWhen when={tariff.when} />
              </th>
              <td>{tariff.from}</td>
              <td className="col-fee">{yuan(tariff.feeFen)}</td>
              <td>
                <Mark tone={tones[stateOf(tariff)]}>{t(`config.tariff.${stateOf(tariff)}`)}</Mark>
              </td>
              <td>
                <EditLink section="tariffs" id={tariffId(tariff)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Bots and endpoints: who is told of what. */
export function TargetsPart({ config }: PartProps) {
  const { t } = useWords();
  const words = useFieldWords();
  const events = ({ row }: ConfigRowAnswer) => (Array.isArray(row.events) ? row.events.join(', ') : '');
  return (
    <>
      {(['notifications', 'endpoints'] as const).map((section) => (
        <section key={section} className="targets">
          <h2>{t(`config.section.${section}`)}</h2>
          <p className="part-add">
            <AddLink section={section} />
          </p>
          {config[section].length === 0 && <p className="reading">{t('config.none')}</p>}
          <ul className="cards">
            {config[section].map((row) => (
              <RowCard
                key={row.id}
                section={section}
                row={row}
                version={config.version}
                title={row.id}
                facts={[
                  section === 'notifications' ? words.choice(row.row.kind) : shownValue('url', row.row.url),
                  events(row),
                ]}
                what={t('config.disable.targets')}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** How long raw messages and personal data are kept. */
export function RetentionPart({ config }: PartProps) {
  const { t } = useWords();
  const facts = Object.entries(config.retention ?? {});
  const words = useFieldWords();
  return (
    <div className="panel card">
      <dl className="facts">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{words.label(key)}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
      {facts.length === 0 && <p className="muted">{t('config.form.fallback', { value: '30 / 90' })}</p>}
      <div className="steps">
        <EditLink section="retention" id="retention" />
      </div>
    </div>
  );
}
