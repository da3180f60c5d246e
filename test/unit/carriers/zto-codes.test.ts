import { describe, expect, it } from '@jest/globals';
import type { CodeRow } from '../../../src/domain/carrier/port.js';
import { ZTO_BACK_OFF_MS, ZTO_CODES } from '../../../src/workers/carriers/zto/codes.js';
import { PUSH_ACTIONS, SCAN_TYPES, STATUS_WORDS } from '../../../src/workers/carriers/zto/scans.js';

/** Every documented code, typed from ZTO's tables by what it must come to; not read from the table under test. */
const DOCUMENTED: Readonly<Partial<Record<CodeRow['means'], string>>> = {
  courier_already_delivered: 'E23101',
  courier_unknown_waybill: 'E23102',
  courier_too_late: 'E23112 E23120 E23137',
  not_yet: 'E23119',
  duplicate: 'E23116 E23121 E23127 E23151 E23157 E23160',
  already_returning: 'E23123',
  courier_not_allowed: 'E23110 E23111 E23113 E23114 E23115 E23118 E23122 E23124 E23136 E23138 E23139 E23146',
  courier_not_ours: 'E23153 E23154 E404 E418',
  courier_lost: 'E23140 E23141',
  courier_bad_data: 'E23148 E23149 E23150 E409 E413 E416',
  cancel_too_late: 'E23130',
  cancel_not_allowed: 'E23131 E23135',
  credentials: 'E23144 S210 S211 S212 S214',
  bad_request: 'E23108 S207 S208 PARAM_ERROR',
  throttled: 'S206 S221',
  unavailable: 'S203',
  outcome_unknown: 'S200 S202 G500',
};

const expected = Object.entries(DOCUMENTED).flatMap(([means, codes]) => codes.split(' ').map((code) => [code, means]));

describe("ZTO's words", () => {
  it('are all in the table of codes, each with its consequence, and no other is', () => {
    const actual = Object.entries(ZTO_CODES).map(([code, row]) => [code, row.means]);
    expect(actual.sort()).toEqual(expected.sort());
    expect(actual).toHaveLength(55);
  });
  it('back off long for a limit by the hour and short for one by the second', () => {
    const throttled = expected.filter(([, means]) => means === 'throttled').map(([code]) => code);
    expect(Object.keys(ZTO_BACK_OFF_MS).sort()).toEqual(throttled.sort());
    expect(ZTO_BACK_OFF_MS.S206).toBeGreaterThan(10 * (ZTO_BACK_OFF_MS.S221 ?? Number.POSITIVE_INFINITY));
  });
  it('of a push, of a look and of the status are all known', () => {
    expect(Object.keys(PUSH_ACTIONS).sort()).toEqual(
      'ARRIVAL DEPARTURE DEPARTURE_SIGNED DISPATCH GOT HANDOVERSCAN_SIGNED INBOUND PROBLEM RETURN_SCAN RETURN_SIGNED SIGNED'.split(
        ' ',
      ),
    );
    expect(Object.keys(SCAN_TYPES).sort()).toEqual(
      '收件 发件 到件 派件 签收 退件 退件签收 问题件 事件 转单 安检 ARRIVAL SIGNED DELIVERY DEPARTURE 1 2 3 4 5 7 8 9 44 45'
        .split(' ')
        .sort(),
    );
    expect(Object.keys(STATUS_WORDS).sort()).toEqual(
      'INTERCEPTING INTERCEPT_CANCEL INTERCEPT_DISCONTINUE INTERCEPT_FAIL INTERCEPT_SUCCESS PACKAGE_DELIVERYING'.split(
        ' ',
      ),
    );
  });
  it('that push and look share mean different things: in a look they tell of a locker', () => {
    const both = ['ARRIVAL', 'SIGNED', 'DEPARTURE'].map((word) => [PUSH_ACTIONS[word]?.zh, SCAN_TYPES[word]?.zh]);
    expect(both).toEqual([
      ['到件', '入柜'],
      ['签收', '取出'],
      ['发件', '异常出站'],
    ]);
  });
});
