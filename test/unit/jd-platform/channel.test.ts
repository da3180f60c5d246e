import { describe, expect, it } from '@jest/globals';
import type { InterceptCommand } from '../../../src/domain/carrier/port.js';
import { jdPlugin } from '../../../src/producers/platforms/jd/adapter.js';
import { JD_CREDENTIALS } from '../../../src/producers/platforms/jd/credentials.js';
import { commandOf } from '../../support/command.js';
import { contentOf, ID, KEYS, record, refund, reply, wayOf } from './wire.js';

const WAYBILL = 'JDVC00000000001';
const AGREED = { ...KEYS, agreesRefund: true };
const wanted = (...ids: readonly string[]) => ({
  rawCarrier: '2087',
  wantedBy: ids.map((afterSaleId) => ({ afterSaleId, orderId: null, version: null })),
});
const command = (more: Partial<InterceptCommand> = {}) =>
  commandOf({ waybillNo: WAYBILL, carrier: 'jd', asKnownThere: wanted(ID, '7000893114000949518'), ...more });

function channelOf(credentials: object, ...answers: readonly string[]) {
  const channel = jdPlugin.channel?.create(JD_CREDENTIALS.parse(credentials));
  if (!channel) throw new Error('JD POP has its own intercept API');
  const way = wayOf(...answers);
  return { channel, way };
}

describe('a stop on this channel agrees the refund', () => {
  it('so nothing is sent until the seller says that he wants that, and the answer says why in two languages', async () => {
    for (const credentials of [KEYS, { ...KEYS, agreesRefund: false }]) {
      const { channel, way } = channelOf(credentials, reply('{"success":true}'));
      const answer = await channel.create(command(), way);
      expect(answer).toMatchObject({
        kind: 'refused',
        refusal: 'courier_bad_data',
        rawCode: 'agrees_refund_not_set',
        rawText: expect.stringMatching(/未发送.*同意退款.*agreesRefund.*Nothing was sent.*agrees the refund/),
      });
      expect(way.asked).toEqual([]);
    }
    expect(JD_CREDENTIALS.safeParse({ ...KEYS, agreesRefund: 'true' }).success).toBe(false);
  });

  it('and the facts say it first', () => {
    const [first] = jdPlugin.channel?.manifest.facts ?? [];
    expect(first?.fact).toBe('ACCEPTING THE STOP AGREES THE REFUND');
  });

  it('so parcels that JD may not be able to stop are not refunded for it', async () => {
    const { channel, way } = channelOf(AGREED, reply('{"success":true}'));
    expect(await channel.create(command({ carrier: 'zto' }), way)).toMatchObject({
      kind: 'refused',
      refusal: 'courier_not_ours',
      rawText: expect.stringMatching(/未发送.*Nothing was sent/),
    });
    expect(way.asked).toEqual([]);
    const both = channelOf({ ...AGREED, interceptCarriers: ['jd', 'zto'] }, reply('{"success":true}'));
    expect(await both.channel.create(command({ carrier: 'zto' }), both.way)).toMatchObject({ kind: 'accepted' });
  });
});

describe('the order', () => {
  it('is the review of the oldest after-sale, with the waybill in the remark', async () => {
    const { channel, way } = channelOf(AGREED, reply('{"success":true}'));
    expect(await channel.create(command(), way)).toEqual({
      kind: 'accepted',
      carrierRef: ID,
      rawCode: 'success true',
      rawText: '',
    });
    expect(way.asked.map(contentOf)).toEqual([
      {
        id: ID,
        status: 6,
        checkUserName: 'jiejian',
        remark: `买家申请退款，通过并拦截 ${WAYBILL}`,
        outWareStatus: 1,
      },
    ]);
  });

  it('names who agreed and why as the seller wants it', async () => {
    const { channel, way } = channelOf(
      { ...AGREED, checkUserName: '客服部', remark: '拦截' },
      reply('{"success":true}'),
    );
    await channel.create(command(), way);
    expect(way.asked[0] && contentOf(way.asked[0])).toMatchObject({
      checkUserName: '客服部',
      remark: `拦截 ${WAYBILL}`,
    });
  });

  it.each([null, wanted(), wanted('AS-1'), wanted('0')])('needs an after-sale of JD: %j', async (asKnownThere) => {
    const { channel, way } = channelOf(AGREED, reply('{"success":true}'));
    await expect(channel.create(command({ asKnownThere }), way)).rejects.toMatchObject({ kind: 'bad_request' });
    await expect(channel.status(command({ asKnownThere }), way)).rejects.toMatchObject({ kind: 'bad_request' });
    expect(way.asked).toEqual([]);
  });

  it.each([
    ['{"success":false,"errorCode":"409","errorMessage":"已审核"}', 'errorCode 409', '已审核'],
    ['{"success":false}', 'success false', ''],
    ['{"success":false,"errorCode":12}', 'errorCode 12', ''],
    ['{"success":false,"errorCode":{"a":1},"message":["x"]}', 'success false', ''],
  ])('that JD refuses with %s is a refusal nobody can explain, its words kept', async (result, rawCode, rawText) => {
    const { channel, way } = channelOf(AGREED, reply(result));
    expect(await channel.create(command(), way)).toEqual({
      kind: 'refused',
      refusal: 'courier_unknown_code',
      rawCode,
      rawText,
    });
  });

  it('that JD refuses is what the shop says such words mean', async () => {
    const taught = { ...AGREED, meanings: { 'errorCode 409': 'duplicate', 已签收: 'courier_already_delivered' } };
    const asked = async (result: string) => {
      const { channel, way } = channelOf(taught, reply(result));
      return channel.create(command(), way);
    };
    expect(await asked('{"success":false,"errorCode":409}')).toMatchObject({ kind: 'duplicate' });
    expect(await asked('{"success":false,"message":"订单已签收"}')).toMatchObject({
      refusal: 'courier_already_delivered',
    });
  });

  it.each(['0', '000', '00000', '200', '', null])('is taken with the harmless code %j beside the yes', async (code) => {
    const { channel, way } = channelOf(AGREED, reply(JSON.stringify({ success: true, errorCode: code })));
    expect(await channel.create(command(), way)).toMatchObject({ kind: 'accepted' });
  });
});

describe('what became of it', () => {
  it('is asked under the after-sale that the order was given under, also when an older one has gone', async () => {
    const { channel, way } = channelOf(
      AGREED,
      refund(record('', '7000893114000949519').replace('"status":0', '"status":7')),
    );
    const now = command({ carrierRef: '7000893114000949519' });
    expect(await channel.status(now, way)).toEqual({ kind: 'stopped', rawCode: '7', rawText: '青龙拦截成功' });
    expect(way.asked.map(contentOf)).toEqual([{ id: '7000893114000949519' }]);
  });

  it('is not told by the answer about another after-sale', async () => {
    const { channel, way } = channelOf(AGREED, refund(record('', '7000893114000949518')));
    await expect(channel.status(command(), way)).rejects.toMatchObject({ kind: 'contract_broken' });
  });

  it('can be asked though the seller has taken his leave back: the order is out', async () => {
    const { channel, way } = channelOf(KEYS, refund(record().replace('"status":0', '"status":8')));
    expect(await channel.status(command(), way)).toMatchObject({ kind: 'failed', rawCode: '8' });
  });
});
