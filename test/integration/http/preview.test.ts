import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DECISION_PREVIEW } from '../../../src/dashboard/api/schemas/decision-preview.js';
import { aShop, REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

/** What the server holds of shop dy-main: a person approves each intercept. */
const APPROVE = { ...TWO_SHOPS, shops: new Map([...TWO_SHOPS.shops, ['dy-main', aShop({ mode: 'approve' })]]) };

let rig: WebRig;
let all: string;
let other: string;
let erp: Erp;
beforeAll(async () => {
  rig = await webRig({ settings: APPROVE });
  all = await rig.token(['intercepts:read', 'intercepts:write']);
  other = await rig.token(['intercepts:read', 'intercepts:write'], ['dy-two']);
  erp = new Erp(rig.db, { settings: APPROVE, book: REAL_BOOK }, aShop({ mode: 'approve' }));
});
afterAll(() => rig.close());

async function post(path: string, body: unknown, as = all) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: as, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const preview = async (body: unknown, as = all) => {
  const answer = await post('/intercepts/preview', body, as);
  return { ...answer, parcels: DECISION_PREVIEW.array().parse(answer.body.parcels ?? []) };
};
/** Every row of every table that a judgement writes. */
const everything = async () => {
  const tables = ['intercept', 'after_sale', 'parcel', 'parcel_after_sale', 'transition', 'task', 'sighting', 'outbox'];
  return Promise.all(tables.map((table) => rig.db.rows(`SELECT * FROM ${table} ORDER BY 1, 2`)));
};

describe('the preview of a request', () => {
  it('says what would be decided, by which rule and at what fee, and keeps nothing of it', async () => {
    const before = await everything();
    const { status, parcels } = await preview(erp.next());
    expect([status, parcels]).toMatchObject([
      200,
      [{ interceptId: null, before: null, state: 'held', reason: 'approval', rule: 'R76', feeFen: 300, refusal: null }],
    ]);
    expect(await everything()).toEqual(before);
  });

  it('with a person’s confirmation is the decision that the same request then comes to', async () => {
    const request = { ...erp.next(), release: true };
    const [would] = (await preview(request)).parcels;
    expect(would).toMatchObject({ state: 'queued', reason: 'ready' });
    const started = await post('/intercepts', request);
    expect([started.status, started.body.intercepts]).toMatchObject([202, [{ state: 'queued', reason: 'ready' }]]);
    const [row] = started.body.intercepts as { id: string }[];
    expect((await erp.row(row?.id ?? '')).releasedBy).toBe('token:erp');
  });

  it('lists every rule against a parcel, and judges each parcel of the request', async () => {
    const request = erp.next({ type: 'return_refund' });
    const [parcel] = request.parcels;
    const parcels = [
      { ...parcel, declaredValueFen: 120_000 },
      { ...parcel, carrier: 'unheard', waybillNo: '99' },
    ];
    const judged = (await preview({ ...request, parcels, release: true })).parcels;
    expect(judged.map(({ state }) => state)).toEqual(['skipped', 'skipped']);
    expect(judged[0]?.failed.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R14', 'R15']));
    expect(judged[1]).toMatchObject({ carrier: 'unheard', feeFen: null, rule: 'R15' });
  });

  it('names the intercept that a parcel has already', async () => {
    const request = erp.next();
    const [made] = (await erp.ask(request)).intercepts;
    expect((await preview(request)).parcels).toMatchObject([{ interceptId: made?.id, before: 'held', state: 'held' }]);
  });

  it.each([
    ['of another shop', () => preview(erp.next(), other), 404],
    ['of a shop that is not enabled', () => preview(erp.next({ shopId: 'dy-off' })), 404],
    ['without a waybill', () => preview({ ...erp.next(), parcels: [{ carrier: 'zto' }] }), 422],
  ])('%s is refused', async (_, ask, status) => {
    expect((await ask()).status).toBe(status);
  });
});

describe('the preview of known intercepts', () => {
  it('says what letting each go again would come to, or why it cannot', async () => {
    const held = await erp.askForOne();
    const accepted = await erp.askForOne();
    await rig.db.run(`UPDATE intercept SET state = 'accepted', accepted_at = NOW(3) WHERE id = ?`, [accepted.id]);
    const before = await everything();
    const { parcels } = await preview({ ids: [held.id, accepted.id] });
    expect(parcels).toMatchObject([
      { interceptId: held.id, before: 'held', state: 'queued', reason: 'ready', refusal: null, feeFen: 300 },
      { interceptId: accepted.id, state: 'accepted', refusal: { code: 'answer_awaited' } },
    ]);
    expect(await everything()).toEqual(before);
  });

  it('is 404 as a whole if one of them is another shop’s', async () => {
    const { id } = await erp.askForOne();
    expect((await preview({ ids: [id] }, other)).status).toBe(404);
    expect((await preview({ ids: [id, '01kaq0000000000000000000zz'] })).status).toBe(404);
  });
});
