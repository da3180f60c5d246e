import type { StoredDecision } from '../../src/domain/policy/backtest.js';
import type { ConditionFacts } from '../../src/domain/policy/variables.js';
import { aCase } from './eligibility-case.js';

export const DECIDED_AT = new Date('2026-11-22T02:00:00Z');

/** A parcel of 89.00 on the road with ZTO at 10 o'clock in China, of which all is known. */
export function someFacts(over: Partial<ConditionFacts> = {}): ConditionFacts {
  return {
    amountFen: 8_900,
    valueFen: 8_900,
    feeFen: 300,
    chance: 0.5,
    reason: '多拍/拍错/不想要',
    category: 'normal',
    skus: ['A-1'],
    carrier: 'zto',
    stage: 'moving',
    shop: 'dy-main',
    platform: 'douyin',
    atMs: DECIDED_AT.getTime(),
    ...over,
  };
}

/** Its decision, with nothing against it, and no known end. */
export function aDecision(over: Partial<StoredDecision> = {}): StoredDecision {
  return {
    id: 'i1',
    waybillNo: '73100000000001',
    shopId: 'dy-main',
    eligibility: aCase(),
    deadline: { at: new Date(DECIDED_AT.getTime() + 3_600_000), source: 'forecast' },
    permission: { autoFrom: null, appliedAt: null },
    facts: someFacts(),
    outcome: 'unknown',
    feeFen: 0,
    ...over,
  };
}
