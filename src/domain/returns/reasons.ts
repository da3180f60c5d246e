import type { ReasonRow } from '../reasons.js';

/** What the warehouse's books say against what was expected (R75). Part of the one table of reasons. */
export const RETURN_REASONS = {
  returned_short: {
    rule: 'R75',
    zh: '退回的货物少于寄出的货物。请与仓库核对；可向快递索赔。',
    en: 'Fewer goods came back than were sent. Check with the warehouse; the courier may owe a claim.',
    task: 'decide',
  },
  returned_other: {
    rule: 'R75',
    zh: '退回的货物与寄出的不符。请与仓库核对是否串件；可向快递索赔。',
    en: 'What came back is not what was sent. Check with the warehouse for a mix-up; the courier may owe a claim.',
    task: 'decide',
  },
  returned_damaged: {
    rule: 'R75',
    zh: '退回的货物有破损。请与仓库核对；可向快递索赔。',
    en: 'The goods came back damaged. Check with the warehouse; the courier may owe a claim.',
    task: 'decide',
  },
} as const satisfies Record<string, ReasonRow>;
