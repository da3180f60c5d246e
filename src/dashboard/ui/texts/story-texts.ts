import type { AfterSaleStatus, AfterSaleType } from '../../../domain/aftersale/after-sale.js';
import type { Text, TextTree } from './text.js';

const STATUS_TEXTS = {
  unknown: { zh: '未知', en: 'unknown' },
  open: { zh: '处理中', en: 'open' },
  agreed: { zh: '已同意', en: 'agreed' },
  refused: { zh: '已拒绝', en: 'refused' },
  paid: { zh: '已退款', en: 'paid' },
  closed: { zh: '已关闭', en: 'closed' },
} as const satisfies Record<AfterSaleStatus, Text>;

const TYPE_TEXTS = {
  refund_only: { zh: '仅退款', en: 'refund only' },
  return_refund: { zh: '退货退款', en: 'return and refund' },
  refund_before_shipment: { zh: '未发货退款', en: 'refund before shipment' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Record<AfterSaleType, Text>;

/** One intercept beside what intercept-texts.ts says: where the wish came from, why it was decided so, who was told. */
export const STORY_TEXTS = {
  countdown: {
    send: { zh: '最晚发送', en: 'Send by' },
    outcome: { zh: '应有结果', en: 'Outcome due' },
  },
  related: {
    title: { zh: '订单与售后', en: 'Order and after-sales' },
    afterSale: { zh: '售后 {{id}}', en: 'After-sale {{id}}' },
    order: { zh: '订单 {{id}}', en: 'Order {{id}}' },
    all: { zh: '查看同一订单的拦截', en: 'Intercepts of this order' },
    refund: { zh: '退 {{refund}}，买家实付 {{paid}}', en: 'refund {{refund}}, the buyer paid {{paid}}' },
    unknown: { zh: '未知', en: 'unknown' },
    elsewhere: { zh: '已换到其他包裹', en: 'travels in another parcel now' },
    parcels: { zh: '同一订单的其他包裹', en: 'Other parcels of the order' },
    noParcels: { zh: '没有其他包裹', en: 'No other parcel' },
    noIntercept: { zh: '尚无拦截', en: 'no intercept yet' },
    rounds: { zh: '这个包裹的各轮拦截', en: 'Rounds of this parcel' },
    round: { zh: '第 {{n}} 轮', en: 'Round {{n}}' },
    here: { zh: '当前', en: 'this one' },
  },
  why: {
    title: { zh: '判断依据', en: 'Why it was decided so' },
    rule: { zh: '规则', en: 'Rule' },
    asks: { zh: '检查', en: 'Asks' },
    says: { zh: '结论', en: 'Says' },
    inputs: { zh: '判断时的输入', en: 'What the rules looked at' },
    policy: { zh: '策略 {{id}} 第 {{version}} 版', en: 'Policy {{id}}, version {{version}}' },
    verdict: {
      passed: { zh: '通过', en: 'passed' },
      skip: { zh: '不拦截', en: 'skip' },
      missed: { zh: '来不及', en: 'too late' },
      review: { zh: '转人工', en: 'ask a person' },
      hold: { zh: '暂缓', en: 'hold' },
    },
    deadline: {
      request: { zh: '最晚发送由请求指定', en: 'the request set the deadline' },
      platform: { zh: '最晚发送由平台时限决定', en: 'the platform’s clock set the deadline' },
      forecast: { zh: '最晚发送按预计派送时间推算', en: 'the deadline is the forecast of “out for delivery”' },
      policy: { zh: '最晚发送由策略决定', en: 'the policy set the deadline' },
    },
  },
  entry: {
    said: { zh: '平台', en: 'Platform' },
    task: { zh: '待办', en: 'Task' },
    message: { zh: '通知', en: 'Told' },
    saidBy: { zh: '售后 {{id}}', en: 'after-sale {{id}}' },
    taskOpened: { zh: '产生待办：{{kind}}', en: 'Task opened: {{kind}}' },
    taskDone: { zh: '待办完成：{{kind}}', en: 'Task done: {{kind}}' },
    taskClosed: { zh: '待办自动关闭：{{kind}}', en: 'Task closed by itself: {{kind}}' },
    told: { zh: '推送 {{topic}} 到 {{target}}', en: '{{topic}} to {{target}}' },
    tries: { zh: '已试 {{count}} 次', en: '{{count}} tries' },
    message_waiting: { zh: '等待发送', en: 'waiting' },
    message_delivered: { zh: '已送达', en: 'delivered' },
    message_dead: { zh: '未送达，已停止', en: 'not delivered, given up' },
  },
  fact: {
    orderId: { zh: '订单', en: 'order' },
    type: { zh: '类型', en: 'type' },
    status: { zh: '状态', en: 'status' },
    refundAmountFen: { zh: '退款', en: 'refund' },
    paidAmountFen: { zh: '实付', en: 'paid' },
    category: { zh: '类目', en: 'category' },
    arbitration: { zh: '仲裁', en: 'arbitration' },
    platformDeadlineAt: { zh: '平台时限', en: 'platform’s clock' },
    appliedAt: { zh: '申请于', en: 'applied at' },
  },
  status: STATUS_TEXTS,
  type: TYPE_TEXTS,
} as const satisfies TextTree;
