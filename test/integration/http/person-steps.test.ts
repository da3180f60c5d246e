import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BULK_ANSWER } from '../../../src/dashboard/api/schemas/bulk-answer.js';
import { MOST_ROWS } from '../../../src/domain/store/bulk-step-store.js';
import { aShop, REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const ENV = { settings: TWO_SHOPS, book: REAL_BOOK };
let rig: WebRig;
let erp: Erp;
let all: string;
let two: string;
beforeAll(async () => {
  rig = await webRig();
  erp = new Erp(rig.db, ENV);
  const scopes = ['intercepts:read', 'intercepts:write', 'money:read'] as const;
  all = await rig.token(scopes);
  two = await rig.token(scopes, ['dy-two']);
  await rig.db.run(`INSERT INTO lane (id, carrier, account_id) VALUES ('zto-zto-main', 'zto', 'zto-main')`);
});
afterAll(() => rig.close());

async function post(path: string, body: unknown, as = all, headers = {}) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: as, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const queued = async () => (await erp.askForOne()).id;
const stateOf = async (id: string) => (await erp.row(id)).state;
const audited = async (id: string) =>
  (
    await rig.db.rows<{ actor: string; action: string; detail: string }>(
      'SELECT actor, action, detail FROM audit WHERE subject = ? ORDER BY id',
      [id],
    )
  ).map(({ detail, ...entry }) => ({ ...entry, detail: JSON.parse(detail) as Record<string, unknown> }));

describe('one step', () => {
  it('is audited with what was before, what is after, and why', async () => {
    const id = await queued();
    expect((await post(`/intercepts/${id}/withdraw`, { note: '买家又想要了' })).status).toBe(202);
    expect(await audited(id)).toMatchObject([
      {
        actor: 'token:erp',
        action: 'intercept_withdraw',
        detail: { before: { state: 'queued' }, after: { state: 'withdrawn' }, note: '买家又想要了' },
      },
    ]);
  });

  it('on a row that has moved since it was looked at is not taken, and tells who moved it and when', async () => {
    const id = await queued();
    const { version } = await erp.row(id);
    const outside = { outcome: 'asked_outside', note: 'first' };
    await post(`/intercepts/${id}/resolve`, { ...outside, version });
    const second = await post(`/intercepts/${id}/withdraw`, { version, note: 'second' });
    expect([second.status, second.body]).toMatchObject([
      409,
      {
        code: 'moved_on',
        lastStep: { event: 'asked_outside', from: 'queued', to: 'accepted', actor: 'token:erp', note: 'first' },
      },
    ]);
    expect(await audited(id)).toHaveLength(1);
  });

  it('that the state forbids says who took the last one, without a version too', async () => {
    const id = await queued();
    await post(`/intercepts/${id}/withdraw`, {});
    expect(await post(`/intercepts/${id}/withdraw`, {})).toMatchObject({
      status: 409,
      body: { code: 'already_ended', lastStep: { event: 'withdraw', actor: 'token:erp' } },
    });
  });

  it('“ask” brings the next read forward and sends nothing; where nothing can be asked it is 409', async () => {
    const { id } = await erp.accepted();
    await rig.db.run('UPDATE intercept SET next_at = ? WHERE id = ?', [new Date(Date.now() + 3_600_000), id]);
    const woken = rig.woken.decided;
    expect((await post(`/intercepts/${id}/ask`, {})).status).toBe(202);
    expect((await erp.row(id)).nextAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(rig.woken.decided).toBe(woken + 1);
    expect(await post(`/intercepts/${await queued()}/ask`, {})).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_ask' },
    });
  });

  it('of somebody else’s shop is 404', async () => {
    const id = await queued();
    for (const step of ['ask', 'withdraw', 'retry']) {
      expect((await post(`/intercepts/${id}/${step}`, {}, two)).status).toBe(404);
    }
    expect(await stateOf(id)).toBe('queued');
  });
});

describe('a step on many', () => {
  it('says first in numbers and row by row what it would do, and does nothing', async () => {
    const { id: taken } = await erp.accepted();
    const waiting = await queued();
    const ended = await queued();
    await post(`/intercepts/${ended}/withdraw`, { note: 'before' });
    const ids = [taken, waiting, ended];
    const { status, body } = await post('/bulk-steps/preview', { step: 'withdraw', filter: { ids } });
    expect([status, BULK_ANSWER.parse(body)]).toMatchObject([
      200,
      {
        total: 3,
        done: 2,
        refused: 1,
        failed: 0,
        effects: { cancel_asked: 1, withdrawn: 1 },
        refusals: { already_ended: 1 },
      },
    ]);
    const { rows } = BULK_ANSWER.parse(body);
    expect(rows.find((row) => row.id === ended)).toMatchObject({ why: 'already_ended', lastStep: { note: 'before' } });
    expect(await stateOf(waiting)).toBe('queued');
    expect((await erp.row(taken)).cancelReason).toBeNull();
    expect(await audited(waiting)).toEqual([]);
  });

  it('takes it on exactly the rows shown, each with its audit entry, and says what became of each', async () => {
    const [one, moved] = [await queued(), await queued()];
    const preview = BULK_ANSWER.parse(
      (await post('/bulk-steps/preview', { step: 'withdraw', filter: { ids: [one, moved] } })).body,
    );
    await post(`/intercepts/${moved}/resolve`, { outcome: 'asked_outside', note: 'somebody was faster' });
    const rows = preview.rows.map(({ id, version }) => ({ id, version }));
    const done = await post('/bulk-steps', { step: 'withdraw', rows, note: '仓库已取回' });
    const answer = BULK_ANSWER.parse(done.body);
    expect(answer).toMatchObject({ total: 2, done: 1, refused: 1, refusals: { moved_on: 1 } });
    expect(answer.rows.find((row) => row.id === moved)).toMatchObject({
      result: 'refused',
      lastStep: { actor: 'token:erp', note: 'somebody was faster' },
    });
    expect(await audited(one)).toMatchObject([{ action: 'intercept_withdraw', detail: { note: '仓库已取回' } }]);
    expect(await audited(moved)).toHaveLength(1);
  });

  it('repeated under its key gives the same answer; repeated without one does nothing twice', async () => {
    const id = await queued();
    const { version } = await erp.row(id);
    const body = { step: 'withdraw', rows: [{ id, version }], note: 'once' };
    const first = await post('/bulk-steps', body, all, { 'idempotency-key': 'bulk-1' });
    expect((await post('/bulk-steps', body, all, { 'idempotency-key': 'bulk-1' })).body).toEqual(first.body);
    expect((await post('/bulk-steps', body)).body).toMatchObject({ done: 0, refused: 1 });
    expect(await audited(id)).toHaveLength(1);
  });

  it('counts the fees it comes to: due at once where the stop took, else if every send succeeds', async () => {
    const observe = aShop({ mode: 'observe' });
    const watcher = new Erp(rig.db, {
      settings: { ...TWO_SHOPS, shops: new Map([['dy-main', observe]]) },
      book: REAL_BOOK,
    });
    const parcel = (waybillNo: string) => ({
      carrier: 'zto',
      waybillNo,
      declaredValueFen: 8_900,
      pickedUpAt: new Date(Date.now() - 3_600_000),
    });
    const held = [
      await watcher.askForOne({ afterSaleId: 'w1', parcels: [parcel('FEE1')] }),
      await watcher.askForOne({ afterSaleId: 'w2', parcels: [parcel('FEE2')] }),
    ];
    const filter = { ids: held.map(({ id }) => id) };
    const { body } = await post('/bulk-steps/preview', { step: 'retry', filter });
    expect(body).toMatchObject({ done: 2, effects: { queued: 2 }, feeFen: 600 });
  });

  it('records one outcome for many that need a person, and asks for one', async () => {
    const [id] = [await queued()];
    expect((await post('/bulk-steps/preview', { step: 'resolve', filter: { ids: [id] } })).body.errors).toMatchObject([
      { field: 'outcome' },
    ]);
    const rows = [{ id }];
    const gave = await post('/bulk-steps', { step: 'resolve', outcome: 'give_up', rows, note: '太晚了' });
    expect(gave.body).toMatchObject({ done: 1, effects: { expired: 1 } });
    expect((await erp.row(id)).reason).toBe('given_up');
  });

  it('over the cap is refused in words that name a way out, and nothing is done', async () => {
    const rows = Array.from({ length: MOST_ROWS + 1 }, (_, n) => ({ id: String(n).padStart(26, '0') }));
    const { status, body } = await post('/bulk-steps', { step: 'withdraw', rows, note: 'all' });
    expect([status, body]).toMatchObject([422, { code: 'too_many_rows', total: MOST_ROWS + 1 }]);
    expect(body.detail).toContain('replay');
  });

  it('never reaches rows of another shop: they are not in a preview, and by id they are not there', async () => {
    const id = await queued();
    const preview = await post('/bulk-steps/preview', { step: 'withdraw', filter: { ids: [id] } }, two);
    expect(preview.body).toMatchObject({ total: 0, rows: [] });
    const done = await post('/bulk-steps', { step: 'withdraw', rows: [{ id }], note: 'x' }, two);
    expect(done.body).toMatchObject({ done: 0, rows: [{ id, waybillNo: '', result: 'refused', why: 'not_found' }] });
    expect(await stateOf(id)).toBe('queued');
  });

  it.each([
    ['an unknown step', { step: 'delete', filter: {} }],
    ['a filter we do not know', { step: 'withdraw', filter: { colour: 1 } }],
    ['an outcome without its step', { step: 'withdraw', outcome: 'lost', filter: {} }],
  ])('with %s is 422', async (_, body) => {
    expect((await post('/bulk-steps/preview', body)).status).toBe(422);
  });
});
