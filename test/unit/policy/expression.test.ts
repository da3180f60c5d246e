import { describe, expect, it } from '@jest/globals';
import { unmetCondition } from '../../../src/domain/policy/conditions.js';
import { expressionHolds, expressionProblem } from '../../../src/domain/policy/expression.js';
import { readAloud } from '../../../src/domain/policy/read-aloud.js';
import { checkDraft } from '../../../src/domain/settings/draft-policy.js';
import { someFacts } from '../../support/stored-decision.js';

describe('a condition that is wrong is refused when it is saved', () => {
  it.each([
    ['amountFen >', 'at character 12: not a CEL expression (Unexpected token: EOF)'],
    ['carrer == "zto"', 'at character 1: Unknown variable: carrer; known: amountFen'],
    ['hour > 9 && carrier == 3', 'at character 13: no such overload: string == int'],
    ['amountFen', 'at character 1: must be true or false, and is int'],
    ['reason.matches("(a+)+$")', 'at character 1: matches is not allowed'],
    ['!(hour < 3) || reason.matches("x")', 'at character 1: matches is not allowed'],
  ])('%s', (text, why) => {
    expect(expressionProblem(text)?.en).toContain(why);
    expect(expressionProblem(text)?.zh).toMatch(/^第 \d+ 个字符：/);
  });

  it('by the place of the file or form it stands in', () => {
    const draft = checkDraft({ id: 'default', when: { expression: 'amountFen => 3' } });
    expect(draft).toMatchObject({ ok: false, problems: [{ path: ['when', 'expression'] }] });
  });

  it('and one that is right is not', () => {
    expect(expressionProblem('gainFen >= 500 && (carrier in ["zto", "yto"] || chance > 0.8)')).toBeNull();
  });
});

describe('a condition', () => {
  it.each([
    ['amountFen >= 8900', {}, true],
    ['amountFen > 8900', {}, false],
    ['gainFen >= 4300', {}, true],
    ['gainFen > 4300', {}, false],
    ['chance > 0.4 && carrier in ["zto", "yto"]', {}, true],
    ['"A-1" in skus', {}, true],
    ['skus.all(s, s.startsWith("B"))', {}, false],
    ['hour >= 9 && hour < 21', {}, true],
    ['stage == "at_branch"', { stage: 'at_branch' }, true],
    ['reason.contains("拍错")', {}, true],
    ['shop == "dy-main" && platform == "douyin"', {}, true],
  ] as const)('%s', (text, facts, holds) => {
    expect(expressionHolds(text, someFacts(facts))).toBe(holds);
  });

  it('does not hold where it needs something that is not known, whichever way it asks', () => {
    const unknown = someFacts({ amountFen: null, skus: null });
    expect(expressionHolds('amountFen < 100000', unknown)).toBe(false);
    expect(expressionHolds('!(amountFen < 100000)', unknown)).toBe(false);
    expect(expressionHolds('"A-1" in skus', unknown)).toBe(false);
    expect(expressionHolds('amountFen < 100000 || carrier == "zto"', unknown)).toBe(true);
    expect(expressionHolds('gainFen > 0', someFacts({ feeFen: null }))).toBe(false);
  });
});

describe('the conditions with a name of their own', () => {
  it.each([
    ['sku', { sku: ['A-1', 'B-2'] }, { skus: ['A-1', 'C-3'] }],
    ['shop', { shop: ['dy-main'] }, { shop: 'tb-main' }],
    ['stage', { stage: ['moving'] }, { stage: 'at_branch' }],
    ['gainFen', { gainFen: 4_300 }, { chance: 0.4 }],
    ['gainFen', { gainFen: 1 }, { feeFen: null }],
    ['expression', { expression: 'carrier == "zto"' }, { carrier: 'yto' }],
  ] as const)('%s %j', (name, when, otherwise) => {
    expect(unmetCondition(when, someFacts())).toBeNull();
    expect(unmetCondition(when, someFacts(otherwise))).toBe(name);
  });

  it('an unknown list of goods is not what the policy speaks of', () => {
    expect(unmetCondition({ sku: ['A-1'] }, someFacts({ skus: null }))).toBe('sku');
    expect(unmetCondition({ sku: ['A-1'] }, someFacts({ skus: [] }))).toBe('sku');
  });
});

describe('a condition is read aloud', () => {
  it.each([
    ['amountFen >= 1000', '退款金额不低于 10.00 元', 'the refund is at least ¥10.00'],
    ['100000 > valueFen', '包裹价值低于 1000.00 元', 'the value of the parcel is below ¥1000.00'],
    [
      'carrier in ["zto", "yto"] && chance > 0.655',
      '快递属于 zto、yto且拦截成功率高于 65.5%',
      'the courier is one of zto, yto and the chance of success is above 65.5%',
    ],
    [
      '(hour < 9 || hour >= 21) && !("A-1" in skus)',
      '（北京时间低于 9:00或北京时间不低于 21:00）且并非（商品 SKU中有 A-1）',
      '(the hour in China is below 9:00 or the hour in China is at least 21:00) and not (A-1 is among the SKUs)',
    ],
    ['reason.contains("x")', 'reason.contains("x")', 'reason.contains("x")'],
  ])('%s', (text, zh, en) => {
    expect(readAloud(text)).toEqual({ zh, en });
  });
});
