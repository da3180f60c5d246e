import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Finding, Rule, Verdict } from '../../../src/domain/eligibility/case.js';
import { r13Goods, r14Value } from '../../../src/domain/eligibility/goods-rules.js';
import { decidingFinding, failingRules, RULES } from '../../../src/domain/eligibility/rules.js';
import { r10CrossBorder, r11ShopActive, r12Agreement } from '../../../src/domain/eligibility/shop-rules.js';
import { REASONS, reasonRow } from '../../../src/domain/reasons.js';
import { aCase, anAfterSale, type CaseParts } from '../../support/eligibility-case.js';

const FOLDER = join(import.meta.dirname, '../../../src/domain/eligibility');

interface Row {
  readonly given: string;
  readonly parts: CaseParts;
  readonly expected: Omit<Finding, 'rule'> | null;
}

const skip = (reason: Finding['reason']): Row['expected'] => ({ verdict: 'skip', reason });

function table(title: string, number: Finding['rule'], rule: Rule, rows: readonly Row[]): void {
  describe(title, () => {
    it.each(rows)('$given', ({ parts, expected }) => {
      expect(rule(aCase(parts))).toEqual(expected && { rule: number, ...expected });
    });
  });
}

table('R10: a cross-border shop may not intercept', 'R10', r10CrossBorder, [
  { given: 'a domestic shop passes', parts: {}, expected: null },
  {
    given: 'a cross-border shop never sends',
    parts: { shop: { crossBorder: true } },
    expected: skip('cross_border_shop'),
  },
]);

table('R11: the shop is in normal operation', 'R11', r11ShopActive, [
  { given: 'an active shop passes', parts: {}, expected: null },
  { given: 'a suspended one does not send', parts: { shop: { active: false } }, expected: skip('shop_not_active') },
]);

table('R12: the shop has signed the agreement', 'R12', r12Agreement, [
  { given: 'a signed shop passes', parts: {}, expected: null },
  {
    given: 'an unsigned one sends nothing before it has signed',
    parts: { shop: { agreementSignedAt: null } },
    expected: skip('agreement_not_signed'),
  },
]);

table('R13: no fresh, virtual or custom goods', 'R13', r13Goods, [
  { given: 'goods of no stated category pass', parts: {}, expected: null },
  { given: 'normal goods pass', parts: { afterSales: [anAfterSale({ category: 'normal' })] }, expected: null },
  ...(['fresh', 'virtual', 'custom'] as const).map((category) => ({
    given: `${category} goods stay`,
    parts: { afterSales: [anAfterSale({ category })] },
    expected: skip('goods_not_allowed'),
  })),
  {
    given: 'one fresh after-sale spoils the whole parcel',
    parts: { afterSales: [anAfterSale({ category: 'normal' }), anAfterSale({ category: 'fresh' })] },
    expected: skip('goods_not_allowed'),
  },
]);

table('R14: the parcel is worth strictly less than 1000.00', 'R14', r14Value, [
  { given: '0.00 passes: a gift has a value, and it is nothing', parts: { parcel: { valueFen: 0 } }, expected: null },
  { given: '999.99 passes', parts: { parcel: { valueFen: 99_999 } }, expected: null },
  {
    given: '1000.00 does not: the courier pays at most that',
    parts: { parcel: { valueFen: 100_000 } },
    expected: skip('value_too_high'),
  },
  {
    given: '600.00 and 600.00 in one parcel are 1200.00 (case 8)',
    parts: { parcel: { valueFen: 60_000 + 60_000 } },
    expected: skip('value_too_high'),
  },
  {
    given: 'an unknown value waits: it is never zero',
    parts: { parcel: { valueFen: null } },
    expected: { verdict: 'hold', reason: 'value_unknown' },
  },
]);

const CHECKS = RULES.map(({ check }) => check);

describe('all rules together', () => {
  const everythingWrong: CaseParts = {
    shop: { crossBorder: true, active: false, agreementSignedAt: null },
    afterSales: [anAfterSale({ category: 'fresh', status: 'closed' })],
    parcel: { valueFen: 100_000, whereabouts: 'delivered', carrier: null, hasAccount: false },
  };

  it('have nothing against a plain case', () => {
    expect(failingRules(aCase())).toEqual([]);
  });

  it('name every failing one, lowest number first, so that a decision can be explained whole', () => {
    const numbers = failingRules(aCase(everythingWrong)).map((f) => f.rule);
    expect(numbers).toEqual(['R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'R16', 'R17']);
  });

  it('put R60 behind R9-something by number, not by letter', () => {
    const failed = failingRules(
      aCase({ parcel: { valueFen: null }, afterSales: [anAfterSale({ refundAmountFen: 1 })] }),
    );
    expect(failed.map((f) => f.rule)).toEqual(['R14', 'R60']);
  });

  it('name reasons of their own number, except where a neighbour says it better (R16: R69, R70, checking)', () => {
    const borrowed = new Set(['phone_branch', 'track_unclear', 'checking']);
    const cases = [aCase(everythingWrong), aCase({ parcel: { valueFen: null, whereabouts: 'unseen' } })];
    for (const finding of cases.flatMap(failingRules)) {
      if (!borrowed.has(finding.reason)) expect(reasonRow(finding.reason).rule).toBe(finding.rule);
    }
  });
});

describe('the finding that decides', () => {
  const finding = (rule: Finding['rule'], verdict: Verdict): Finding => ({ rule, verdict, reason: 'delivered' });

  it('is none when nothing fails', () => {
    expect(decidingFinding([])).toBeNull();
  });

  it.each<[Verdict, Verdict, string]>([
    ['skip', 'missed', 'a parcel that may never be stopped is no case for the telephone'],
    ['skip', 'review', 'nobody is asked about what may never be sent'],
    ['skip', 'hold', 'waiting cannot mend it'],
    ['missed', 'review', 'it is too late to ask'],
    ['missed', 'hold', 'it is too late to wait'],
    ['review', 'hold', 'a person is needed whatever the wait brings'],
  ])('is %s rather than %s: %s', (stronger, weaker) => {
    const strong = finding('R60', stronger);
    expect(decidingFinding([finding('R10', weaker), strong])).toBe(strong);
    expect(decidingFinding([strong, finding('R62', weaker)])).toBe(strong);
  });

  it('is the lowest rule among equals', () => {
    const lowest = finding('R14', 'skip');
    expect(decidingFinding([lowest, finding('R60', 'skip')])).toBe(lowest);
  });
});

/** Rules that a file exports and the list does not name. */
function unlisted(exported: Readonly<Record<string, unknown>>, list: readonly unknown[]): string[] {
  return Object.entries(exported)
    .filter(([name, value]) => /^r\d+/.test(name) && !list.includes(value))
    .map(([name]) => name);
}

describe('the list of rules', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('-rules.ts'));

  it.each(files)('holds every rule of %s, because a rule that nobody asks protects nobody', async (name) => {
    const exported: Record<string, unknown> = await import(join(FOLDER, name));
    expect(Object.keys(exported).filter((key) => /^r\d+/.test(key))).not.toEqual([]);
    expect(unlisted(exported, CHECKS)).toEqual([]);
  });

  it('is found short when a rule is planted that it does not hold', () => {
    expect(unlisted({ r10CrossBorder, r99Planted: () => null, standing: () => null }, CHECKS)).toEqual(['r99Planted']);
  });

  it('holds no rule twice', () => {
    expect(new Set(CHECKS).size).toBe(RULES.length);
  });

  it('needs no reason that people cannot read', () => {
    for (const finding of failingRules(aCase({ parcel: { carrier: null } })))
      expect(REASONS).toHaveProperty(finding.reason);
  });
});
