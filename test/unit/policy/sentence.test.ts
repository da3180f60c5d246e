import { describe, expect, it } from '@jest/globals';
import { policySentence } from '../../../src/domain/policy/sentence.js';
import { checkDraft } from '../../../src/domain/settings/draft-policy.js';
import { policySettings } from '../../../src/domain/settings/policy-settings.js';

function said(policy: Record<string, unknown>) {
  const draft = checkDraft({ id: 'default', ...policy });
  if (!draft.ok) throw new Error(JSON.stringify(draft.problems));
  return policySentence(policySettings(draft.policy, 1));
}

describe('a policy is a sentence', () => {
  it('of the plainest kind', () => {
    expect(said({})).toEqual({
      zh: '自动拦截；一小时达到平常的 10 倍即刹车；部分退款不拦截；已退款的也拦截；不自动同意退款。',
      en: 'intercepts go by themselves; it stops and asks when an hour sees 10 times the usual number; partial refunds are left alone; parcels whose refund is paid are stopped too; no refund is agreed.',
    });
  });

  it('with everything in it', () => {
    const { zh, en } = said({
      when: {
        amountFen: { min: 1_000, max: 90_000 },
        carrier: ['zto', 'yto'],
        stage: ['moving'],
        hours: '09:00-21:00',
        gainFen: 500,
        expression: 'chance >= 0.5',
      },
      approvalAboveFen: 80_000,
      budget: { perHourCount: 100, perDayFen: 50_000, brake: 'off' },
      partialRefund: 'ask',
      afterRefundPaid: 'skip',
      agreeRefund: { at: 'returned', hours: '09:00-21:00' },
    });
    expect(zh).toBe(
      '自动拦截，条件是：退款金额不低于 10.00 元、不高于 900.00 元，且快递是 zto、yto，且包裹运输中，且北京时间 09:00-21:00，且预期收益（成功率×（货值−拦截费））不低于 5.00 元，且拦截成功率不低于 50%；否则由人工决定；货值高于 800.00 元须人工批准；每小时最多 100 条；每天费用最多 500.00 元；部分退款由人工决定；已退款的不拦截；包裹退回后同意退款（09:00-21:00）。',
    );
    expect(en).toBe(
      'intercepts go by themselves if the refund is at least ¥10.00 and at most ¥900.00, and the courier is one of zto, yto, and the parcel is on the road, and it is 09:00-21:00 in China, and the expected gain (chance × (value − fee)) is at least ¥5.00, and the chance of success is at least 50%; else a person decides; above ¥800.00 a person approves; at most 100 an hour; fees of at most ¥500.00 a day; a person decides about partial refunds; parcels whose refund is paid are left alone; the refund is agreed once the parcel is back (09:00-21:00).',
    );
  });

  it('whose condition with an “or” stands among others is read in brackets', () => {
    const { zh, en } = said({ when: { gainFen: 300, expression: 'chance >= 0.4 || valueFen >= 20000' } });
    expect(zh).toContain('不低于 3.00 元，且（拦截成功率不低于 40%或包裹价值不低于 200.00 元）；否则');
    expect(en).toContain(
      ', and (the chance of success is at least 40% or the value of the parcel is at least ¥200.00);',
    );
  });

  it('of a person’s policy', () => {
    expect(said({ auto: false }).en).toMatch(/^a person decides every one; partial/);
  });
});
