/** How fees, bills and invoices say no. */
export const MONEY_PROBLEMS = {
  fee_reversed: {
    status: 409,
    zh: '该笔费用已冲销，不能更正。请更正冲销后的新费用。',
    en: 'This fee has been reversed. Correct the one that took its place.',
  },
  fee_invoiced: {
    status: 409,
    zh: '该笔费用已在发票中，不能更正。请让开票方冲红。',
    en: 'This fee is on an invoice. Have whoever issued it credit it.',
  },
  same_amount: { status: 409, zh: '金额没有变化，未更正。', en: 'The amount is the same; nothing was corrected.' },
  correction_open: {
    status: 409,
    zh: '该笔费用的更正正在等待第二人批准。',
    en: 'A correction of this fee waits for a second person.',
  },
  no_correction_open: {
    status: 409,
    zh: '没有等待批准的更正，可能已有人处理。',
    en: 'No correction waits here: somebody has dealt with it.',
  },
  person_needed: {
    status: 409,
    zh: '超过限额的更正须由两人登录后申请和批准，不能使用令牌。',
    en: 'A correction above the limit is asked for and approved by two people who are logged in, not by tokens.',
  },
  second_person_needed: {
    status: 409,
    zh: '不能批准自己申请的更正。请由另一人批准。',
    en: 'Nobody approves what he asked for himself. Another person must.',
  },
  bill_not_uploading: {
    status: 409,
    zh: '该账单已不再接收文件内容。请重新上传。',
    en: 'This bill takes no more of its file. Upload it anew.',
  },
  month_not_over: {
    status: 409,
    zh: '该月尚未结束，不能关账。',
    en: 'The month is not over and cannot be closed.',
  },
  bill_being_read: {
    status: 409,
    zh: '该来源还有账单正在读取，稍后再关账。',
    en: 'A bill of this source is still being read; close the month after it.',
  },
  no_bill: { status: 409, zh: '该月没有账单。', en: 'There is no bill of this month.' },
  nothing_to_invoice: {
    status: 409,
    zh: '没有可开票的费用：须已收费、与账单一致且尚未开票。',
    en: 'There is nothing to invoice: fees must be charged, agree with a bill and be on no invoice yet.',
  },
  invoice_moved: {
    status: 409,
    zh: '发票不在可执行此操作的状态，可能已有人处理。',
    en: 'The invoice is not at that point: somebody may have been quicker.',
  },
} as const;
