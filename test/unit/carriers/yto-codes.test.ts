import { describe, expect, it } from '@jest/globals';
import type { CodeRow } from '../../../src/domain/carrier/port.js';
import { codeOfRefusal, YTO_CODES } from '../../../src/workers/carriers/yto/codes.js';
import { INFO_CONTENTS, parseYtoTime } from '../../../src/workers/carriers/yto/scans.js';

/** Every documented code by what it must come to, typed from the reference; not read from the table under test. */
const DOCUMENTED: Readonly<Partial<Record<CodeRow['means'], readonly string[]>>> = {
  credentials: ['401'],
  duplicate: ['1 已有有效拦截件'],
  courier_unknown_code: ['1', '200010013'],
  bad_request: ['200010003', '200017004'],
  outcome_unknown: ['200010002', '200010005', '200017005'],
};

describe("YTO's words", () => {
  it('are all in the table of codes, each with its consequence, and no other is', () => {
    const expected = Object.entries(DOCUMENTED).flatMap(([means, codes]) => codes.map((code) => [code, means]));
    expect(
      Object.entries(YTO_CODES)
        .map(([code, row]) => [code, row.means])
        .sort(),
    ).toEqual(expected.sort());
  });
  it('of a repeat are found anywhere in the message, and not in one that says the opposite', () => {
    expect(codeOfRefusal('已有有效拦截件，不能重复发起拦截')).toBe('1 已有有效拦截件');
    expect(codeOfRefusal('YT1: 已有有效拦截件')).toBe('1 已有有效拦截件');
    for (const other of ['没有有效拦截件', '', '已有拦截件失败', 'constructor']) expect(codeOfRefusal(other)).toBe('1');
  });
  it('of a scan are all known', () => {
    expect(Object.keys(INFO_CONTENTS).sort()).toEqual(
      'ACCEPT AIRPICK AIRSEND ARRIVAL DEPARTURE FAILED FORWARDING GOT INBOUND NOT_SEND ORDER_BOOKING SENT_SCAN SIGNED TMS_RETURN'.split(
        ' ',
      ),
    );
  });
});

describe("YTO's time", () => {
  it('is the time of China, with or without what an older push writes behind it', () => {
    for (const tail of ['', '.0', ' CST', '.0 CST', '.123 CST ']) {
      expect(parseYtoTime(`2025-01-01 10:00:00${tail}`)).toEqual(new Date('2025-01-01T02:00:00Z'));
    }
  });
  it('is null where it cannot be read: CST is no other zone, and no day is made up', () => {
    for (const odd of ['', 'CST', '2025-02-31 10:00:00.0 CST', '2025-01-01 10:00:00 EST', '2025-01-01T10:00:00Z']) {
      expect(parseYtoTime(odd)).toBeNull();
    }
  });
});
