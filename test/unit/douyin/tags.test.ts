import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readEvent } from '../../../src/producers/platforms/douyin/events.js';
import { IGNORED_TAGS, TAGS } from '../../../src/producers/platforms/douyin/tags.js';
import { message } from './messages.js';

const BASE = '"aftersale_id":7000893114000949517,"aftersale_type":1,"p_id":4835804142146757001,"shop_id":10437917';
const AT = '1630022518';
const AT_MS = 1630022518000;
const ARBITRATION = `${BASE},"aftersale_status":27,"arbitrate_id":"7001852497203577118_001","arbitrate_status":1`;

/** What each tag must be read as, written out from the reference and not from the table under test. */
const UNDERSTOOD = [
  {
    tag: '200',
    data: `${BASE},"aftersale_status":6,"apply_time":${AT},"refund_amount":8900`,
    atMs: AT_MS,
    status: 'open',
  },
  { tag: '201', data: `${BASE},"aftersale_status":6,"agree_time":${AT}`, atMs: AT_MS, status: 'agreed' },
  { tag: '202', data: `${BASE},"aftersale_status":7,"refuse_time":${AT}`, atMs: AT_MS, status: 'agreed' },
  { tag: '202', data: `${BASE},"aftersale_status":7,"agree_time":${AT}`, atMs: AT_MS, status: 'agreed' },
  { tag: '203', data: `${BASE},"aftersale_status":11,"return_time":${AT}`, atMs: AT_MS, status: 'agreed' },
  { tag: '204', data: `${BASE},"aftersale_status":27,"refuse_time":${AT}`, atMs: AT_MS, status: 'refused' },
  { tag: '205', data: `${BASE},"aftersale_status":27,"refuse_time":${AT}`, atMs: AT_MS, status: 'refused' },
  { tag: '206', data: `${BASE},"aftersale_status":12,"success_time":${AT}`, atMs: AT_MS, status: 'paid' },
  { tag: '207', data: `${BASE},"aftersale_status":28,"close_time":${AT}`, atMs: AT_MS, status: 'closed' },
  { tag: '208', data: `${BASE},"aftersale_status":6,"modify_time":${AT}`, atMs: AT_MS, status: 'open' },
  { tag: '209', data: `${BASE},"aftersale_status":6,"status_deadline":1630195318`, atMs: 0, status: 'open' },
  { tag: '212', data: ARBITRATION, atMs: 0, status: 'refused', arbitration: 'applied' },
  { tag: '213', data: ARBITRATION, atMs: 0, status: 'refused', arbitration: 'applied' },
  { tag: '214', data: ARBITRATION, atMs: 0, status: 'refused', arbitration: 'applied' },
  { tag: '215', data: ARBITRATION, atMs: 0, status: 'refused', arbitration: 'cancelled' },
  { tag: '216', data: ARBITRATION, atMs: 0, status: 'refused', arbitration: 'ended' },
  { tag: '217', data: ARBITRATION, atMs: 0, status: 'refused', arbitration: 'applied' },
] as const;

describe('tags', () => {
  it.each(UNDERSTOOD)('reads $tag as $status, because that is what the platform documents', (expected) => {
    const event = readEvent(`[${message(expected.tag, expected.data)}]`);
    const arbitration = 'arbitration' in expected ? expected.arbitration : undefined;
    expect(event).toMatchObject({
      kind: 'after_sale',
      afterSaleId: '7000893114000949517',
      arbitration: arbitration !== undefined,
      update: {
        atMs: expected.atMs,
        facts: { orderId: '4835804142146757001', type: 'refund_only', status: expected.status },
      },
    });
    expect(event.kind === 'after_sale' && event.update.facts.arbitration).toBe(arbitration);
  });

  it('covers every understood tag above, so that a new row cannot go untested', () => {
    expect([...new Set(UNDERSTOOD.map(({ tag }) => tag))].sort()).toEqual(Object.keys(TAGS).sort());
  });

  it.each(Object.keys(IGNORED_TAGS))('ignores %s with a reason, whatever its data is', (tag) => {
    for (const data of ['""', '"not json"', '7', 'null', '{"p_id":1}']) {
      const event = readEvent(`[{"tag":"${tag}","msg_id":"1","data":${data}}]`);
      expect(event).toEqual({ kind: 'ignored', why: expect.stringMatching(/\w{5,}/) });
    }
  });

  it('ignores a tag nobody documented and names it, because shops subscribe to whatever they like', () => {
    expect(readEvent('[{"tag":"9999","msg_id":"1","data":"{}"}]')).toEqual({
      kind: 'ignored',
      why: 'tag 9999 is not in the table',
    });
  });

  it('takes the new platform clock from 209, because silence until then decides (R73)', () => {
    const event = readEvent(`[${message('209', `${BASE},"status_deadline":1630195318`)}]`);
    expect(event.kind === 'after_sale' && event.update.facts.platformDeadlineMs).toBe(1630195318000);
  });

  it('names every tag in the README, because people look there first', () => {
    const readme = readFileSync(join(__dirname, '../../../src/producers/platforms/douyin/README.md'), 'utf8');
    const missing = [...Object.keys(TAGS), ...Object.keys(IGNORED_TAGS)].filter((tag) => !readme.includes(` ${tag}`));
    expect(missing).toEqual([]);
  });
});
