import { describe, expect, it } from '@jest/globals';
import { mayBeTheToken, SF_CODES } from '../../../src/workers/carriers/sf/codes.js';
import { OP_CODES, phaseOf, returnWaybillIn } from '../../../src/workers/carriers/sf/scans.js';

describe("SF's codes", () => {
  it('are those of the reference, no more and no less', () => {
    expect(Object.keys(SF_CODES).sort()).toEqual(
      '6150 8017 8018 8037 8119 8191 8247 8252 A1001 A1002 A1003 A1004 A1005 A1006 A1007 A1008 A1009 A1010 A1011 A1099 S0001 S0002 S0003 S0004 S0005 S0006 S0007'.split(
        ' ',
      ),
    );
  });
  it('never say yes: A1000 is no success, and S0000 is none without its envelope', () => {
    for (const code of ['A1000', 'S0000']) expect(SF_CODES[code]).toBeUndefined();
  });
  it('leave open what may have been done', () => {
    const open = Object.entries(SF_CODES).filter(([, { means }]) => means === 'outcome_unknown');
    expect(open.map(([code]) => code).sort()).toEqual(['A1007', 'A1009', 'A1099', 'S0003']);
  });
  it('are blamed on the token only where a new one could mend it, and only if the gateway said it', () => {
    for (const code of ['A1006', 'A1011', 'A1012']) expect([code, mayBeTheToken(code)]).toEqual([code, true]);
    for (const code of ['A1003', 'A1004', '8119', 'S0002', '', 'HTTP 401']) {
      expect([code, mayBeTheToken(code)]).toEqual([code, false]);
    }
  });
});

describe("SF's scans", () => {
  it('are those of the one list, no more and no less', () => {
    const listed =
      '50 54 43 30 31 302 304 3036 105 106 77 36 33 44 204 70 123 130 125 658 126 128 607 80 8000 99 648 631 660';
    expect(Object.keys(OP_CODES).sort()).toEqual(listed.split(' ').sort());
  });
  it('that nobody explained are unknown, words that every object has too', () => {
    for (const code of ['', '10', '100', '160', '170', 'constructor', 'toString']) {
      expect([code, phaseOf(code, [])]).toEqual([code, 'unknown']);
    }
    expect([phaseOf('10', ['10']), phaseOf('80', [])]).toEqual(['returning', 'delivered']);
  });
});

describe('the number of the way back', () => {
  it('is read out of the words of 648', () => {
    const told = {
      '快件已退回/转寄,新单号为 SF9000000000001': 'SF9000000000001',
      '快件已退回/转寄，新单号为：sf1234567890123。': 'SF1234567890123',
      '已退回,新单号为444003077898': '444003077898',
      '新单号: 444003077898123 请关注': '444003077898123',
    };
    for (const [remark, number] of Object.entries(told)) expect(returnWaybillIn(remark)).toBe(number);
  });
  it('is none where the words name none, or something that is no waybill', () => {
    const none = [
      '',
      '快件已退回/转寄,新单号为 XXX',
      '快件已退回 SF9000000000001',
      '新单号为 13000000000',
      '新单号为 4440030778981234567',
      '新单号已生成，请联系 444003077898',
    ];
    for (const remark of none) expect([remark, returnWaybillIn(remark)]).toEqual([remark, null]);
  });
});
