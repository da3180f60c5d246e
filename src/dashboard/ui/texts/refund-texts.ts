import type { RefundOperation, RefundState } from '../../../domain/refund/machine.js';
import type { Text, TextTree } from './text.js';

const STATE_TEXTS = {
  waiting: { zh: '等待', en: 'waiting' },
  asked: { zh: '待人工处理', en: 'with a person' },
  started: { zh: '提交中', en: 'being sent' },
  acknowledged: { zh: '平台已受理', en: 'taken by the platform' },
  unknown: { zh: '结果未知', en: 'unknown' },
  confirmed: { zh: '已核对', en: 'confirmed' },
  dropped: { zh: '无需处理', en: 'not needed' },
} as const satisfies Record<RefundState, Text>;

const OPERATION_TEXTS = {
  agree: { zh: '同意退款', en: 'Agree the refund' },
  reject: { zh: '拒绝退款', en: 'Reject the refund' },
} as const satisfies Record<RefundOperation, Text>;

/** What was decided about the money of an after-sale. */
export const REFUND_TEXTS = {
  title: { zh: '退款', en: 'Refunds' },
  none: { zh: '尚无退款决定', en: 'Nothing decided about a refund yet' },
  afterSale: { zh: '售后 {{id}}', en: 'after-sale {{id}}' },
  unknownAmount: { zh: '金额未知', en: 'amount unknown' },
  approvedBy: { zh: '批准人：{{actor}}', en: 'approved by {{actor}}' },
  approve: { zh: '批准并同意退款', en: 'Approve and agree' },
  approveWhat: {
    zh: '将向平台同意退款 {{amount}}，提交前再核对一次售后；金额有变则不提交。',
    en: '{{amount}} will be agreed at the platform. The after-sale is read once more before; a changed amount is not agreed.',
  },
  settle: { zh: '已人工处理', en: 'Settled by hand' },
  settleWhat: {
    zh: '记录退款已在平台后台处理，系统不会再提交。',
    en: 'Records that the refund was settled in the platform’s back office; nothing is sent.',
  },
  note: { zh: '备注', en: 'Note' },
  entry: { zh: '退款', en: 'Refund' },
  by: { zh: '操作者：{{actor}}', en: 'by {{actor}}' },
  platform: { zh: '平台', en: 'the platform' },
  state: STATE_TEXTS,
  operation: OPERATION_TEXTS,
} as const satisfies TextTree;
