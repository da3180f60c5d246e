import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { jdPlugin } from '../../../src/producers/platforms/jd/adapter.js';
import { JD_CREDENTIALS } from '../../../src/producers/platforms/jd/credentials.js';
import { AT_MS, CREDENTIALS, contentOf, ID, KEYS, ORDER_ID, order, record, refund, wayOf } from './wire.js';

const SHIPPED = '"waybill":"73100130019486","logisticsId":"1499","orderPayment":"1139.97"';

function read(answers: readonly string[], credentials = CREDENTIALS, afterSaleId = ID) {
  const way = wayOf(...answers);
  return { way, detail: jdPlugin.create(credentials).fetchDetail({ afterSaleId, orderId: null }, way, AT_MS) };
}

const parcelsOf = async (fields: string) =>
  (await read([refund(record()), order(fields)]).detail).parcels.map(({ rawCarrier, rawCarrierName, waybillNo }) => [
    rawCarrier,
    rawCarrierName,
    waybillNo,
  ]);

describe('a detail', () => {
  it('reads the application, then its order, and puts them together', async () => {
    const { way, detail } = read([refund(record()), order(SHIPPED)]);
    expect(await detail).toEqual({
      update: {
        atMs: AT_MS,
        facts: {
          orderId: ORDER_ID,
          type: 'refund_only',
          status: 'open',
          refundAmountFen: 8900,
          paidAmountFen: 113_997,
          reason: '不想要了',
          appliedAtMs: AT_MS,
        },
      },
      parcels: [
        { rawCarrier: '1499', rawCarrierName: '中通快递', waybillNo: '73100130019486', declaredValueFen: 113_997 },
      ],
    });
    expect(way.asked.map(contentOf)).toEqual([
      { id: ID },
      { order_id: ORDER_ID, optional_fields: 'orderId,orderState,waybill,logisticsId,orderPayment' },
    ]);
    expect(way.asked.map(({ effect }) => effect)).toEqual(['read', 'read']);
  });

  it('does not know what the buyer paid until the shop names the field (R60)', async () => {
    const { way, detail } = read([refund(record()), order(SHIPPED)], JD_CREDENTIALS.parse(KEYS));
    const { update, parcels } = await detail;
    expect([update.facts.paidAmountFen, parcels[0]?.declaredValueFen]).toEqual([undefined, undefined]);
    expect(way.asked[1] && contentOf(way.asked[1]).optional_fields).toBe('orderId,orderState,waybill,logisticsId');
  });

  it.each(['', '"waybill":"","logisticsId":""', '"waybill":null', '"waybill":" "', '"waybill":"|"'])(
    'of an order without a waybill (%s) is a refund before shipment, by inference',
    async (fields) => {
      const detail = await read([refund(record()), order(`${fields === '' ? '' : `${fields},`}"orderState":"X"`)])
        .detail;
      expect([detail.update.facts.type, detail.parcels]).toEqual(['refund_before_shipment', []]);
    },
  );

  it('reads couriers parted by |, and several waybills of one courier', async () => {
    expect(
      await parcelsOf('"waybill":"0073100130019486,73100130019487|YT2534891234567","logisticsId":"1499|463"'),
    ).toEqual([
      ['1499', '中通快递', '0073100130019486'],
      ['1499', '中通快递', '73100130019487'],
      ['463', '圆通快递', 'YT2534891234567'],
    ]);
    expect(await parcelsOf('"waybill":"A, B ,A","logisticsId":1499')).toEqual([
      ['1499', '中通快递', 'A'],
      ['1499', '中通快递', 'B'],
    ]);
    expect(await parcelsOf('"waybill":7310013001948600001,"logisticsId":"2087"')).toEqual([
      ['2087', null, '7310013001948600001'],
    ]);
  });

  it('guesses no courier where they do not fit the waybills (R66)', async () => {
    for (const couriers of ['"1499"', '"1499|463|470"', '""', 'null'])
      expect(await parcelsOf(`"waybill":"A|B","logisticsId":${couriers}`)).toEqual([
        ['', null, 'A'],
        ['', null, 'B'],
      ]);
    expect(await parcelsOf('"waybill":"A"')).toEqual([['', null, 'A']]);
  });

  it.each<[string, readonly string[]]>([
    ['an id that JD does not know', [refund()]],
    ['two applications', [refund(record(), record())]],
    ['another application', [refund(record('', '7000893114000949518'))]],
    ['no order number', [refund(record().replace(`"orderId":${ORDER_ID},`, ''))]],
    ['another order', [refund(record()), order(SHIPPED).replace(ORDER_ID, '4835804142146757002')]],
    ['no order', [refund(record()), '{"jingdong_pop_order_get_responce":{"code":"0","orderDetailInfo":{}}}']],
    ['an amount in words', [refund(record()), order('"waybill":"A","orderPayment":"很多"')]],
    ['parts of a fen', [refund(record()), order('"waybill":"A","orderPayment":"1.005"')]],
    ['waybills as an object', [refund(record()), order('"waybill":{"a":1}')]],
    ['half an answer', [refund(record()).slice(0, -9)]],
    ['the answer of another method', [order(SHIPPED)]],
  ])('is refused for %s', async (_what, answers) => {
    const outcome = await read(answers).detail.catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(UnreadableEvent);
    expect(String(outcome)).not.toMatch(/\d{6}/);
  });

  it.each(['', '0', 'AS1', '12345678901234567890123', '1,2'])('asks nothing for the id %j', async (afterSaleId) => {
    const { way, detail } = read([refund(record())], CREDENTIALS, afterSaleId);
    await expect(detail).rejects.toThrow(UnreadableEvent);
    expect(way.asked).toEqual([]);
  });

  it.each([
    ['12', 'credentials'],
    ['15', 'bad_request'],
    ['19', 'credentials'],
    ['21', 'credentials'],
    ['77', 'contract_broken'],
    ['toString', 'contract_broken'],
  ])('tells code %s of the gateway as %s, without its words', async (code, kind) => {
    const answer = JSON.stringify({ error_response: { code, zh_desc: `key=${KEYS.appKey} 信息无效` } });
    const outcome = await read([answer]).detail.catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(CarrierFault);
    expect(outcome).toMatchObject({ kind, rawCode: code });
    expect(String(outcome)).not.toContain(KEYS.appKey);
  });

  it('takes the word of the shop for what nobody documented', async () => {
    const taught = JD_CREDENTIALS.parse({ ...KEYS, meanings: { '77': 'throttled', 系统繁忙: 'unavailable' } });
    const gateway = (code: string, zh: string) => JSON.stringify({ error_response: { code, zh_desc: zh } });
    await expect(read([gateway('77', '')], taught).detail).rejects.toMatchObject({ kind: 'throttled' });
    await expect(read([gateway('78', '系统繁忙，请稍后')], taught).detail).rejects.toMatchObject({
      kind: 'unavailable',
    });
    const no = refund().replace('"success":true', '"success":false,"errorCode":12');
    await expect(read([no], taught).detail).rejects.toMatchObject({ kind: 'contract_broken', rawCode: 'errorCode 12' });
  });

  it('reads the wrapper in both spellings', async () => {
    const right = refund(record()).replace('_responce', '_response');
    expect((await read([right, order(SHIPPED)]).detail).parcels).toHaveLength(1);
  });
});
