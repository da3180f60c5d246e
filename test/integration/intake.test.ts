import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { currentFacts } from '../../src/domain/aftersale/merge.js';
import type { PlatformAdapter } from '../../src/domain/platform/port.js';
import { findAfterSales } from '../../src/domain/store/after-sale-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { patient } from '../../src/domain/store/hand-over.js';
import { courierSource, insertEvents, platformSource } from '../../src/domain/store/inbox-store.js';
import { type IntakeDeps, runIntake } from '../../src/producers/intake.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { judgeOwed, judgeParcels } from '../../src/producers/sweeper.js';
import { carrierBySlug } from '../../src/workers/carriers/index.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPicture } from '../support/picture.js';
import { Erp } from '../support/requests.js';
import { RIG_SECRETS } from '../support/test-key.js';

const KEYS = { appKey: 'k', appSecret: 's' };
const douyin = platformBySlug('douyin')?.create({ ...KEYS, accessToken: 't' }) ?? null;
const ztoCourier = carrierBySlug('zto');
const zto = ztoCourier?.create(ztoCourier.manifest.credentials.parse(KEYS)) ?? null;
const SHOP = platformSource('douyin', 'dy-main');
const ACCOUNT = courierSource('zto', 'zto-main');

let made: MigratedDatabase;
let db: Database;
let erp: Erp;
let n = 0;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  erp = new Erp(db);
});
afterAll(() => made.close());
beforeEach(() => db.run('DELETE FROM inbox'));

const deps = (over: Partial<IntakeDeps> = {}, laterMs = 0): IntakeDeps => ({
  db,
  secrets: RIG_SECRETS,
  settings: () => aPicture(),
  env: () => anEnv(),
  platformOf: () => douyin,
  carrierOf: () => zto,
  now: () => new Date(Date.now() + laterMs),
  log: complain,
  ...over,
});

const seconds = (fromNow: number) => Math.floor(Date.now() / 1_000) + fromNow;

/** A message as Douyin sends it: ids as 19-digit numbers, `data` as text. */
function message(tag: number, afterSaleId: string, fields: string): string {
  const data = `{"aftersale_id":${afterSaleId},"aftersale_type":1,"p_id":4835804142146757001,${fields}}`;
  return `[{"tag":"${tag}","msg_id":"m","data":${JSON.stringify(data)}}]`;
}

const created = (id: string, at = seconds(-60)) =>
  message(200, id, `"aftersale_status":6,"apply_time":${at},"refund_amount":8900,"update_time":${at}`);
const closed = (id: string, at = seconds(60)) =>
  message(207, id, `"aftersale_status":28,"close_time":${at},"update_time":${at}`);
const agreed = (id: string, at = seconds(30)) =>
  message(201, id, `"aftersale_status":12,"agree_time":${at},"update_time":${at}`);

async function receive(payloads: readonly string[], source = SHOP): Promise<void> {
  const receivedAt = new Date(Date.now() - 1_000);
  await insertEvents(
    db,
    payloads.map((payload) => {
      n += 1;
      return { source, eventId: `e-${n}`, payload, receivedAt };
    }),
  );
}

/** What went wrong so badly that somebody must read of it. */
let complaints: string[] = [];
beforeEach(() => {
  complaints = [];
});
const complain = (event: string, fields: Record<string, unknown>) => {
  complaints.push(`${event} ${String(fields.why)}`);
};

/** Drains and judges until nothing is left to read, as the scheduler does. */
async function takeIn(over: Partial<IntakeDeps> = {}, laterMs = 0): Promise<number> {
  let read = 0;
  for (;;) {
    const run = await runIntake(deps(over, laterMs));
    await judgeParcels({ db, handOver: patient(() => anEnv()), now: () => new Date(), log: complain }, run.parcels);
    if (run.read === 0) return read;
    read += run.read;
  }
}

interface Kept {
  readonly status: string;
  readonly reason: string | null;
  readonly tries: number;
  readonly payload: string;
}
const inbox = () => db.rows<Kept>('SELECT status, reason, tries, payload FROM inbox ORDER BY id');

/** A new 19-digit number of an after-sale. */
const newNumber = () => {
  n += 1;
  return `7000893114${String(n).padStart(9, '0')}`;
};

async function known(afterSaleId: string) {
  const [found] = await db.rows<{ id: string }>('SELECT id FROM after_sale WHERE after_sale_id = ?', [afterSaleId]);
  const row = found && (await findAfterSales(db, [found.id])).get(found.id);
  if (!row) throw new Error(`no after-sale ${afterSaleId}`);
  const { orderId, ...facts } = currentFacts(row.facts);
  return { facts, orderId, reason: row.reason, detailWanted: row.enrichAt !== null };
}

function permutations<T>(list: readonly T[]): T[][] {
  return list.length < 2
    ? [[...list]]
    : list.flatMap((first, i) =>
        permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [first, ...rest]),
      );
}

describe('events of one after-sale', () => {
  it('are taken in with ids to the last digit, and the platform is asked for the rest (I23)', async () => {
    const id = newNumber();
    await receive([created(id)]);
    expect(await takeIn()).toBe(1);
    expect(await known(id)).toMatchObject({
      facts: { status: 'open', type: 'refund_only', refundAmountFen: 8_900 },
      orderId: '4835804142146757001',
      reason: 'detail_pending',
      detailWanted: true,
    });
    expect(await inbox()).toMatchObject([{ status: 'done', tries: 1 }]);
  });

  it.each(permutations(['created', 'agreed', 'closed'] as const))(
    'end in the same state as %s, %s, %s, one by one or together (I14)',
    async (...order) => {
      const at = { created: seconds(-60), agreed: seconds(30), closed: seconds(60) };
      const says = { created, agreed, closed };
      const apart = newNumber();
      for (const kind of order) {
        await receive([says[kind](apart, at[kind])]);
        await takeIn();
      }
      const together = newNumber();
      await receive(order.map((kind) => says[kind](together, at[kind])));
      await takeIn();
      const expected = {
        facts: { status: 'closed', type: 'refund_only', refundAmountFen: 8_900 },
        reason: 'after_sale_not_open',
        detailWanted: false,
      };
      expect(await known(apart)).toMatchObject(expected);
      expect(await known(together)).toMatchObject(expected);
    },
  );

  it('withdraw what has not been sent, and a late "applied" does not bring it back (case 30)', async () => {
    const request = erp.next();
    const [intercept] = (await erp.ask(request)).intercepts;
    expect(intercept).toMatchObject({ state: 'queued' });
    await receive([closed(request.afterSaleId.padEnd(19, '0'))]);
    await db.run('UPDATE after_sale SET after_sale_id = ? WHERE after_sale_id = ?', [
      request.afterSaleId.padEnd(19, '0'),
      request.afterSaleId,
    ]);
    await takeIn();
    expect(await erp.row(intercept?.id ?? '')).toMatchObject({ state: 'withdrawn', reason: 'refund_withdrawn' });
    await receive([created(request.afterSaleId.padEnd(19, '0'))]);
    await takeIn();
    expect(await erp.row(intercept?.id ?? '')).toMatchObject({ state: 'withdrawn' });
  });

  it('are kept once, however often the platform sends them (I1)', async () => {
    const event = {
      source: SHOP,
      eventId: 'twice',
      payload: created(newNumber()),
      receivedAt: new Date(Date.now() - 1),
    };
    await Promise.all([insertEvents(db, [event, event]), insertEvents(db, [event])]);
    expect(await inbox()).toHaveLength(1);
  });
});

describe('a message that cannot be understood', () => {
  it('is set aside with its reason and its bytes, and not tried again', async () => {
    const broken = '[{"tag":"200","msg_id":"m","data":"no json"}]';
    await receive([broken]);
    await takeIn();
    expect(await takeIn({}, 3_600_000)).toBe(0);
    expect(await inbox()).toMatchObject([
      { status: 'dead', payload: broken, tries: 1, reason: expect.stringMatching(/tag 200/) },
    ]);
  });

  it('does not hold up the ninety-nine others of its page (case 39)', async () => {
    const ids = Array.from({ length: 99 }, newNumber);
    const page = ids.map((id) => created(id));
    page.splice(57, 0, '<html>');
    await receive(page);
    await takeIn();
    const statuses = (await inbox()).map((row) => row.status);
    expect(statuses.filter((status) => status === 'done')).toHaveLength(99);
    expect(statuses[57]).toBe('dead');
  });

  it('is kept as ignored with the reason when it is none of our business', async () => {
    await receive([message(103, newNumber(), '"x":1')]);
    await takeIn();
    expect(await inbox()).toMatchObject([{ status: 'ignored', reason: expect.stringMatching(/R70/) }]);
  });
});

describe('a message that breaks us', () => {
  const POISON = 'poison';
  /** The real adapter with a bug of ours in it, met by one message only. */
  const buggy = (): PlatformAdapter => {
    if (!douyin) throw new Error('no platform');
    return {
      ...douyin,
      read: (payload) => {
        if (payload.includes(POISON)) throw new TypeError('planted bug');
        return douyin.read(payload);
      },
    };
  };

  it('is put off while the rest of its page goes on, and is dead after five tries, with the error (I17)', async () => {
    const ids = Array.from({ length: 20 }, newNumber);
    await receive([...ids.slice(0, 10).map((id) => created(id)), POISON, ...ids.slice(10).map((id) => created(id))]);
    await takeIn({ platformOf: buggy });
    const first = await inbox();
    expect(first.filter((row) => row.status === 'done')).toHaveLength(20);
    expect(first[10]).toMatchObject({ status: 'new', tries: 1, reason: 'planted bug' });
    for (let tries = 2; tries <= 5; tries += 1) {
      await takeIn({ platformOf: buggy }, tries * 10_000);
      expect((await inbox())[10]).toMatchObject({ status: tries < 5 ? 'new' : 'dead', tries });
    }
  });

  it('is not looked at again before its time, so that it cannot take the others’ turn', async () => {
    await receive([POISON]);
    await takeIn({ platformOf: buggy });
    await receive([created(newNumber())]);
    expect(await takeIn({ platformOf: buggy })).toBe(1);
    expect((await inbox())[0]).toMatchObject({ tries: 1 });
  });

  it('is taken in when the bug is mended before it is dead', async () => {
    const id = newNumber();
    await receive([created(id).replace('"m"', `"${POISON}"`)]);
    await takeIn({ platformOf: buggy });
    await takeIn({}, 10_000);
    expect(await inbox()).toMatchObject([{ status: 'done', reason: null }]);
    expect(await known(id)).toMatchObject({ facts: { status: 'open' } });
  });
});

describe('many drains side by side', () => {
  it('read every message once, open nothing twice, and settle their quarrels over locks by themselves', async () => {
    const requests = Array.from({ length: 20 }, () => erp.next());
    // Every parcel belongs to two after-sales, and every after-sale to two parcels, in opposite order.
    const crossed = requests.map((r, i) => ({
      ...r,
      afterSaleId: newNumber(),
      parcels: [...r.parcels, ...(requests[requests.length - 1 - i]?.parcels ?? [])],
    }));
    for (const request of crossed) await erp.ask(request);
    const events = crossed.flatMap(({ afterSaleId }) => [
      ...Array.from({ length: 8 }, (_, i) => created(afterSaleId, seconds(-600 + i))),
      closed(afterSaleId, seconds(60)),
    ]);
    await receive(events);
    const read = await Promise.all(Array.from({ length: 8 }, () => takeIn()));
    expect(read.reduce((sum, one) => sum + one, 0)).toBe(events.length);
    expect(new Set((await inbox()).map((row) => `${row.status} ${row.tries}`))).toEqual(new Set(['done 1']));
    expect(complaints).toEqual([]);
    await judgeOwed({ db, handOver: patient(() => anEnv()), now: () => new Date(), log: complain }, 0);
    const waybills = crossed.flatMap((r) => r.parcels.map((p) => p.waybillNo));
    const rows = await db.rows<{ waybillNo: string; state: string }>(
      'SELECT waybill_no AS waybillNo, state FROM intercept WHERE waybill_no IN (?)',
      [waybills],
    );
    expect(rows).toHaveLength(requests.length);
    // Where one buyer's withdrawal was judged before the other's, the parcel went to a person and stays there (R19, R63).
    for (const { state } of rows) expect(['withdrawn', 'needs_review']).toContain(state);
  });
});

describe('a courier’s push', () => {
  const push = (waybillNo: string, action: string, at = '2026-11-20 10:00:00') =>
    new URLSearchParams([
      ['data', JSON.stringify({ billCode: waybillNo, action, actionTime: at, desc: '正在派件' })],
      ['msg_type', 'Traces'],
    ]).toString();
  const nowInChina = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

  it('moves the row of its parcel at once, and a repeated one changes nothing (case 21)', async () => {
    const request = erp.next();
    const [intercept] = (await erp.ask(request)).intercepts;
    const scan = push(request.parcels[0]?.waybillNo ?? '', 'DISPATCH', nowInChina());
    await receive([scan, scan], ACCOUNT);
    await takeIn();
    const row = await erp.row(intercept?.id ?? '');
    expect(row).toMatchObject({ state: 'missed', reason: 'phone_branch' });
    await receive([scan], ACCOUNT);
    await takeIn();
    expect(await erp.row(row.id)).toMatchObject({ version: row.version });
    expect(await db.rows('SELECT id FROM sighting WHERE parcel_id = ?', [row.parcelId])).toHaveLength(2);
  });

  it('about a parcel that nobody asked about leaves nothing behind', async () => {
    await receive([push('73100199999999', 'DISPATCH')], ACCOUNT);
    await takeIn();
    expect(await inbox()).toMatchObject([{ status: 'done' }]);
    expect(await db.rows(`SELECT id FROM parcel WHERE waybill_no = '73100199999999'`)).toEqual([]);
  });

  it('of two scans within one second gives the same verdict in whichever order they come', async () => {
    const at = nowInChina();
    const ends: string[] = [];
    for (const actions of [
      ['DISPATCH', 'ARRIVAL'],
      ['ARRIVAL', 'DISPATCH'],
    ]) {
      const request = erp.next();
      const [intercept] = (await erp.ask(request)).intercepts;
      for (const action of actions) {
        await receive([push(request.parcels[0]?.waybillNo ?? '', action, at)], ACCOUNT);
      }
      await takeIn();
      ends.push((await erp.row(intercept?.id ?? '')).state);
    }
    expect(ends[0]).toBe(ends[1]);
  });
});
