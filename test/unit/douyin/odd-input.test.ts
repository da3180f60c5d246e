import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { cutEnvelopes, readEvent } from '../../../src/producers/platforms/douyin/events.js';
import { bytes, message } from './messages.js';

const one = (data: string) => `[{"tag":"200","msg_id":"1","data":${data}}]`;
const DEEP = 40_000;

const REFUSED: readonly (readonly [what: string, body: string, why: string])[] = [
  ['nothing', '', 'the body is not valid JSON at position 0'],
  ['white space', ' \n ', 'the body is not valid JSON at position 3'],
  ['text', 'hello', 'the body is not valid JSON at position 0'],
  ['null', 'null', 'the body is not an array of messages'],
  ['an object that looks like a message', message('200', '"aftersale_id":1'), 'the body is not an array of messages'],
  ['an array that never ends', '[{"tag":"200"}', 'the body is not valid JSON at position 14'],
  ['text after the array', '[1] [2]', 'the body is not valid JSON at position 4'],
  ['a comma too many', '[1,]', 'the body is not valid JSON at position 3'],
  ['a number as a message', '[1]', 'the message is not an object'],
  ['an array in the array', '[[{"tag":"200"}]]', 'the message is not an object'],
  ['no tag', '[{"msg_id":"1"}]', 'the tag is missing or not a number'],
  ['a tag that is a word', '[{"tag":"constructor"}]', 'the tag is missing or not a number'],
  ['a tag that is an object', '[{"tag":{}}]', 'the tag is missing or not a number'],
  ['a negative tag', '[{"tag":-200}]', 'the tag is missing or not a number'],
  ['no data', '[{"tag":"200"}]', 'tag 200: data is not an object'],
  ['data that is null', one('null'), 'tag 200: data is not an object'],
  ['data that is not JSON', one('"2020-09-10T16:27:56+08:00"'), 'tag 200: data is not valid JSON at position 4'],
  ['data that is JSON of a number', one('"12"'), 'tag 200: data is not an object'],
  ['data that is a list', one('[]'), 'tag 200: data is not an object'],
  ['no after-sale id', one('{}'), 'tag 200: aftersale_id is missing'],
  ['after-sale 0', one('{"aftersale_id":0}'), 'tag 200: aftersale_id is missing'],
  ['an id that is a word', one('{"aftersale_id":"x1"}'), 'tag 200: aftersale_id is not a whole number'],
  [
    'an id rounded by its writer',
    one('{"aftersale_id":7.000893114000949e18}'),
    'tag 200: aftersale_id is not a whole number',
  ],
  ['an id that is an object', one('{"aftersale_id":{"$gt":0}}'), 'tag 200: aftersale_id is not a whole number'],
  ['an id of 40 digits', one(`{"aftersale_id":${'9'.repeat(40)}}`), 'tag 200: aftersale_id is not a whole number'],
  ['a negative amount', one('{"aftersale_id":1,"refund_amount":-1}'), 'tag 200: refund_amount is not a whole number'],
  ['an amount in yuan', one('{"aftersale_id":1,"refund_amount":89.5}'), 'tag 200: refund_amount is not a whole number'],
  [
    'an amount that is true',
    one('{"aftersale_id":1,"refund_amount":true}'),
    'tag 200: refund_amount is not a whole number',
  ],
  [
    'an amount nobody has',
    one('{"aftersale_id":1,"refund_amount":9999999999999999999}'),
    'tag 200: refund_amount is too large to be an amount',
  ],
  [
    'a time in milliseconds',
    one('{"aftersale_id":1,"apply_time":1630022518000}'),
    'tag 200: apply_time is not a time between 2000 and 2100',
  ],
  ['a time in words', one('{"aftersale_id":1,"apply_time":"yesterday"}'), 'tag 200: apply_time is not a whole number'],
  [
    'a 13th month',
    one('{"aftersale_id":1,"update_time":"2021-13-27T08:01:58+08:00"}'),
    'tag 200: update_time is not a time between 2000 and 2100',
  ],
  ['a null byte in a text', '[{"tag":"200\u0000"}]', 'the body is not valid JSON at position 12'],
  ['null bytes only', '\u0000\u0000', 'the body is not valid JSON at position 0'],
  ['two values for one key', '[{"tag":"200","tag":"207"}]', 'the body is not valid JSON at position 15'],
  ['junk nested 40,000 deep', `[${'['.repeat(DEEP)}${']'.repeat(DEEP)}]`, 'the body is nested too deeply'],
];

describe('odd input', () => {
  it.each(REFUSED)('keeps %s and refuses to read it, naming what is wrong', (_what, body, why) => {
    const envelopes = cutEnvelopes(bytes(body));
    expect(envelopes).toHaveLength(1);
    const read = () => readEvent(envelopes[0]?.payload ?? '');
    expect(read).toThrow(UnreadableEvent);
    expect(read).toThrow(why);
  });

  it('takes an empty array for nothing at all, because there is nothing to lose', () => {
    expect(cutEnvelopes(bytes('[]'))).toEqual([]);
    expect(cutEnvelopes(bytes(' [ \n ] '))).toEqual([]);
  });

  it('says nothing of the content in its reason, because a message may name a person', () => {
    expect(() => readEvent('[{"tag":"200","data":"张三"}]')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('张') }),
    );
  });

  it('cuts a megabyte of white space and brackets in a moment, because it stands before the ack', () => {
    const started = process.hrtime.bigint();
    for (const body of [
      ' '.repeat(1_000_000),
      `[${' '.repeat(1_000_000)}x`,
      '['.repeat(1_000_000),
      `[${'{}, '.repeat(100_000)}{}]`,
    ]) {
      cutEnvelopes(bytes(body));
    }
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(20_000);
  });

  const odd = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map(bytes),
    fc
      .string({
        unit: fc.constantFrom('[', ']', '{', '}', '"', ',', ':', '\\', '0', '1', 'tag', 'data', ' ', '\u0000', 'é'),
        maxLength: 30,
      })
      .map(bytes),
    fc.json({ maxDepth: 4 }).map((text) => bytes(`[${text}]`)),
    fc
      .array(
        fc.record(
          {
            tag: fc.oneof(fc.constantFrom('200', '206', '207', '209', '212', '216', 200, '0', '999'), fc.jsonValue()),
            msg_id: fc.jsonValue(),
            data: fc.oneof(
              fc.jsonValue(),
              fc.json(),
              fc.record(
                {
                  aftersale_id: fc.oneof(fc.nat(), fc.jsonValue()),
                  aftersale_status: fc.jsonValue(),
                  aftersale_type: fc.jsonValue(),
                  refund_amount: fc.jsonValue(),
                  apply_time: fc.jsonValue(),
                  update_time: fc.jsonValue(),
                },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 4 },
      )
      .map((messages) => bytes(JSON.stringify(messages))),
  );

  it('never throws while cutting 10,000 random bodies, and reads them or throws UnreadableEvent only', () => {
    fc.assert(
      fc.property(odd, (body) => {
        for (const { eventId, payload } of cutEnvelopes(body)) {
          expect(eventId).toMatch(/^[\x21-\x7e]{1,128}$/);
          try {
            readEvent(payload);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableEvent);
          }
        }
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
