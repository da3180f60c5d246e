/** Why steps about goods that come back and about claims are refused; part of the one table of problems. */
export const GOODS_PROBLEMS = {
  receipt_changed: {
    status: 409,
    zh: '该入库单号已登记过不同的内容，未处理。请核对，或换用新的入库单号。',
    en: 'Something else was booked under this receiptId; nothing was done. Check it, or use a new number.',
  },
  nothing_to_settle: {
    status: 409,
    zh: '该退件没有待处理的差异。',
    en: 'There is no difference of this return to settle.',
  },
  number_taken: {
    status: 409,
    zh: '该单号已登记给另一个包裹，未处理。请核对单号。',
    en: 'Another parcel comes back under this number; nothing was done. Check the number.',
  },
  claim_not_open: {
    status: 409,
    zh: '该理赔当前状态不允许此操作。请刷新后查看。',
    en: 'The state of this claim does not allow that. Read it anew.',
  },
  claim_amount_needed: {
    status: 409,
    zh: '货值未知，请填写索赔金额。',
    en: 'The value of the goods is not known. State the amount to claim.',
  },
  claim_amount_too_high: {
    status: 409,
    zh: '金额超过货物实际价值，或超过快递最高赔付 1000.00 元。',
    en: 'More than the goods are worth, or more than the 1000.00 a courier pays at most.',
  },
  payment_too_high: {
    status: 409,
    zh: '到账合计将超过快递同意赔付的金额。请核对金额和流水号。',
    en: 'With this more would have come in than the courier agreed to pay. Check the amount and the reference.',
  },
  payment_changed: {
    status: 409,
    zh: '该流水号已登记过不同的金额，未处理。',
    en: 'Another amount was booked under this reference; nothing was done.',
  },
  payment_unknown: {
    status: 409,
    zh: '该流水号没有登记过到账，无可冲销。',
    en: 'No payment was booked under this reference; there is nothing to take back.',
  },
  payment_reversed: {
    status: 409,
    zh: '该流水号的到账已冲销。请换用新的流水号登记。',
    en: 'The payment of this reference was reversed. Book it under a new one.',
  },
} as const;
