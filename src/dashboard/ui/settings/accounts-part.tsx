import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ConfigAnswer, ConfigRowAnswer, FormsAnswer, LaneAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { courierName } from '../parts/couriers.js';
import { Mark } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';
import { spanText } from '../time/span.js';
import { Capabilities } from './capabilities.js';
import { DisableButton } from './disable-dialog.js';
import { asGroup } from './field-props.js';
import { AddLink, EditLink } from './row-links.js';
import { TestDialog } from './test-dialog.js';

interface AccountsPartProps {
  readonly config: ConfigAnswer;
  readonly forms: FormsAnswer;
}

/** Every courier account with whom it serves, its limits, and what its courier can do. */
export function AccountsPart({ config, forms }: AccountsPartProps) {
  const { t } = useWords();
  const lanes = useLive<Page<LaneAnswer>>(['lanes', 'settings'], '/api/v1/lanes');
  return (
    <>
      <p className="part-add">
        <AddLink section="carrierAccounts" />
      </p>
      {config.carrierAccounts.length === 0 && <p className="reading">{t('config.none')}</p>}
      <ul className="cards">
        {config.carrierAccounts.map((row) => (
          <AccountCard
            key={row.id}
            row={row}
            version={config.version}
            forms={forms}
            lane={lanes.data?.items.find(({ accountId }) => accountId === row.id)}
            hasTariff={config.tariffs.some(({ carrier }) => carrier === row.row.carrier)}
          />
        ))}
      </ul>
    </>
  );
}

interface AccountCardProps {
  readonly row: ConfigRowAnswer;
  readonly version: number;
  readonly forms: FormsAnswer;
  readonly lane: LaneAnswer | undefined;
  readonly hasTariff: boolean;
}

/** `20 / 1 s`. */
function useRate(): (limit: unknown) => string {
  const { t, lang } = useWords();
  return (limit) => {
    const { max, perMs } = asGroup(limit);
    if (typeof max !== 'number' || typeof perMs !== 'number') return t('lane.noLimit');
    return `${max} / ${spanText(perMs, lang)}`;
  };
}

function AccountCard({ row: { id, enabled, readable, row }, version, forms, lane, hasTariff }: AccountCardProps) {
  const { t, lang } = useWords();
  const test = useAct('settings.testAccount');
  const [testing, setTesting] = useState(false);
  const rate = useRate();
  const carrier = String(row.carrier);
  const facts = forms.carriers[carrier];
  const names: Readonly<Record<string, string>> = t('config.account.capability', { returnObjects: true });
  const serves = Array.isArray(row.serves) ? row.serves.map((slug) => courierName(String(slug), lang)) : [];
  const counts = { waiting: lane?.waiting ?? 0, inFlight: lane?.inFlight ?? 0, uncertain: lane?.uncertain ?? 0 };
  return (
    <li className="panel card">
      <div className="lane-head">
        <h2>
          {courierName(carrier, lang)} <span className="number">{id}</span>
        </h2>
        <Mark tone={enabled ? 'good' : 'over'}>{t(enabled ? 'config.on' : 'config.off')}</Mark>
        {!readable && <Mark tone="bad">{t('config.unreadable')}</Mark>}
        {enabled && !hasTariff && <Mark tone="ask">{t('config.account.noTariff')}</Mark>}
      </div>
      <p className="below">
        <span>
          {Array.isArray(row.shops)
            ? t('config.account.for', { shops: row.shops.join(', ') })
            : t('config.account.forAll')}
        </span>
        {serves.length > 0 && <span>{t('config.account.serves', { couriers: serves.join(', ') })}</span>}
        <span>
          {t('config.account.rate', {
            orders: rate(row.rateLimit),
            reads: rate(row.readRateLimit),
            concurrency: String(row.concurrency),
          })}
        </span>
        {facts && <span>{t(`config.account.resend.${facts.resend}`)}</span>}
      </p>
      {facts && (
        <Capabilities
          name={t('config.account.can')}
          rows={Object.entries(facts.capabilities).map(([key, can]) => ({ label: names[key] ?? key, can }))}
        />
      )}
      <div className="steps">
        <EditLink section="carrierAccounts" id={id} />
        {test.may && (
          <Button {...test.mark} onClick={() => setTesting(true)}>
            {t('config.account.test')}
          </Button>
        )}
        {enabled && (
          <DisableButton
            row={{ section: 'carrierAccounts', id, version, what: t('config.disable.carrierAccounts', counts) }}
          />
        )}
      </div>
      {testing && <TestDialog of="account" id={id} onClose={() => setTesting(false)} />}
    </li>
  );
}
