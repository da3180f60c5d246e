import type { CarrierAdapter, CarrierPush } from '../domain/carrier/port.js';
import { type Ready, readyOfAll } from '../domain/intercept/ready.js';
import { type PlatformAdapter, UnreadableEvent } from '../domain/platform/port.js';
import { openMessage } from '../domain/secrets/sealed-message.js';
import { type Secrets, SecretUnreadable } from '../domain/secrets/secrets.js';
import type { Settings, ShopSettings } from '../domain/settings/settings.js';
import { type Database, DatabaseUnavailable } from '../domain/store/database.js';
import {
  drainInbox,
  type InboxRow,
  nextInboxIds,
  putOffMessage,
  type Understood,
} from '../domain/store/inbox-drain.js';
import type { JudgeEnv } from '../domain/store/judgement.js';
import { orAlone } from '../domain/store/or-alone.js';
import { keptBytes } from './http/kept-bytes.js';

/** Messages taken in one transaction. */
export const INTAKE_PAGE = 100;

export interface IntakeDeps {
  readonly db: Database;
  /** Opens messages as they are kept. */
  readonly secrets: Pick<Secrets, 'open'>;
  readonly settings: () => Settings;
  readonly env: () => JudgeEnv;
  readonly platformOf: (shopId: string) => PlatformAdapter | null;
  readonly carrierOf: (accountId: string) => CarrierAdapter | null;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

export interface IntakeRun {
  readonly read: number;
  readonly parcels: readonly string[];
  readonly shops: readonly string[];
  readonly ready: Ready;
}

/** Reads one message in the words of the platform or courier it came from. Pure: nothing outside is asked. */
export function understand(
  deps: Pick<IntakeDeps, 'secrets' | 'settings' | 'platformOf' | 'carrierOf'>,
  kept: InboxRow,
): readonly Understood[] {
  const [kind, slug = '', ...rest] = kept.source.split(':');
  const subject = rest.join(':');
  if (kept.payload === '') return [{ kind: 'dead', why: 'its text was deleted after retention.rawDays' }];
  try {
    const row = { ...kept, payload: openMessage(deps.secrets, kept) };
    return kind === 'courier' ? understandPush(deps, subject, row) : understandEvent(deps, slug, subject, row);
  } catch (error) {
    if (error instanceof SecretUnreadable) return [{ kind: 'dead', why: error.message }];
    if (error instanceof UnreadableEvent || (error instanceof Error && error.name === 'CarrierFault')) {
      return [{ kind: 'dead', why: error.message }];
    }
    throw error;
  }
}

/** The shop a message is for: by our id, or behind `@` by the platform's, which may have been configured since. */
function shopOf(settings: Settings, platform: string, subject: string): ShopSettings | undefined {
  if (!subject.startsWith('@')) return settings.shops.get(subject);
  const id = subject.slice(1);
  return [...settings.shops.values()].find((shop) => shop.platform === platform && shop.platformShopId === id);
}

function understandEvent(
  deps: Pick<IntakeDeps, 'settings' | 'platformOf'>,
  platformSlug: string,
  shopId: string,
  row: InboxRow,
): Understood[] {
  const shop = shopOf(deps.settings(), platformSlug, shopId);
  const platform = shop && deps.platformOf(shop.id);
  if (!shop || !platform) {
    const why = shopId.startsWith('@')
      ? `no shop is configured for seller ${shopId.slice(1)}; add it, then replay`
      : `shop ${shopId} is no longer configured`;
    return [{ kind: 'dead', why }];
  }
  const event = platform.read(row.payload);
  return event.kind === 'ignored'
    ? [event]
    : [
        {
          kind: 'after_sale',
          shop,
          afterSaleId: event.afterSaleId,
          update: event.update,
          arbitration: event.arbitration,
          ...(event.parcels === undefined ? {} : { parcels: event.parcels }),
        },
      ];
}

/** A service that fronts several couriers may name the parcel's own; else it is one of those it fronts for the account. */
function couriersOf(
  settings: Settings,
  accountId: string,
  { manifest }: CarrierAdapter,
  push: CarrierPush,
): readonly string[] {
  if (push.carrier !== undefined) return [push.carrier];
  return manifest.serves ? (settings.accounts.get(accountId)?.serves ?? []) : [manifest.slug];
}

function understandPush(
  deps: Pick<IntakeDeps, 'settings' | 'carrierOf'>,
  accountId: string,
  row: InboxRow,
): Understood[] {
  const carrier = deps.carrierOf(accountId);
  if (!carrier) return [{ kind: 'dead', why: `account ${accountId} is no longer configured` }];
  return carrier.readPush({ body: keptBytes(row.payload) }).map((push) => ({
    kind: 'scan',
    carriers: couriersOf(deps.settings(), accountId, carrier, push),
    waybillNo: carrier.manifest.normaliseWaybill(push.waybillNo),
    sightings: push.sighting ? [push.sighting] : [],
    order: push.status && { answer: push.status, manifest: carrier.manifest, bizNo: push.bizNo ?? null },
  }));
}

/**
 * One page of the inbox. If a message breaks the page, its messages are taken one by one: the bad one is put off and at
 * last set aside as dead, the others go on (I17).
 */
export function runIntake(deps: IntakeDeps): Promise<IntakeRun> {
  const read = (row: InboxRow) => understand(deps, row);
  const page = drainInbox(deps.db, deps.env(), read, { limit: INTAKE_PAGE }, deps.now());
  return orAlone<IntakeRun>(page, () => oneByOne(deps, read));
}

async function oneByOne(deps: IntakeDeps, read: (row: InboxRow) => readonly Understood[]): Promise<IntakeRun> {
  const runs: IntakeRun[] = [];
  for (const id of await nextInboxIds(deps.db, INTAKE_PAGE, deps.now())) {
    try {
      runs.push(await drainInbox(deps.db, deps.env(), read, { id }, deps.now()));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      const why = error instanceof Error ? error.message : String(error);
      deps.log('inbox.put_off', { id, why });
      await putOffMessage(deps.db, id, why, deps.now());
    }
  }
  return {
    read: runs.reduce((sum, run) => sum + run.read, 0),
    parcels: runs.flatMap((run) => run.parcels),
    shops: runs.flatMap((run) => run.shops),
    ready: readyOfAll(runs.map((run) => run.ready)),
  };
}
