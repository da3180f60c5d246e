import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { intakeFailed, intakeWorked } from '../../../src/domain/store/intake-state-store.js';
import { aPicture, aShop } from '../../support/picture.js';
import { DOUYIN_KEYS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
beforeAll(async () => {
  const shops = [
    aShop({ credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-two', name: '二店', mode: 'approve', agreementSignedAt: null, credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-poll', intake: 'both', credentials: DOUYIN_KEYS }),
    aShop({ id: 'dy-off', enabled: false, credentials: DOUYIN_KEYS }),
  ];
  const tariffs = [
    { carrier: 'zto', feeFen: 300, from: '2024-11-18' },
    { carrier: 'zto', feeFen: 350, from: '2025-06-01' },
    { carrier: 'zto', feeFen: 900, from: '2099-01-01' },
    { carrier: 'sto', feeFen: 400, from: '2099-01-01' },
  ];
  rig = await webRig({ settings: { ...aPicture({ shops }), tariffs } });
}, 30_000);
afterAll(() => rig.close());

async function read(path: string, authorization: string) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
}

describe('the shops', () => {
  it('are those that work and that the caller may see', async () => {
    const all = JSON.parse((await read('/shops', await rig.token(['config:read']))).text);
    expect(all.items.map((shop: { id: string }) => shop.id)).toEqual(['dy-main', 'dy-two', 'dy-poll']);
    expect(all.nextCursor).toBeNull();
    const one = JSON.parse((await read('/shops', await rig.token(['config:read'], ['dy-two']))).text);
    expect(one.items).toMatchObject([{ id: 'dy-two', name: '二店', mode: 'approve', agreementSignedAt: null }]);
  });

  it('never show their credentials', async () => {
    const { text } = await read('/shops', await rig.token(['config:read']));
    for (const secret of Object.values(DOUYIN_KEYS)) if (secret.length > 1) expect(text).not.toContain(secret);
    expect(text).not.toContain('credentials');
  });
});

describe('the intake of a shop (R77)', () => {
  const shop = async (id: string) => {
    const { text } = await read('/shops', await rig.token(['config:read']));
    return JSON.parse(text).items.find((one: { id: string }) => one.id === id);
  };

  it('is shown by the doors in use: how far it has come, since when it fails and why, with nobody’s phone', async () => {
    expect((await shop('dy-poll')).intakeDoors).toEqual([
      { door: 'poll', cursorAt: null, nextAt: null, lastOkAt: null, failingSince: null, lastError: null },
    ]);
    const [worked, since] = [new Date('2026-11-22T08:00:00Z'), new Date('2026-11-22T08:05:00Z')];
    await intakeWorked(rig.db, 'dy-poll', 'poll', { cursorAt: worked, nextAt: since }, worked);
    await intakeFailed(rig.db, 'dy-poll', 'poll', 'refused, call 13812345678', null, since);
    await intakeFailed(rig.db, 'dy-main', 'poll', 'a door of the past', null, since);
    expect((await shop('dy-poll')).intakeDoors).toMatchObject([
      { cursorAt: worked.toISOString(), lastOkAt: worked.toISOString(), failingSince: since.toISOString() },
    ]);
    expect((await shop('dy-poll')).intakeDoors[0].lastError).toBe('refused, call ***5678');
    expect((await shop('dy-main')).intakeDoors).toEqual([]);
  });

  it('of a shop that has not signed says how many were skipped for that (R12)', async () => {
    expect((await shop('dy-main')).skippedUnsigned).toBeNull();
    expect((await shop('dy-two')).skippedUnsigned).toEqual({ count: 0, lastAt: null });
    await rig.db.run(
      `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, channel, waybill_no, origin, request_id, state,
         reason, rule, decision, deadline_at, deadline_source, created_at, updated_at)
       VALUES ?`,
      [
        ['skipped', 'skipped', 'queued'].map((state, n) => [
          `i${n}`,
          `p${n}`,
          1,
          'dy-two',
          'douyin',
          'zto',
          'carrier',
          `7310${n}`,
          'api',
          `i${n}-1`,
          state,
          state === 'skipped' ? 'agreement_not_signed' : 'qualifies',
          null,
          '{}',
          new Date(),
          'forecast',
          new Date('2026-11-22T08:00:00Z'),
          new Date(),
        ]),
      ],
    );
    expect((await shop('dy-two')).skippedUnsigned).toEqual({ count: 2, lastAt: '2026-11-22T08:00:00.000Z' });
  });
});

describe('the tariffs', () => {
  it('are the fees of today: the newest that holds, and none of those to come (R31)', async () => {
    const { text } = await read('/tariffs', await rig.token(['config:read']));
    expect(JSON.parse(text).items).toEqual([{ carrier: 'zto', feeFen: 350, from: '2025-06-01' }]);
  });
});

describe('both', () => {
  it.each(['/shops', '/tariffs'])('ask for the right to read the configuration: %s', async (path) => {
    expect((await read(path, await rig.token(['intercepts:read']))).status).toBe(403);
  });
});
