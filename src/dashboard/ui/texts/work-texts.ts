import type { TextTree } from './text.js';

/** Lanes, tasks, failed ones and replays. */
export const LANE_TEXTS = {
  title: { zh: '通道', en: 'Lanes' },
  about: {
    zh: '一个快递账号一条通道，各有自己的限速、并发和熔断。',
    en: 'One lane per courier account, each with its own rate, concurrency and breaker.',
  },
  none: { zh: '还没有启用的快递账号', en: 'No courier account is enabled yet' },
  running: { zh: '运行中', en: 'Running' },
  paused: { zh: '已暂停', en: 'Paused' },
  breaker: {
    closed: { zh: '熔断器正常', en: 'Breaker closed' },
    open: { zh: '已熔断，暂不发送', en: 'Breaker open, nothing is sent' },
    half_open: { zh: '熔断恢复中，试探发送', en: 'Breaker half open, trying one' },
  },
  waiting: { zh: '等待', en: 'Waiting' },
  held: { zh: '暂缓', en: 'Held' },
  inFlight: { zh: '发送中', en: 'In flight' },
  uncertain: { zh: '结果未知', en: 'Uncertain' },
  emptyAt: { zh: '预计发完', en: 'Empty' },
  tooLate: { zh: '来不及', en: 'Too late' },
  oldestDue: { zh: '最近截止', en: 'Next due' },
  rate: { zh: '限速', en: 'Rate' },
  perSecond: { zh: '每 {{span}} {{max}} 次', en: '{{max}} per {{span}}' },
  noLimit: { zh: '不限', en: 'no limit' },
  concurrency: { zh: '并发', en: 'Concurrency' },
  pause: {
    button: { zh: '暂停', en: 'Pause' },
    what: {
      zh: '暂停后，{{lane}} 不再发送新的拦截；已发出的继续跟踪。等待中的 {{count}} 条过了最晚发送时间会失效。',
      en: 'While paused, {{lane}} sends no new orders; those sent are followed. The {{count}} waiting ones expire at their deadlines.',
    },
  },
  resume: {
    button: { zh: '恢复', en: 'Resume' },
    what: {
      zh: '恢复后，{{lane}} 立即按限速发送等待中的 {{count}} 条。',
      en: '{{lane}} starts sending the {{count}} waiting ones at its rate at once.',
    },
  },
  edit: {
    button: { zh: '调整限速…', en: 'Limits…' },
    title: { zh: '调整 {{lane}} 的限速', en: 'Limits of {{lane}}' },
    what: { zh: '立即生效，并写入审计。', en: 'Takes effect at once and is audited.' },
    limited: { zh: '限制发送速度', en: 'Limit the rate' },
    max: { zh: '次数', en: 'Orders' },
    perMs: { zh: '时间窗口（毫秒）', en: 'Window (ms)' },
    concurrency: { zh: '并发', en: 'Concurrency' },
    submit: { zh: '保存', en: 'Save' },
    number: { zh: '请输入 {{min}} 到 {{max}} 之间的整数', en: 'A whole number from {{min}} to {{max}}' },
  },
} as const satisfies TextTree;

export const TASK_TEXTS = {
  title: { zh: '待办', en: 'Tasks' },
  about: { zh: '需要人处理的包裹，最紧急的在前。', en: 'Parcels that need a person, the most urgent first.' },
  none: { zh: '没有待办', en: 'Nothing to do' },
  kind: {
    phone_branch: { zh: '联系网点', en: 'Phone the branch' },
    decide: { zh: '人工决定', en: 'Decide' },
    pull_in_warehouse: { zh: '仓库找件', en: 'Pull in the warehouse' },
    mend_data: { zh: '修正数据', en: 'Mend data' },
  },
  waybill: { zh: '运单 {{waybillNo}}', en: 'Waybill {{waybillNo}}' },
  due: { zh: '处理期限', en: 'Due' },
  open: { zh: '查看拦截', en: 'Open the intercept' },
  done: {
    button: { zh: '标记完成', en: 'Mark done' },
    what: {
      zh: '任务会从列表消失。拦截的状态不变；若包裹结果已知，请到拦截里“处理结果”。',
      en: 'The task leaves the list. The intercept stays as it is; if you know what became of the parcel, resolve it there.',
    },
  },
  readyText: { zh: '可直接发送的文字', en: 'Text to send' },
  call: {
    stop: {
      zh: '您好，运单 {{waybillNo}} 请不要派送，帮忙拦下并原址退回寄件人。收到请回复，谢谢！',
      en: 'Hello, please do not deliver waybill {{waybillNo}}: keep it and return it to the sender’s address. Please confirm. Thank you!',
    },
    deliver: {
      zh: '您好，运单 {{waybillNo}} 之前申请的拦截请取消，麻烦恢复正常派送。收到请回复，谢谢！',
      en: 'Hello, please cancel the stop that was asked for waybill {{waybillNo}} and deliver it as usual. Please confirm. Thank you!',
    },
  },
} as const satisfies TextTree;

export const FAILED_TEXTS = {
  title: { zh: '失败重试', en: 'Failed' },
  about: {
    zh: '选中要重试的拦截，先看预览，再执行。预览不会发送任何东西。',
    en: 'Choose what to retry, look at the preview, then run it. The preview sends nothing.',
  },
  state: { zh: '状态', en: 'State' },
  chosen: { zh: '已选 {{count}} 条', en: '{{count}} chosen' },
  select: { zh: '选择 {{waybillNo}}', en: 'Choose {{waybillNo}}' },
  selectAll: { zh: '全选已显示的', en: 'Choose all shown' },
  preview: { zh: '预览重试…', en: 'Preview retry…' },
} as const satisfies TextTree;

export const REPLAY_TEXTS = {
  title: { zh: '重试预览', en: 'Retry preview' },
  name: { zh: '批次名称', en: 'Name of the batch' },
  nameMissing: { zh: '请给这一批起个名字', en: 'Give the batch a name' },
  defaultName: { zh: '手工重试 {{at}}', en: 'Retry by hand {{at}}' },
  total: { zh: '共 {{count}} 条，按结果分：', en: '{{count}} in all, of which:' },
  class: {
    willSend: { zh: '会发送', en: 'will be sent' },
    readBackFirst: { zh: '先向快递查询', en: 'the courier is asked first' },
    alreadyIntercepted: { zh: '已拦截，不再发送', en: 'already intercepted, not sent' },
    delivered: { zh: '已签收，不再发送', en: 'delivered, not sent' },
    withdrawn: { zh: '退款已撤销，不再发送', en: 'refund withdrawn, not sent' },
    refusedForGood: { zh: '快递已明确拒绝，不再发送', en: 'refused for good, not sent' },
    other: { zh: '其他，不发送', en: 'other, not sent' },
  },
  fee: { zh: '若全部成功，费用约 {{fee}}', en: 'If all succeed, fees come to about {{fee}}' },
  execute: { zh: '执行', en: 'Run' },
  state: {
    previewed: { zh: '预览', en: 'preview' },
    running: { zh: '进行中', en: 'running' },
    done: { zh: '已完成', en: 'done' },
    aborted: { zh: '已中止', en: 'aborted' },
  },
  progress: { zh: '已处理 {{done}} / {{toDo}}，失败 {{failed}}', en: '{{done}} of {{toDo}} done, {{failed}} failed' },
  leftAlone: { zh: '另有 {{count}} 条不处理', en: '{{count}} left alone' },
  abort: {
    button: { zh: '中止', en: 'Abort' },
    what: {
      zh: '还没处理的不再处理，已经放行的不会撤回。',
      en: 'What is not done yet stays as it is; what was let go is not taken back.',
    },
  },
} as const satisfies TextTree;
