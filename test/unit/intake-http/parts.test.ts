import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRowsOwnFault } from '../../../src/domain/store/inbox-store.js';
import { Forgeries } from '../../../src/producers/http/forgeries.js';
import { keepBytes, keptBytes } from '../../../src/producers/http/kept-bytes.js';

describe('the bytes of a push', () => {
  it('come back from the inbox as they were, whatever they are: the signature was over bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Buffer.from(keptBytes(keepBytes(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('are kept readable where they are text, so that a person can look at a dead letter', () => {
    expect(keepBytes(Buffer.from('data=运单&msg_type=Traces'))).toBe('data=运单&msg_type=Traces');
  });

  it('survive in another encoding than UTF-8', () => {
    const gbk = Buffer.from([0xd4, 0xcb, 0xb5, 0xa5]);
    expect(Buffer.from(keptBytes(keepBytes(gbk)))).toEqual(gbk);
  });
});

describe('forgeries', () => {
  it('are all counted, but a flood of them gives one log line per source and ten seconds', () => {
    let now = 0;
    const counted: string[] = [];
    const lines: unknown[] = [];
    const forgeries = new Forgeries(
      (event, fields) => lines.push([event, fields]),
      (source) => counted.push(source),
      () => now,
    );
    for (let i = 0; i < 1_000; i += 1) forgeries.note('platform:douyin:a');
    forgeries.note('platform:douyin:b');
    now = 10_000;
    forgeries.note('platform:douyin:a');
    expect(counted).toHaveLength(1_002);
    expect(lines).toEqual([
      ['intake.bad_signature', { source: 'platform:douyin:a', notLogged: 0 }],
      ['intake.bad_signature', { source: 'platform:douyin:b', notLogged: 0 }],
      ['intake.bad_signature', { source: 'platform:douyin:a', notLogged: 999 }],
    ]);
  });
});

describe('an error of the database', () => {
  it.each([
    ['a value too long', { sqlState: '22001' }, true],
    ['a check that failed', { sqlState: '23000' }, true],
    ['a full disk', { sqlState: 'HY000' }, false],
    ['a deadlock', { sqlState: '40001' }, false],
    ['no answer at all', new Error('gone'), false],
  ])('%s is the fault of the row only if the row’s data are to blame', (_, error, expected) => {
    expect(isRowsOwnFault(error)).toBe(expected);
  });
});
