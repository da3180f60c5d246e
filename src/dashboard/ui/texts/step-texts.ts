import type { Resolution } from '../../../domain/intercept/person-steps.js';
import type { Text, TextTree } from './text.js';

const OUTCOME_TEXTS = {
  release: { zh: '放行：重新判断，符合条件就发送', en: 'Release: decide again and send if it qualifies' },
  asked_outside: {
    zh: '已在别处发起（电话、网点、快递后台）：不再发送，跟踪结果',
    en: 'Asked elsewhere (phone, branch, portal): nothing is sent, its result is followed',
  },
  intercepted: {
    zh: '快递已拦下：计费，等待退回',
    en: 'The courier stopped it: the fee is due, the parcel comes back',
  },
  returned: { zh: '已退回寄件人：结束', en: 'It is back at the sender: ends' },
  delivered: { zh: '已签收：记为未拦住', en: 'It was delivered: recorded as missed' },
  lost: { zh: '快递遗失：记为已拦截并开始索赔', en: 'The courier lost it: recorded as intercepted, a claim is opened' },
  give_up: { zh: '放弃：不再发送，包裹照常派送', en: 'Give up: nothing more is sent, the parcel travels on' },
} as const satisfies Record<Resolution, Text>;

/** What a person can do with an intercept, and what will happen then. */
export const STEP_TEXTS = {
  title: { zh: '下一步', en: 'Next step' },
  done: { zh: '已提交，状态稍后更新。', en: 'Taken in; the state follows shortly.' },
  last: { zh: '{{actor}} 操作于', en: 'By {{actor}}' },
  notPossible: { zh: '为什么不能做其他操作', en: 'Why not something else' },
  ask: {
    button: { zh: '立即查询', en: 'Ask now' },
    what: {
      zh: '排到最前向快递查询结果，只读，不会发送或重复发送任何东西。',
      en: 'The courier is asked at the next free read. It only reads: nothing is sent, and nothing twice.',
    },
  },
  readOnly: { zh: '你的角色只能查看。', en: 'Your role may only look.' },
  nothing: {
    busy: {
      zh: '正在与快递通信，结果出来前不需要操作，也不会重复发送。',
      en: 'The courier is being talked to. Nothing to do until it answers, and nothing is sent twice.',
    },
    over: { zh: '这条拦截已经结束。', en: 'This intercept has ended.' },
    stopped: { zh: '快递已拦下，等待退回，不需要操作。', en: 'Stopped and on its way back; nothing to do.' },
  },
  withdraw: {
    button: { zh: '撤销拦截', en: 'Withdraw' },
    before: {
      zh: '还没有发给快递。撤销后不会发送，包裹照常派送，不产生费用。',
      en: 'Nothing was sent yet. After this nothing will be; the parcel travels on and no fee is due.',
    },
    after: {
      zh: '快递可能已受理。系统会请求快递取消，快递确认后才显示“已撤销”；快递不支持或不同意时转人工处理。',
      en: 'The courier may have taken the order. It is asked to cancel, and only its confirmation shows “withdrawn”; if it cannot or does not, a person is asked.',
    },
    review: {
      zh: '这条拦截会结束。如果快递可能已经受理，请先向快递核实。',
      en: 'This ends the intercept. If the courier may have taken the order, ask it first.',
    },
  },
  retry: {
    button: { zh: '重试', en: 'Retry' },
    what: {
      zh: '系统会重新判断，符合条件才发送。若上一次可能已经到达快递，会先查询，不会重复发送。只有拦截成功才收费。',
      en: 'It is decided again and sent only if it qualifies. If the last order may have arrived, the courier is asked first and nothing is sent twice. A fee is due only for a success.',
    },
  },
  release: {
    button: { zh: '放行', en: 'Release' },
    what: {
      zh: '视为你已批准：店铺模式、审批和预算不再拦着它，其余规则照常判断，通过就发送。拦截成功才收费。',
      en: 'Counts as your approval: the shop’s mode, approvals and budget no longer hold it, all other rules are judged anew, and it is sent if they allow. A fee is due only for a success.',
    },
  },
  resolve: {
    button: { zh: '处理结果…', en: 'Resolve…' },
    what: {
      zh: '请选择你核实到的情况。记录后由系统按此继续，操作写入审计。',
      en: 'Say what you have found out. The system goes on from there, and the step is audited.',
    },
    outcome: { zh: '核实结果', en: 'What is the case' },
    outcomeMissing: { zh: '请选择核实结果', en: 'Choose what is the case' },
    evidence: { zh: '凭证（文字或链接，可不填）', en: 'Evidence (text or link, optional)' },
    note: { zh: '说明', en: 'Note' },
    noteMissing: { zh: '请写一句说明，给之后查看的人', en: 'Write one line for whoever looks later' },
    submit: { zh: '记录结果', en: 'Record' },
    choice: OUTCOME_TEXTS,
  },
} as const satisfies TextTree;
