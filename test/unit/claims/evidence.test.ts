import { describe, expect, it } from '@jest/globals';
import { evidenceSections } from '../../../src/dashboard/evidence/sections.js';
import type { ClaimEvidence } from '../../../src/domain/store/claim-evidence-reader.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 2, minute));

/** Accepted at 10:00, delivered at 10:40 all the same (case 22). */
const EVIDENCE: ClaimEvidence = {
  claim: {
    id: 'c1',
    interceptId: 'i1',
    parcelId: 'p1',
    kind: 'delivered',
    state: 'draft',
    shopId: 'dy-main',
    carrier: 'zto',
    waybillNo: '73100130009999',
    valueFen: 8_900,
    amountFen: 8_900,
    acceptedFen: null,
    paidFen: 0,
    reference: null,
    answer: null,
    dueAt: null,
    filedAt: null,
    answeredAt: null,
    createdAt: at(41),
    updatedAt: at(41),
  },
  order: { requestId: 'i1-1', accountId: 'zto-main', carrierRef: 'ZT-778', acceptedAt: at(0) },
  history: {
    transitions: [
      {
        version: 4,
        from: 'accepted',
        event: 'find_delivered',
        to: 'missed',
        actor: 'system',
        reason: 'delivered_after_acceptance',
        rule: 'R52',
        note: null,
        at: at(40),
      },
    ],
    attempts: [
      {
        seq: 1,
        kind: 'send',
        requestId: 'i1-1',
        startedAt: at(0),
        finishedAt: at(0),
        outcome: 'accepted',
        httpStatus: 200,
        rawCode: 'SYS000',
        rawText: '拦截件下发成功',
        exchange: null,
      },
    ],
    sightings: [
      {
        at: at(40),
        seenAt: at(41),
        phase: 'delivered',
        rawCode: 'SIGNED',
        text: '已签收，电话 13812345678',
        place: '杭州',
        source: 'push',
      },
    ],
  },
  goods: {
    lines: [{ sku: 'MUG', name: '马克杯', quantity: 2 }],
    receipts: [],
    numbers: [],
    uses: [{ receiptId: 'RK-1', sku: 'MUG', quantity: 1 }],
  },
  stoppedAt: null,
  dueAt: null,
};

const text = (lang: 'zh' | 'en') => JSON.stringify(evidenceSections(EVIDENCE, lang));

describe('the evidence of a claim', () => {
  it('holds the rule, the request, the acceptance, the scans, the goods and their value', () => {
    const zh = text('zh');
    for (const part of [
      'R52',
      'i1-1',
      'SYS000 拦截件下发成功',
      '2026-11-28 10:00:00',
      '2026-11-28 10:40:00',
      '89.00',
    ]) {
      expect(zh).toContain(part);
    }
    expect(zh).toContain(JSON.stringify(['MUG', '2', '1']));
  });

  it('says what is not known, in both languages, and names nobody’s phone', () => {
    expect(evidenceSections(EVIDENCE, 'en')[2]?.facts).toContainEqual(['Stopped at', 'not known']);
    for (const lang of ['zh', 'en'] as const) expect(text(lang)).not.toContain('13812345678');
  });
});
