import { describe, expect, it } from '@jest/globals';
import type { CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { contentOf, gatewayNo, routes, sfAccount, sfOrder } from './sf-account.js';

const route = (opCode: string, remark = '', minute = 0) => ({
  acceptTime: `2025-01-01 10:0${minute}:00`,
  acceptAddress: '深圳市',
  remark,
  opCode,
});
const RETURNED = route('648', '快件已退回/转寄,新单号为: SF9000000000001', 1);
const asked = (sent: readonly CarrierRequest[]) => sent.map(contentOf);

/** A courier that has a way back under a number of its own. */
const twoLegs = (wayBack: CarrierResponse) => (_: CarrierRequest, count: number) =>
  count === 1 ? routes([route('50'), RETURNED]) : wayBack;
const delivered = routes([route('50', '', 2), route('80', '', 3)], { mailNo: 'SF9000000000001' });

describe('a look at a track of SF', () => {
  it('is not sent without a phone, and has failed: the empty answer would pass for "no trace" (R67)', async () => {
    const { adapter, ctx, sent } = sfAccount({}, () => routes([]));
    await expect(adapter.track(sfOrder(), ctx)).rejects.toMatchObject({ kind: 'bad_request' });
    expect(sent).toEqual([]);
  });
  it("names the recipient's phone, else the sender's, else none where the card is bound", async () => {
    const look = async (more: object, phoneTail: string | null) => {
      const { adapter, ctx, sent } = sfAccount(more, () => routes([]));
      expect(await adapter.track(sfOrder({ phoneTail }), ctx)).toEqual({ kind: 'empty' });
      return asked(sent);
    };
    const sender = { senderPhoneTail: '1111' };
    expect(await look(sender, '2222')).toMatchObject([{ checkPhoneNo: '2222' }]);
    expect(await look(sender, null)).toMatchObject([{ checkPhoneNo: '1111' }]);
    expect((await look({ monthlyCardBound: true }, null))[0]).not.toHaveProperty('checkPhoneNo');
  });
});

describe('the way back under a number of its own', () => {
  const follow = { followReturn: true };
  it('is left alone unless the account follows it', async () => {
    const { adapter, ctx, sent } = sfAccount({}, twoLegs(delivered));
    const answer = await adapter.track(sfOrder({ phoneTail: '2222' }), ctx);
    expect(answer).toMatchObject({ sightings: [{ phase: 'picked_up' }, { phase: 'returning' }] });
    expect(sent).toHaveLength(1);
  });
  it("is looked up with the phone of the shop's return address, and comes after the first leg", async () => {
    const { adapter, ctx, sent } = sfAccount(follow, twoLegs(delivered));
    const answer = await adapter.track(sfOrder({ phoneTail: '2222' }), ctx);
    expect(answer.kind === 'found' && answer.sightings.map(({ phase }) => phase)).toEqual([
      'picked_up',
      'returning',
      'picked_up',
      'delivered',
    ]);
    expect(asked(sent)).toMatchObject([
      { trackingNumber: ['SF0000000000001'], checkPhoneNo: '2222' },
      { trackingNumber: ['SF9000000000001'], checkPhoneNo: '0000' },
    ]);
  });
  it('that cannot be seen takes nothing from what was seen', async () => {
    for (const wayBack of [
      gatewayNo('A1005'),
      gatewayNo('A1009'),
      routes([], { mailNo: 'SF9000000000001' }),
      delivered,
    ]) {
      const { adapter, ctx } = sfAccount(follow, twoLegs(wayBack));
      const answer = await adapter.track(sfOrder({ phoneTail: '2222', returnAddress: null }), ctx);
      expect(answer).toMatchObject({ kind: 'found' });
      expect(answer.kind === 'found' && answer.sightings.slice(0, 2).map(({ phase }) => phase)).toEqual([
        'picked_up',
        'returning',
      ]);
    }
  });
  it('is not asked for where 648 names no number, or the number of the parcel itself', async () => {
    for (const remark of ['快件已退回/转寄', '新单号为 SF0000000000001']) {
      const { adapter, ctx, sent } = sfAccount(follow, () => routes([route('648', remark)]));
      await adapter.track(sfOrder({ phoneTail: '2222' }), ctx);
      expect(sent).toHaveLength(1);
    }
    const elsewhere = sfAccount(follow, () => routes([route('30', '新单号为 SF9000000000001')]));
    await elsewhere.adapter.track(sfOrder({ phoneTail: '2222' }), elsewhere.ctx);
    expect(elsewhere.sent).toHaveLength(1);
  });
});
