import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { taobaoChannel } from '../../../src/producers/platforms/taobao/channel/adapter.js';
import { commandOf } from '../../support/command.js';
import { changed, credentials, gateway, REFUND, REFUND_ID, refundAnswer, refusal } from './given.js';

const [INTERCEPT, CUT, GET] = ['taobao.rp.refund.intercept', 'taobao.logistics.erp.delivery.cut', 'taobao.refund.get'];
const ACCEPTED = '{"rp_refund_intercept_response":{"request_id":"r-1"}}';
const STALE = 'isv.refund-version-expired';

type Script = Parameters<typeof gateway>[0];

function command(version: string | null = '1630022530000', afterSaleId = REFUND_ID) {
  const wantedBy = [
    { afterSaleId, orderId: '1', version },
    { afterSaleId: '5', orderId: '1', version: '6' },
  ];
  return commandOf({ waybillNo: '75417914223203', asKnownThere: { rawCarrier: '中通快递', wantedBy } });
}

async function create(script: Script, given = command(), keys: Readonly<Record<string, unknown>> = {}) {
  const ctx = gateway(script);
  const outcome = await taobaoChannel
    .create(credentials(keys))
    .create(given, ctx)
    .catch((fault: unknown) => fault);
  const answer = outcome instanceof CarrierFault ? { fault: outcome.kind, rawCode: outcome.rawCode } : outcome;
  return { answer, asked: ctx.asked.map(({ method, form }) => [method, form.get('refund_version')]), ctx };
}

describe('by after-sale', () => {
  it('asks for the oldest after-sale with the version we know, and takes the request id alone for a yes', async () => {
    const { answer, asked, ctx } = await create({ [INTERCEPT]: ACCEPTED });
    expect(answer).toEqual({ kind: 'accepted', carrierRef: null, rawCode: '', rawText: 'r-1' });
    expect(asked).toEqual([[INTERCEPT, '1630022530000']]);
    expect(ctx.asked[0]?.form.get('refund_id')).toBe(REFUND_ID);
    expect(ctx.asked[0]?.request.effect).toBe('write');
  });

  it('reads the version first where we know none, and sends nothing while it is not known', async () => {
    const { answer, asked } = await create({ [GET]: refundAnswer(), [INTERCEPT]: ACCEPTED }, command(null));
    expect(answer).toMatchObject({ kind: 'accepted' });
    expect(asked).toEqual([
      [GET, null],
      [INTERCEPT, '1630022530000'],
    ]);
    const none = changed(REFUND, ['"refund_version":1630022530000,', '']);
    for (const [text, fault] of [
      [refundAnswer(none), 'contract_broken'],
      ['{}', 'contract_broken'],
      [refusal(7), 'throttled'],
    ] as const) {
      const failed = await create({ [GET]: text }, command(null));
      expect(failed.answer).toMatchObject({ fault });
      expect(failed.asked).toEqual([[GET, null]]);
    }
  });

  it('an after-sale that is over, or is no refund-only any more, is not asked for again', async () => {
    for (const change of [
      ['WAIT_SELLER_AGREE', 'CLOSED'],
      ['WAIT_SELLER_AGREE', 'SELLER_REFUSE_BUYER'],
      ['WAIT_SELLER_AGREE', 'SOMETHING_NEW'],
      ['"REFUND"', '"REFUND_AND_RETURN"'],
    ] as const) {
      const { answer, asked } = await create({ [GET]: refundAnswer(changed(REFUND, change)) }, command(null));
      expect(answer).toMatchObject({ kind: 'refused', refusal: 'courier_not_allowed', rawCode: 'after_sale_changed' });
      expect(asked).toEqual([[GET, null]]);
    }
  });

  it('a version the account calls stale is read again and asked for once more, and no more than once', async () => {
    const keys = { meanings: { [STALE]: 'stale_version' } };
    const moved = refundAnswer(changed(REFUND, ['1630022530000', '1630022540000']));
    const again = await create({ [INTERCEPT]: [refusal(15, STALE), ACCEPTED], [GET]: moved }, command(), keys);
    expect(again.answer).toMatchObject({ kind: 'accepted' });
    expect(again.asked).toEqual([
      [INTERCEPT, '1630022530000'],
      [GET, null],
      [INTERCEPT, '1630022540000'],
    ]);
    const still = await create({ [INTERCEPT]: refusal(15, STALE), [GET]: moved }, command(), keys);
    expect([still.answer, still.asked.length]).toMatchObject([{ refusal: 'courier_unknown_code' }, 3]);
    const same = await create({ [INTERCEPT]: refusal(15, STALE), [GET]: refundAnswer() }, command(), keys);
    expect([same.answer, same.asked.length]).toMatchObject([{ refusal: 'courier_unknown_code' }, 2]);
  });

  it('a code nobody taught is a no that nobody can explain, asked once; what was taught is what it says', async () => {
    const of = async (meanings: object) =>
      create({ [INTERCEPT]: refusal(15, 'isv.odd', '不能拦截') }, command(), { meanings });
    const odd = { rawCode: '15 isv.odd', rawText: '不能拦截' };
    expect(await of({})).toMatchObject({ answer: { kind: 'refused', refusal: 'courier_unknown_code', ...odd } });
    expect((await of({})).asked.length).toBe(1);
    expect((await of({ 'isv.odd': 'duplicate' })).answer).toMatchObject({ kind: 'duplicate', ...odd });
    expect((await of({ 'isv.odd': 'courier_too_late' })).answer).toMatchObject({ refusal: 'courier_too_late' });
    expect((await of({ '15 isv.odd': 'not_yet' })).answer).toMatchObject({ kind: 'not_yet' });
    expect((await of({ 'isv.odd': 'unavailable' })).answer).toMatchObject({ fault: 'unavailable' });
  });

  it.each([
    [refusal(15, 'isp.remote-service-timeout'), 'outcome_unknown'],
    [refusal(15), 'outcome_unknown'],
    [refusal(10), 'outcome_unknown'],
    [refusal(9999), 'outcome_unknown'],
    [refusal(7), 'throttled'],
    [refusal(27), 'credentials'],
    [refusal(41, 'isv.invalid-parameter'), 'bad_request'],
    ['{"error_response":[]}', 'outcome_unknown'],
    ['{"rp_refund_intercept_response":{}}', 'outcome_unknown'],
    ['{"rp_refund_intercept_response":{"request_id":"r","result":false}}', 'outcome_unknown'],
    [`{"rp_refund_intercept_response":{"request_id":"r"},"error_response":{"code":7}}`, 'outcome_unknown'],
    ['{"request_id":"r"}', 'outcome_unknown'],
  ])('%s is a fault: %s', async (text, fault) => {
    expect((await create({ [INTERCEPT]: text })).answer).toMatchObject({ fault });
  });

  it('without an after-sale of the platform nothing is sent: that is our bug', async () => {
    for (const given of [commandOf({ waybillNo: '1' }), command('1', 'id?'), command('1', '')]) {
      expect(await create({}, given)).toMatchObject({ answer: { fault: 'bad_request' }, asked: [] });
    }
  });
});

describe('by waybill', () => {
  const keys = { interceptBy: 'delivery_cut', cpCodes: { zto: 'ZTO' } };
  const cut = (fields: object) => JSON.stringify({ logistics_erp_delivery_cut_response: fields });
  const of = async (fields: object, more: object = {}) =>
    (await create({ [CUT]: cut(fields) }, command(), { ...keys, ...more })).answer;

  it('names the waybill and the code of its courier', async () => {
    const { answer, ctx } = await create(
      { [CUT]: cut({ suc: true, retry: false, request_id: 'r-2' }) },
      command(),
      keys,
    );
    expect(answer).toEqual({ kind: 'accepted', carrierRef: null, rawCode: '', rawText: 'r-2' });
    expect(JSON.parse(ctx.asked[0]?.form.get('cut_off_delivery_process_request') ?? '')).toEqual({
      mail_no: '75417914223203',
      tms_cp_code: 'ZTO',
      intercept_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      intercept_reason: '买家申请退款',
      outer_order_id: 'ic-1-1',
    });
  });

  it('a courier without a code is refused here, and nothing is sent', async () => {
    for (const carrier of ['yto', 'constructor']) {
      const { answer, asked } = await create({}, { ...command(), carrier }, keys);
      expect([answer, asked]).toMatchObject([{ refusal: 'courier_bad_data', rawCode: 'no_cp_code' }, []]);
    }
  });

  it('a no is tried again only where the platform says so', async () => {
    const no = { suc: false, biz_error_code: 'E1', biz_error_message: '已签收' };
    expect(await of({ ...no, retry: true })).toEqual({ fault: 'unavailable', rawCode: 'E1' });
    for (const retry of [false, undefined, 'true']) {
      expect(await of({ ...no, retry })).toMatchObject({ refusal: 'courier_unknown_code', rawCode: 'E1' });
    }
    const taught = { meanings: { E1: 'courier_already_delivered' } };
    expect(await of({ ...no, retry: true }, taught)).toMatchObject({ refusal: 'courier_already_delivered' });
    expect(await of(no, { meanings: { 已签收: 'courier_too_late' } })).toMatchObject({ refusal: 'courier_too_late' });
    expect(await of(no, { meanings: { E1: 'stale_version' } })).toMatchObject({ refusal: 'courier_unknown_code' });
  });

  it.each([
    {},
    { suc: 'true' },
    { suc: 1 },
    { suc: null },
    { suc: true, biz_error_code: 'E1' },
    { suc: false, retry: true },
  ])('%j leaves the outcome open', async (fields) => {
    expect(await of(fields)).toMatchObject({ fault: 'outcome_unknown' });
  });
});

describe('what there is no interface for', () => {
  it('sends nothing, and takes no push for real', async () => {
    const adapter = taobaoChannel.create(credentials());
    const ctx = gateway({});
    for (const verb of ['cancel', 'status', 'track'] as const) {
      await expect(adapter[verb](command(), ctx)).rejects.toMatchObject({ kind: 'bad_request' });
    }
    expect(ctx.asked).toEqual([]);
    expect(adapter.verifyPush({ body: Buffer.from('{}'), headers: {}, query: {} })).toBe(false);
    expect(() => adapter.readPush({ body: Buffer.from('{}') })).toThrow(/pushes nothing/);
    expect(['stored', 'bad_signature', 'overloaded'].map((of) => adapter.ack(of as 'stored').status)).toEqual([
      200, 401, 503,
    ]);
  });
});
