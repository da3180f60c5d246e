import type { Text } from '../text.js';

/** Kinds of what waits for a person: kinds of tasks, and rows without a task. */
export const WAITING_KINDS = {
  phone_branch: { zh: '联系网点', en: 'Phone the branch' },
  decide: { zh: '人工决定', en: 'Decide' },
  pull_in_warehouse: { zh: '仓库找件', en: 'Pull in the warehouse' },
  mend_data: { zh: '修正数据', en: 'Mend the data' },
  refund: { zh: '处理退款', en: 'Settle the refund' },
  redeliver: { zh: '重新发货', en: 'Deliver again' },
  review: { zh: '待人工核实', en: 'Needs a person' },
  unknown: { zh: '结果未知', en: 'Truth unknown' },
} as const satisfies Record<string, Text>;

export type WaitingKind = keyof typeof WAITING_KINDS;

/** The words for a kind; one of a later version stands for itself. */
export function waitingKindText(kind: string): Text {
  return Object.hasOwn(WAITING_KINDS, kind) ? WAITING_KINDS[kind as WaitingKind] : { zh: kind, en: kind };
}
