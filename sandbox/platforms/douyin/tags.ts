/** What the platform calls its after-sales messages, and what one brings with it. */
export interface TagFacts {
  readonly meaning: string;
  /** The message's own time field (unix seconds), where one is documented. */
  readonly timeField?: string;
  /** after_sale_status the message stands for. Inferred from the status names, not documented per message. */
  readonly status?: number;
  readonly refundStatus?: number;
  /** arbitrate_status the message stands for. Inferred as above. */
  readonly arbitrateStatus?: number;
}

export const TAGS = {
  '200': { meaning: '买家发起售后申请', timeField: 'apply_time', status: 6 },
  '201': { meaning: '同意退款', timeField: 'agree_time', status: 12, refundStatus: 2 },
  '202': { meaning: '同意退货申请', timeField: 'agree_time', status: 7 },
  '203': { meaning: '买家退货给卖家', timeField: 'return_time', status: 11 },
  '204': { meaning: '拒绝退款', timeField: 'refuse_time', status: 27 },
  '205': { meaning: '拒绝退货申请', timeField: 'refuse_time', status: 27 },
  '206': { meaning: '退款成功', timeField: 'success_time', status: 12, refundStatus: 3 },
  '207': { meaning: '售后关闭', timeField: 'close_time', status: 28 },
  '208': { meaning: '买家修改售后申请', timeField: 'modify_time', status: 6 },
  '209': { meaning: '售后超时时长变更', timeField: 'status_deadline' },
  '211': { meaning: '确认换货并二次发货', timeField: 'apply_time', status: 13 },
  '212': { meaning: '买家发起客服仲裁', arbitrateStatus: 1 },
  '213': { meaning: '客服要求商家上传凭证', arbitrateStatus: 4 },
  '214': { meaning: '商家上传仲裁凭证', arbitrateStatus: 1 },
  '215': { meaning: '买家取消仲裁', arbitrateStatus: 255 },
  '216': { meaning: '客服仲裁结果', arbitrateStatus: 2 },
  '217': { meaning: '仲裁客服介入', arbitrateStatus: 1 },
  '218': { meaning: '协商期上传凭证', arbitrateStatus: 5 },
} as const satisfies Record<string, TagFacts>;
export type Tag = keyof typeof TAGS;

export const TAG_NAMES = Object.keys(TAGS) as readonly Tag[];

export function tagFacts(tag: Tag): TagFacts {
  return TAGS[tag];
}
