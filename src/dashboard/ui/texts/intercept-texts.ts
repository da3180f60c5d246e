import { STATE_TEXTS } from '../../../domain/intercept/state-texts.js';
import type { ParcelPhase, SightingSource } from '../../../domain/tracking/sighting.js';
import type { Text, TextTree } from './text.js';

const PHASE_TEXTS = {
  announced: { zh: '已下单', en: 'Announced' },
  picked_up: { zh: '已揽收', en: 'Picked up' },
  moving: { zh: '运输中', en: 'Moving' },
  at_branch: { zh: '到达网点', en: 'At the branch' },
  out_for_delivery: { zh: '派送中', en: 'Out for delivery' },
  delivered: { zh: '已签收', en: 'Delivered' },
  returning: { zh: '退回途中', en: 'Returning' },
  returned: { zh: '已退回', en: 'Returned' },
  lost: { zh: '遗失', en: 'Lost' },
  unknown: { zh: '含义未知', en: 'Not understood' },
} as const satisfies Record<ParcelPhase, Text>;

const SOURCE_TEXTS = {
  push: { zh: '快递推送', en: 'courier push' },
  poll: { zh: '查询', en: 'poll' },
  platform: { zh: '平台', en: 'platform' },
  request: { zh: '请求所述', en: 'the request' },
  person: { zh: '人工', en: 'a person' },
} as const satisfies Record<SightingSource, Text>;

/** What came of one call to the courier. */
const OUTCOME_TEXTS = {
  accepted: { zh: '已受理', en: 'accepted' },
  duplicate: { zh: '快递已有同一拦截', en: 'exists already' },
  refused: { zh: '被拒绝', en: 'refused' },
  not_yet: { zh: '暂不受理', en: 'not yet' },
  not_sent: { zh: '没有发出', en: 'not sent' },
  unknown: { zh: '没有可信答复', en: 'no trustworthy answer' },
  absent: { zh: '快递没有记录', en: 'no record there' },
  answered: { zh: '已答复', en: 'answered' },
  failed: { zh: '没有问到', en: 'could not be asked' },
} as const satisfies TextTree;

/** The list of intercepts and one intercept. */
export const INTERCEPT_TEXTS = {
  title: { zh: '拦截', en: 'Intercepts' },
  table: { zh: '拦截列表', en: 'Intercepts' },
  search: { zh: '运单号、订单号、售后号或拦截编号', en: 'Waybill, order, after-sale or intercept number' },
  searchLabel: { zh: '按单号查找', en: 'Find by number' },
  find: { zh: '查找', en: 'Find' },
  none: { zh: '没有符合条件的拦截', en: 'No intercept matches' },
  filter: {
    state: { zh: '状态', en: 'State' },
    carrier: { zh: '快递', en: 'Courier' },
    shop: { zh: '店铺', en: 'Shop' },
    reason: { zh: '原因', en: 'Reason' },
    period: { zh: '时间', en: 'Period' },
    all: { zh: '全部', en: 'All' },
    clear: { zh: '清除筛选', en: 'Clear filters' },
  },
  period: {
    today: { zh: '今天', en: 'Today' },
    day: { zh: '近 24 小时', en: 'Last 24 hours' },
    week: { zh: '近 7 天', en: 'Last 7 days' },
    month: { zh: '近 30 天', en: 'Last 30 days' },
  },
  column: {
    state: { zh: '状态', en: 'State' },
  },
  courierCode: { zh: '快递代码 {{code}}', en: 'courier code {{code}}' },
  moreOrders: { zh: '等 {{count}} 单', en: '{{count}} orders' },
  state: STATE_TEXTS,
  phase: PHASE_TEXTS,
  source: SOURCE_TEXTS,
  kindOfStart: {
    event: { zh: '平台事件', en: 'platform event' },
    request: { zh: '接口或人工请求', en: 'request' },
    external: { zh: '在别处发起', en: 'asked elsewhere' },
  },
  head: {
    number: { zh: '拦截编号', en: 'Intercept' },
    shop: { zh: '店铺', en: 'Shop' },
    courier: { zh: '快递 / 账号', en: 'Courier / account' },
    orders: { zh: '订单', en: 'Orders' },
    afterSales: { zh: '售后', en: 'After-sales' },
    fee: { zh: '费用', en: 'Fee' },
    deadline: { zh: '最晚发送', en: 'Send by' },
    origin: { zh: '来源', en: 'Origin' },
    created: { zh: '创建', en: 'Created' },
    updated: { zh: '更新', en: 'Updated' },
    tracking: { zh: '轨迹', en: 'Track' },
    noAccount: { zh: '无账号', en: 'no account' },
  },
  look: {
    found: { zh: '查到轨迹', en: 'track found' },
    empty: { zh: '查过，没有轨迹', en: 'looked, no trace' },
    failed: { zh: '没能查到（不代表没有轨迹）', en: 'could not look (that is not “no trace”)' },
    not_asked: { zh: '尚未查询', en: 'not asked yet' },
    never: { zh: '从未查询', en: 'never looked' },
  },
  timeline: {
    title: { zh: '经过', en: 'What happened' },
    transition: { zh: '状态', en: 'State' },
    attempt: { zh: '快递接口', en: 'Courier API' },
    sighting: { zh: '轨迹', en: 'Track' },
    fee: { zh: '费用', en: 'Fee' },
    by: { zh: '操作者：{{actor}}', en: 'by {{actor}}' },
    actor: {
      courier: { zh: '快递', en: 'the courier' },
      system: { zh: '系统', en: 'the system' },
      token: { zh: '接口令牌 {{name}}', en: 'token {{name}}' },
    },
    kind: {
      send: { zh: '发送拦截', en: 'Intercept sent' },
      query: { zh: '查询结果', en: 'Result asked' },
      cancel: { zh: '请求取消', en: 'Cancel asked' },
    },
    outcome: OUTCOME_TEXTS,
    noAnswer: { zh: '还没有答复', en: 'no answer yet' },
    requestId: { zh: '请求号 {{id}}', en: 'request {{id}}' },
    exchange: { zh: '报文（已脱敏）', en: 'Exchange (masked)' },
    feeKind: {
      fee: { zh: '计费', en: 'Fee booked' },
      reversal: { zh: '冲销', en: 'Fee reversed' },
    },
    verification: {
      unverified: { zh: '未与账单核对', en: 'not checked against a bill' },
      matched: { zh: '已与账单核对', en: 'matches the bill' },
      disputed: { zh: '有争议', en: 'disputed' },
    },
  },
} as const satisfies TextTree;
