import { describe, expect, it } from '@jest/globals';
import {
  decodeFrame,
  encodeFrame,
  KINDS,
  MESSAGE_TYPES,
  type TmcFrame,
  type TmcValue,
} from '../../../src/producers/platforms/taobao/tmc-frame.js';

/** Written by TheNorthMemory/tmc.js@910ed99, the client that the reference was read from; none by our code. */
const BY_TMC_JS = {
  connect:
    '02000100070000006170705f6b65790108000000313233343536373801000a00000067726f75705f6e616d65010700000064656661756c7401000900000074696d657374616d70010d000000313730303030303030303030300100040000007369676e0120000000343633313230464237354432413237453736433430303643423242304530374401000300000073646b01070000006a69656a69616e01000b000000696e7472616e65745f697001090000003132372e302e302e310000',
  pull: '0202050005000000746f6b2d310100060000005f5f6b696e6402010000',
  confirm: '0202050005000000746f6b2d310100060000005f5f6b696e6402020100020000006964050d4181e2312b28610000',
  failed:
    '0202050005000000746f6b2d310100060000005f5f6b696e6402140100020000006964050d4181e2312b28610100030000006d73670104000000627573790000',
  ack: '0201050005000000746f6b2d310000',
  data: '02020100060000005f5f6b696e6402030100020000006964050d4181e2312b2861010005000000746f706963011b00000074616f62616f5f726566756e645f526566756e6443726561746564010007000000636f6e74656e7401370000007b22726566756e645f6964223a373030303839333131343030303934393531372c22726566756e645f666565223a223130302e3030227d010006000000757365726964055a45a97b0000000001000400000074696d65060068e5cf8b01000001000700000072657472696564032c0101000300000062696704701101000100040000006e6f6e650001000300000072617707030000000102030000',
} as const;

const ID = 7000893114000949517n;
const custom = (...entries: readonly (readonly [string, TmcValue])[]) => new Map(entries);

/** The header bytes 02 02 and whatever is said behind them. */
const bytes = (hex: string): Buffer => Buffer.from(`0202${hex.replaceAll(' ', '')}`, 'hex');
const reason = (given: Uint8Array): string => {
  const decoded = decodeFrame(given);
  return 'broken' in decoded ? decoded.broken : 'a frame';
};

describe('frames as another client of the service writes them', () => {
  it.each<[keyof typeof BY_TMC_JS, TmcFrame]>([
    ['pull', { type: MESSAGE_TYPES.send, token: 'tok-1', custom: custom(['__kind', KINDS.pullRequest]) }],
    ['confirm', { type: MESSAGE_TYPES.send, token: 'tok-1', custom: custom(['__kind', KINDS.confirm], ['id', ID]) }],
    [
      'failed',
      {
        type: MESSAGE_TYPES.send,
        token: 'tok-1',
        custom: custom(['__kind', KINDS.failed], ['id', ID], ['msg', 'busy']),
      },
    ],
    ['ack', { type: MESSAGE_TYPES.connectAck, token: 'tok-1', custom: custom() }],
    [
      'connect',
      {
        type: MESSAGE_TYPES.connect,
        custom: custom(
          ['app_key', '12345678'],
          ['group_name', 'default'],
          ['timestamp', '1700000000000'],
          ['sign', '463120FB75D2A27E76C4006CB2B0E07D'],
          ['sdk', 'jiejian'],
          ['intranet_ip', '127.0.0.1'],
        ),
      },
    ],
    [
      'data',
      {
        type: MESSAGE_TYPES.send,
        custom: custom(
          ['__kind', KINDS.data],
          ['id', ID],
          ['topic', 'taobao_refund_RefundCreated'],
          ['content', '{"refund_id":7000893114000949517,"refund_fee":"100.00"}'],
          ['userid', 2074690906n],
          ['time', new Date(1700000000000)],
          ['retried', 300],
          ['big', 70000],
          ['none', null],
          ['raw', new Uint8Array([1, 2, 3])],
        ),
      },
    ],
  ])('%s is written and read the same, every kind of value and all digits of an id', (name, frame) => {
    expect(encodeFrame(frame).toString('hex')).toBe(BY_TMC_JS[name]);
    expect(decodeFrame(Buffer.from(BY_TMC_JS[name], 'hex'))).toEqual({ frame });
  });

  it('a status code is an int32 and its phrase a text, an empty one too', () => {
    const frame = { type: 1, statusCode: 403, statusPhrase: '签名错误', flag: -1, custom: custom(['msg', '']) };
    expect(encodeFrame(frame).toString('hex')).toContain('020093010000030' + '00c000000');
    expect(decodeFrame(encodeFrame(frame))).toEqual({ frame });
  });

  it('numbers take the narrowest documented form, at its borders too', () => {
    for (const value of [0, -1, 127, -128, 128, -129, 32_767, -32_768, 32_768, 2_147_483_647, -2_147_483_648]) {
      expect(decodeFrame(encodeFrame({ type: 2, custom: custom(['n', value]) }))).toEqual({
        frame: { type: 2, custom: custom(['n', value]) },
      });
    }
    expect(() => encodeFrame({ type: 2, custom: custom(['n', 2_147_483_648]) })).toThrow(/out of range/);
  });
});

describe('bytes that are no frame come back with the reason, and never as an exception', () => {
  it('a frame that was cut anywhere', () => {
    for (const hex of Object.values(BY_TMC_JS)) {
      const whole = Buffer.from(hex, 'hex');
      for (let length = 0; length < whole.length; length += 1) {
        expect([length, reason(whole.subarray(0, length))]).toEqual([
          length,
          expect.stringMatching(/is cut off at byte/),
        ]);
      }
    }
  });

  it.each([
    ['another version', Buffer.from('01020000', 'hex'), 'protocol version 1'],
    ['an unknown header', bytes('0600 0000'), 'header type 6 is not documented'],
    ['an unknown value', bytes('0100 01000000 61 08 0000'), 'value type 8 is not documented'],
    ['a negative length', bytes('0500 ffffffff 0000'), 'the token is cut off at byte 8'],
    ['a length beyond the end', bytes('0500 ffffff7f 61 0000'), 'the token is cut off at byte 8'],
    ['a name beyond the end', bytes('0100 00100000 61'), 'a header name is cut off at byte 8'],
    ['a text that is no UTF-8', bytes('0500 02000000 c328 0000'), 'the token is not UTF-8'],
  ])('%s', (_, given, why) => {
    expect(reason(given)).toBe(why);
  });

  it('any bytes at all', () => {
    let state = 1;
    for (let round = 0; round < 2_000; round += 1) {
      const given = Buffer.alloc(round % 64).map(() => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        return state >> 16;
      });
      const framed = Buffer.concat([Buffer.from('0202', 'hex'), given]);
      expect(['a frame', 'broken']).toContain('broken' in decodeFrame(framed) ? 'broken' : 'a frame');
    }
  });

  it('a header called __proto__ is a header', () => {
    const frame = { type: 2, custom: custom(['__proto__', 'x']) };
    expect(decodeFrame(encodeFrame(frame))).toEqual({ frame });
  });
});
