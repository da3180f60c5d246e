import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ConfigAnswer, ConfigRowAnswer, FormsAnswer, InterceptAnswer, Page, ShopAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { useLive } from '../http/live.js';
import { Mark } from '../parts/mark.js';
import { platformName } from '../parts/platforms.js';
import { useWords } from '../texts/i18n.js';
import { Capabilities } from './capabilities.js';
import { DisableButton } from './disable-dialog.js';
import { Intake } from './intake.js';
import { AddLink, EditLink } from './row-links.js';
import { TestDialog } from './test-dialog.js';
import { Unsigned } from './unsigned.js';

interface ShopsPartProps {
  readonly config: ConfigAnswer;
  readonly forms: FormsAnswer;
}

/** Every shop with how it is set, how fresh its intake is, and what its platform can do. */
export function ShopsPart({ config, forms }: ShopsPartProps) {
  const { t } = useWords();
  const running = useLive<Page<ShopAnswer>>(['shops', 'settings'], '/api/v1/shops');
  const stateOf = (id: string) => running.data?.items.find((shop) => shop.id === id);
  return (
    <>
      <p className="part-add">
        <AddLink section="shops" />
      </p>
      {config.shops.length === 0 && <p className="reading">{t('config.none')}</p>}
      <ul className="cards">
        {config.shops.map((row) => (
          <ShopCard key={row.id} row={row} version={config.version} forms={forms} state={stateOf(row.id)} />
        ))}
      </ul>
    </>
  );
}

const MOST = 200;

/** How many intercepts of a shop are in a state; more than a page is counted as that. */
function useCount(shopId: string, state: string): string {
  const { data } = useQuery({
    queryKey: ['intercepts', 'count', shopId, state],
    queryFn: () =>
      call<Page<InterceptAnswer>>('GET', `/api/v1/intercepts?shopId=${shopId}&state=${state}&limit=${MOST}`),
  });
  return data === undefined ? '…' : `${data.items.length}${data.nextCursor === null ? '' : '+'}`;
}

interface ShopCardProps {
  readonly row: ConfigRowAnswer;
  readonly version: number;
  readonly forms: FormsAnswer;
  readonly state: ShopAnswer | undefined;
}

function ShopCard({ row: { id, enabled, readable, row }, version, forms, state }: ShopCardProps) {
  const { t, lang } = useWords();
  const test = useAct('settings.testShop');
  const [testing, setTesting] = useState(false);
  const platform = String(row.platform);
  const facts = forms.platforms[platform];
  const doors: Readonly<Record<string, string>> = t('config.shop.doors', { returnObjects: true });
  const can = facts && [...Object.entries(facts.doors), ['channel', facts.hasChannel] as const];
  const modes: Readonly<Record<string, string>> = t('config.shop.mode', { returnObjects: true });
  const channels: Readonly<Record<string, string>> = t('config.shop.channel', { returnObjects: true });
  return (
    <li className="panel card">
      <div className="lane-head">
        <h2>
          {String(row.name)} <span className="number">{id}</span>
        </h2>
        <Mark tone={enabled ? 'good' : 'over'}>{t(enabled ? 'config.on' : 'config.off')}</Mark>
        {row.status === 'suspended' && <Mark tone="ask">{t('config.shop.suspended')}</Mark>}
        {row.crossBorder === true && <Mark tone="ask">{t('config.shop.crossBorder')}</Mark>}
        {!readable && <Mark tone="bad">{t('config.unreadable')}</Mark>}
      </div>
      <p className="below">
        <span>{platformName(platform, lang)}</span>
        <span className="number">{t('config.shop.platformId', { id: String(row.platformShopId) })}</span>
        <span>{modes[String(row.mode)] ?? String(row.mode)}</span>
        <span>{channels[String(row.channel)] ?? String(row.channel)}</span>
        <span>{t('config.shop.policy', { id: String(row.policy) })}</span>
        {row.agreementSignedAt !== null && <span>{t('config.shop.signed')}</span>}
      </p>
      {state && <Unsigned shop={state} />}
      {state && <Intake shop={state} />}
      {can && (
        <Capabilities
          name={t('config.shop.can')}
          rows={can.map(([key, yes]) => ({ label: doors[key] ?? key, can: yes }))}
        />
      )}
      <div className="steps">
        <EditLink section="shops" id={id} />
        {test.may && (
          <Button {...test.mark} onClick={() => setTesting(true)}>
            {t('config.shop.test')}
          </Button>
        )}
        {enabled && <DisableShop id={id} version={version} />}
      </div>
      {testing && <TestDialog of="shop" id={id} onClose={() => setTesting(false)} />}
    </li>
  );
}

function DisableShop({ id, version }: { readonly id: string; readonly version: number }) {
  const { t } = useWords();
  const [queued, accepted] = [useCount(id, 'queued'), useCount(id, 'accepted')];
  return (
    <DisableButton row={{ section: 'shops', id, version, what: t('config.disable.shops', { queued, accepted }) }} />
  );
}
