import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DatedFacts } from '../../../src/domain/aftersale/after-sale.js';
import { currentFacts, type MergedFacts, mergeFacts } from '../../../src/domain/aftersale/merge.js';
import { DOUYIN_SETTINGS, dataOfAnswer } from '../../../src/producers/platforms/douyin/answers.js';
import { readDetail } from '../../../src/producers/platforms/douyin/detail.js';
import { readEvent } from '../../../src/producers/platforms/douyin/events.js';
import { detailWith } from './answers.js';
import { message } from './messages.js';

const ID = '7000893114000949517';
const BASE = `"aftersale_id":${ID},"aftersale_type":1,"p_id":4835804142146757001`;

function fromEvent(tag: string, fields: string): DatedFacts {
  const event = readEvent(`[${message(tag, `${BASE},${fields}`)}]`);
  if (event.kind !== 'after_sale') throw new Error(event.why);
  return event.update;
}

function fromDetail(...changes: readonly (readonly [string, string])[]): DatedFacts {
  const response = { status: 200, headers: {}, text: detailWith(...changes) };
  return readDetail(dataOfAnswer(response, DOUYIN_SETTINGS), ID).update;
}

const mergeAll = (updates: readonly DatedFacts[]) => updates.reduce<MergedFacts>(mergeFacts, {});

/** One after-sale's life: applied, read, arbitration asked for and dropped, amount modified, read, withdrawn, read. */
const LIFE: readonly DatedFacts[] = [
  fromEvent('200', '"aftersale_status":6,"apply_time":1630022518,"refund_amount":8000,"refund_post_amount":0'),
  fromDetail(),
  fromEvent('212', '"aftersale_status":6,"arbitrate_status":1'),
  fromEvent('215', '"aftersale_status":6,"arbitrate_status":255'),
  fromEvent('208', '"aftersale_status":6,"modify_time":1630022600,"refund_amount":8900,"refund_post_amount":600'),
  fromDetail(['"update_time":1630022530', '"update_time":1630022600']),
  fromEvent('209', '"aftersale_status":6,"status_deadline":1630195999'),
  fromEvent('207', '"aftersale_status":28,"close_time":1630022700,"refund_amount":8900'),
  fromDetail(
    ['"update_time":1630022530', '"update_time":1630022700'],
    ['"after_sale_status":6', '"after_sale_status":28'],
  ),
];

describe('events and details of one after-sale', () => {
  it('give the same whatever the order, the duplicates and the repeated deliveries (I14)', () => {
    const inOrder = mergeAll(LIFE);
    const delivery = fc
      .tuple(
        fc.shuffledSubarray([...LIFE], { minLength: LIFE.length }),
        fc.array(fc.constantFrom(...LIFE), { maxLength: 9 }),
      )
      .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
    fc.assert(
      fc.property(delivery, (updates) => expect(mergeAll(updates)).toEqual(inOrder)),
      { numRuns: 1000 },
    );
    expect(currentFacts(inOrder)).toMatchObject({
      type: 'refund_only',
      status: 'closed',
      refundAmountFen: 8900,
      paidAmountFen: 8900,
    });
  });

  it('stay closed when "applied" arrives late, because the buyer has withdrawn (case 30)', () => {
    const applied = fromEvent(
      '200',
      '"aftersale_status":6,"apply_time":1630022518,"update_time":"2021-08-27T09:00:00+08:00"',
    );
    const closed = fromEvent('207', '"aftersale_status":28,"close_time":1630022700');
    expect(currentFacts(mergeAll([closed, applied])).status).toBe('closed');
    expect(currentFacts(mergeAll([closed, fromDetail()])).status).toBe('closed');
  });

  it('stay closed when an arbitration without a time says otherwise, because it knows no better', () => {
    const closed = fromEvent('207', '"aftersale_status":28,"close_time":1630022700');
    const undated = fromEvent('212', '"aftersale_status":6,"arbitrate_status":1');
    expect(currentFacts(mergeAll([closed, undated]))).toMatchObject({ status: 'closed', arbitration: 'applied' });
    expect(mergeAll([undated, closed])).toEqual(mergeAll([closed, undated]));
  });

  it('become a return when only the message of the agreed return arrives, because it carries the type (R15)', () => {
    const applied = fromEvent('200', '"aftersale_status":6,"apply_time":1630022518');
    const agreed = readEvent(`[${message('202', `"aftersale_id":${ID},"aftersale_type":0,"agree_time":1630022600`)}]`);
    const updates = [applied, ...(agreed.kind === 'after_sale' ? [agreed.update] : [])];
    expect(currentFacts(mergeAll(updates)).type).toBe('return_refund');
  });
});
