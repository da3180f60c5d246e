import type { InterceptState } from '../intercept/machine.js';
import type { Text } from '../text.js';
import type { ALERTS, AlertKind } from './alerts.js';

/** What outsiders are told about intercepts, their goods and money, and tasks (contract section 7). */
export const EVENT_TYPES = {
  'intercept.queued': { zh: '符合条件，等待发送', en: 'it qualifies and waits for its turn' },
  'intercept.held': { zh: '暂不发送，等待条件满足', en: 'wanted, must wait' },
  'intercept.skipped': { zh: '不拦截，见规则', en: 'not intercepted; `rule` says why' },
  'intercept.accepted': { zh: '快递已受理', en: 'the courier took the order' },
  'intercept.uncertain': { zh: '未收到可信答复，正在查询', en: 'no trustworthy answer; the courier is being asked' },
  'intercept.intercepted': { zh: '快递已拦下包裹', en: 'the courier stopped the parcel; the fee is due' },
  'intercept.refused': { zh: '快递拒绝', en: 'the courier refused' },
  'intercept.missed': { zh: '未能拦下，照常派送', en: 'too late or not stopped: delivered as usual' },
  'intercept.withdrawn': { zh: '已撤销', en: 'withdrawn' },
  'intercept.expired': { zh: '已过最晚发送时间或已放弃', en: 'past its deadline, or given up' },
  'intercept.returned': { zh: '包裹已退回', en: 'back at the sender' },
  'intercept.needs_review': { zh: '需要人工处理', en: 'a person decides' },
  'refund.agreed': { zh: '退款已同意，平台状态已核对', en: 'the refund is agreed, by the platform’s own state' },
  'refund.unknown': { zh: '退款结果未知，正在核对', en: 'no trustworthy answer to an agreement; it is read back' },
  'return.expected': { zh: '快递已受理，预计退回', en: 'the courier took the order: the parcel is expected back' },
  'return.received': { zh: '仓库已入库，货物相符', en: 'the warehouse booked it and the goods are whole' },
  'return.short': {
    zh: '入库货物与寄出的不符（`difference`：short 少件、other 货不符、damaged 破损）',
    en: 'what was booked is not what was sent (`difference`: short, other, damaged)',
  },
  'claim.found': { zh: '发现可索赔的包裹', en: 'the courier may owe for a parcel: a claim was drafted' },
  'claim.filed': { zh: '理赔已提交', en: 'the claim was filed' },
  'claim.accepted': { zh: '快递同意赔付', en: 'the courier accepted it' },
  'claim.rejected': { zh: '快递拒绝赔付', en: 'the courier rejected it' },
  'claim.paid': { zh: '赔款已到账', en: 'the money came in' },
  'claim.dropped': { zh: '无需索赔', en: 'it is not pursued any more' },
  'task.opened': { zh: '新的人工待办', en: 'something waits for a person' },
  'task.closed': { zh: '待办已关闭', en: 'closed: done by a person, or its condition is gone' },
  'digest.daily': { zh: '交接班摘要', en: 'a shift ended: what it hands over' },
} as const satisfies Record<string, Text>;

export type EventType = keyof typeof EVENT_TYPES | (typeof ALERTS)[AlertKind]['raised' | 'recovered'];

/** The event of arriving in a state; null: being sent is nobody's business outside. */
export function eventOfState(state: InterceptState): keyof typeof EVENT_TYPES | null {
  return state === 'submitting' ? null : `intercept.${state}`;
}

/** How long delivery is tried, ms (contract section 7). */
export const DELIVERY_WINDOW_MS = 3 * 86_400_000;

/** Where a message to one target stands. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
