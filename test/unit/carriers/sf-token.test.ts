import { describe, expect, it } from '@jest/globals';
import type { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { formOf, gatewayNo, json, routes, sfAccount, sfOrder, yes } from './sf-account.js';

const TOKEN_PATH = '/oauth2/accessToken';
const isToken = ({ path }: CarrierRequest) => path === TOKEN_PATH;
const issued = (accessToken: unknown): CarrierResponse =>
  json({ apiErrorMsg: '', apiResultCode: 'A1000', accessToken });

/** A courier that issues `t1`, `t2` … and takes only the newest; `accepts` says which, `revoke` makes it take none. */
function tokenCourier(more: object = {}) {
  const state = { issued: 0, accepts: 'none', refusal: 'A1011' };
  const account = sfAccount({ auth: 'token', ...more }, (request) => {
    if (isToken(request)) {
      state.issued += 1;
      state.accepts = `t${state.issued}`;
      return issued(state.accepts);
    }
    if (formOf(request).accessToken !== state.accepts) return gatewayNo(state.refusal);
    return formOf(request).serviceCode === 'EXP_RECE_SEARCH_ROUTES' ? routes([]) : yes();
  });
  return { ...account, state };
}

async function faultOf(call: Promise<unknown>): Promise<CarrierFault | unknown> {
  return call.catch((error: unknown) => error);
}
const steps = (sent: readonly CarrierRequest[]) =>
  sent.map((request) => (isToken(request) ? 'token' : formOf(request).accessToken));

describe('the token of SF', () => {
  it('is fetched as a read, carried instead of a digest, and kept for the next calls', async () => {
    const { adapter, ctx, sent } = tokenCourier();
    expect(await adapter.create(sfOrder(), ctx)).toMatchObject({ kind: 'accepted' });
    expect(await adapter.track(sfOrder({ phoneTail: '0000' }), ctx)).toEqual({ kind: 'empty' });
    expect(steps(sent)).toEqual(['token', 't1', 't1']);
    expect(sent.map(({ effect }) => effect)).toEqual(['read', 'write', 'read']);
    expect(sent.every((request) => formOf(request).msgDigest === undefined)).toBe(true);
  });
  it('is fetched anew when its time is over', async () => {
    const { adapter, ctx, sent, clock } = tokenCourier({ tokenKeptMs: 60_000 });
    await adapter.create(sfOrder(), ctx);
    clock.ms += 59_999;
    await adapter.create(sfOrder(), ctx);
    clock.ms += 1;
    await adapter.create(sfOrder(), ctx);
    expect(steps(sent)).toEqual(['token', 't1', 't1', 'token', 't2']);
  });
  it('is fetched once for all who wait for it', async () => {
    const { adapter, ctx, state } = tokenCourier();
    const waybills = Array.from({ length: 20 }, (_, i) => `SF00000000000${10 + i}`);
    const answers = await Promise.all(waybills.map((waybillNo) => adapter.create(sfOrder({ waybillNo }), ctx)));
    expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(state.issued).toBe(1);
  });
  it('belongs to one account: another adapter fetches its own', async () => {
    const [one, other] = [tokenCourier(), tokenCourier()];
    await one.adapter.create(sfOrder(), one.ctx);
    await other.adapter.create(sfOrder(), other.ctx);
    expect([one.state.issued, other.state.issued]).toEqual([1, 1]);
  });
});

describe('a token that SF no longer takes', () => {
  it.each(['A1006', 'A1011'])(
    'let nothing through (%s): a new one is fetched, the call made once more',
    async (code) => {
      const { adapter, ctx, sent, state } = tokenCourier();
      await adapter.create(sfOrder(), ctx);
      Object.assign(state, { accepts: 'none', refusal: code });
      expect(await adapter.create(sfOrder(), ctx)).toMatchObject({ kind: 'accepted' });
      expect(steps(sent)).toEqual(['token', 't1', 't1', 'token', 't2']);
    },
  );
  it('is known by a code that the account was told of', async () => {
    const told = tokenCourier({ meanings: { A1012: 'credentials' } });
    await told.adapter.create(sfOrder(), told.ctx);
    Object.assign(told.state, { accepts: 'none', refusal: 'A1012' });
    expect(await told.adapter.create(sfOrder(), told.ctx)).toMatchObject({ kind: 'accepted' });
    const untold = tokenCourier();
    await untold.adapter.create(sfOrder(), untold.ctx);
    Object.assign(untold.state, { accepts: 'none', refusal: 'A1012' });
    expect(await faultOf(untold.adapter.create(sfOrder(), untold.ctx))).toMatchObject({ kind: 'outcome_unknown' });
    expect(untold.sent).toHaveLength(3);
  });
  it('refused again stops the lane, after one repeat and no more; the next call does not begin with it', async () => {
    const { adapter, ctx, sent } = sfAccount({ auth: 'token' }, (request, count) => {
      if (isToken(request)) return issued(`t${count}`);
      return count === 2 ? yes() : gatewayNo('A1011');
    });
    await adapter.create(sfOrder(), ctx);
    expect(await faultOf(adapter.create(sfOrder(), ctx))).toMatchObject({ kind: 'credentials', rawCode: 'A1011' });
    expect(steps(sent)).toEqual(['token', 't1', 't1', 'token', 't4']);
    expect(await faultOf(adapter.create(sfOrder(), ctx))).toMatchObject({ kind: 'credentials' });
    expect(steps(sent).slice(5)).toEqual(['token', 't6']);
  });
  it.each(['A1003', 'A1004', 'A1005', 'A1007', 'A1009', 'A1099'])(
    'is not blamed for %s, and nothing is sent again: it may have been done',
    async (code) => {
      const { adapter, ctx, sent, state } = tokenCourier();
      await adapter.create(sfOrder(), ctx);
      Object.assign(state, { accepts: 'none', refusal: code });
      await faultOf(adapter.create(sfOrder(), ctx));
      expect(steps(sent)).toEqual(['token', 't1', 't1']);
    },
  );
  it('refused to many at once is replaced once', async () => {
    const { adapter, ctx, state } = tokenCourier();
    await adapter.create(sfOrder(), ctx);
    state.accepts = 'none';
    const answers = await Promise.all(Array.from({ length: 10 }, () => adapter.create(sfOrder(), ctx)));
    expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(state.issued).toBe(2);
  });
});

describe('a token that SF does not give', () => {
  const without = (response: CarrierResponse) => sfAccount({ auth: 'token' }, () => response);

  it.each([
    ['a wrong key', gatewayNo('A1006'), 'credentials'],
    ['a wrong key by HTTP', gatewayNo('A1011', 401), 'credentials'],
    ['no right', gatewayNo('A1004'), 'credentials'],
    ['a request it cannot read', gatewayNo('A1001'), 'credentials'],
    ['too many calls', gatewayNo('A1005'), 'throttled'],
    ['too many calls by HTTP', gatewayNo('A1005', 429), 'throttled'],
    ['a failure', gatewayNo('A1099'), 'unavailable'],
    ['a code nobody explained', gatewayNo('A1012'), 'unavailable'],
    ['an error page', { status: 502, headers: {}, text: '<html>' }, 'unavailable'],
    ['an error page of 200', { status: 200, headers: {}, text: '<html>' }, 'unavailable'],
    ['a yes without a token', issued(''), 'unavailable'],
    ['a yes with something else', issued({ a: 1 }), 'unavailable'],
    ['a token without a yes', json({ accessToken: 't' }), 'unavailable'],
    ['a token beside a no', json({ apiResultCode: 'A1099', accessToken: 't' }), 'unavailable'],
  ] as const)('%s leaves the order unsent, so that it may be sent later', async (_what, response, kind) => {
    const { adapter, ctx, sent } = without(response);
    expect(await faultOf(adapter.create(sfOrder(), ctx))).toMatchObject({ kind });
    expect(steps(sent)).toEqual(['token']);
    await faultOf(adapter.create(sfOrder(), ctx));
    expect(steps(sent)).toEqual(['token', 'token']);
  });
});

describe('the request id of SF', () => {
  const ids = (sent: readonly CarrierRequest[]) => sent.map((request) => formOf(request).requestID);
  it('stays the same for a round, and is new for whatever may be asked often', async () => {
    const { adapter, ctx, sent } = sfAccount({}, () => routes([]));
    for (let i = 0; i < 2; i += 1) await adapter.create(sfOrder(), ctx);
    for (let i = 0; i < 2; i += 1) await adapter.cancel(sfOrder({ carrierRef: 'ZL1' }), ctx);
    for (let i = 0; i < 2; i += 1) await adapter.track(sfOrder({ phoneTail: '0000' }), ctx);
    expect(ids(sent)).toEqual(['4711-1', '4711-1', 'id-1', 'id-2', 'id-3', 'id-4']);
  });
  it('is new for every send where the account says so', async () => {
    const { adapter, ctx, sent } = sfAccount({ newRequestIdPerSend: true }, () => yes());
    for (let i = 0; i < 2; i += 1) await adapter.create(sfOrder(), ctx);
    expect(ids(sent)).toEqual(['id-1', 'id-2']);
  });
});
