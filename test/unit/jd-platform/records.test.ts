import { describe, expect, it } from '@jest/globals';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { jdPlugin } from '../../../src/producers/platforms/jd/adapter.js';
import { polledEnvelope } from '../../../src/producers/platforms/jd/polled.js';
import { AT_MS, CREDENTIALS, ID, ORDER_ID } from './wire.js';

const adapter = jdPlugin.create(CREDENTIALS);
const RECORD = {
  id: ID,
  orderId: ORDER_ID,
  applyRefundSum: 8900,
  status: 0,
  applyTime: '2026-11-20 11:04:05',
  modified: '2026-11-20 11:04:05',
  buyerName: '张三',
  checkUserName: '小王',
};
const read = (record: unknown) => adapter.read(polledEnvelope(record).payload);

describe('a record of the list', () => {
  it('is read without the type, which only the order can tell', () => {
    expect(read(RECORD)).toEqual({
      kind: 'after_sale',
      afterSaleId: ID,
      arbitration: false,
      update: {
        atMs: AT_MS,
        facts: { orderId: ORDER_ID, status: 'open', refundAmountFen: 8900, appliedAtMs: AT_MS },
      },
    });
  });

  it('keeps neither the buyer nor the reviewer', () => {
    const { payload, eventId } = polledEnvelope(RECORD);
    expect(payload).not.toMatch(/张三|小王|buyerName/);
    expect(eventId).toBe(`refundapply:${ID}:0:${AT_MS}`);
  });

  it('is known by id, status and the moment of the change', () => {
    const ids = [
      RECORD,
      { ...RECORD, buyerName: '李四' },
      { ...RECORD, status: 6 },
      { ...RECORD, modified: '2026-11-20 11:04:06' },
      { ...RECORD, id: '7000893114000949518' },
    ].map((record) => polledEnvelope(record).eventId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
  });

  it.each([
    ['0', 'open'],
    ['1', 'agreed'],
    ['2', 'refused'],
    ['3', 'agreed'],
    ['4', 'unknown'],
    ['5', 'agreed'],
    ['6', 'agreed'],
    ['7', 'agreed'],
    ['8', 'unknown'],
    ['9', 'agreed'],
    ['10', 'unknown'],
    ['11', 'closed'],
    ['12', 'unknown'],
    ['999', 'unknown'],
  ])('in status %s is %s', (status, means) => {
    for (const one of [status, Number(status)])
      expect(read({ ...RECORD, status: one })).toMatchObject({ update: { facts: { status: means } } });
  });

  it('is dated by its change, else by the later of review and application', () => {
    const { modified: _, ...undated } = RECORD;
    const at = (record: object) => {
      const event = read(record);
      return event.kind === 'after_sale' ? event.update.atMs : event.why;
    };
    expect(at({ ...undated, checkTime: '2026-11-20 12:04:05' })).toBe(AT_MS + 3_600_000);
    expect(at({ ...undated, checkTime: null })).toBe(AT_MS);
    expect(at({ ...RECORD, modified: AT_MS + 1 })).toBe(AT_MS + 1);
  });

  it('is read out of refundApplyVo too', () => {
    expect(read({ refundApplyVo: RECORD })).toEqual(read(RECORD));
  });

  it('without an amount has none (R60)', () => {
    const event = read({ ...RECORD, applyRefundSum: null });
    expect(event).toMatchObject({ update: { facts: { status: 'open' } } });
    expect(JSON.stringify(event)).not.toContain('refundAmountFen');
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['no id', { ...RECORD, id: undefined }],
    ['the id 0', { ...RECORD, id: 0 }],
    ['an id in words', { ...RECORD, id: '七百万' }],
    ['an amount in words', { ...RECORD, applyRefundSum: '八十九元' }],
    ['half a fen', { ...RECORD, applyRefundSum: 8900.5 }],
    ['a status in words', { ...RECORD, status: '未审核' }],
    ['no time', { id: ID, status: 0 }],
    ['31 February', { ...RECORD, modified: '2026-02-31 00:00:00' }],
    ['a time before there was a JD', { ...RECORD, modified: 1 }],
  ])('with %s is set aside under an id of its own', (_what, record) => {
    const { eventId, payload } = polledEnvelope(record);
    expect(eventId).toMatch(/^refundapply:[\x21-\x7e]+$/);
    expect(() => adapter.read(payload)).toThrow(UnreadableEvent);
  });

  it.each(['', '{', 'null', '[]', '{}', '{"polled":7}'])('is not %s', (payload) => {
    expect(() => adapter.read(payload)).toThrow(UnreadableEvent);
  });
});

describe('a push', () => {
  it('is believed by nobody and leaves nothing behind', () => {
    const webhook = { body: new TextEncoder().encode('{"id":1}'), headers: {}, query: {} };
    expect(adapter.verify(webhook)).toBe(false);
    expect(adapter.envelopes(webhook)).toEqual([]);
    expect(adapter.ack('bad_signature').status).toBe(401);
  });
});
