import type { ReasonRow } from '../reasons.js';

/** Why a policy holds what the rules would send. */
export const POLICY_REASONS = {
  policy_condition: {
    rule: null,
    zh: '不满足策略的自动条件，需要人工放行。',
    en: 'The policy’s conditions for going by itself do not hold. A person may let it go.',
  },
  budget_used_up: {
    rule: null,
    zh: '策略预算已用完，暂不发送。',
    en: 'The budget of the policy is used up for now. Nothing is sent until it refills or a person releases it.',
  },
  policy_brake: {
    rule: null,
    zh: '一小时内的条数远超平常，策略已刹车，暂不自动发送。请核实后在“策略”页解除，或逐条放行。',
    en: 'Far more than usual came within an hour, so the policy’s brake stopped it. Look, then release the brake on the page Policies, or let single ones go.',
  },
} as const satisfies Record<string, ReasonRow>;
