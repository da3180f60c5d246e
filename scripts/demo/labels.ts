/** A sentence for people, in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Text;

/** The language of the terminal: Chinese where the locale says so, else English. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/** The rows of the table. */
export const ROW_LABELS = {
  events: { zh: '已发送事件', en: 'Events sent' },
  duplicates: { zh: '另有重复投递', en: 'delivered again' },
  afterSales: { zh: '售后', en: 'After-sales' },
  eligible: { zh: '符合条件', en: 'Eligible' },
  skipped: { zh: '按规则跳过', en: 'Skipped by rule' },
  waiting: { zh: '等待中', en: 'Waiting' },
  intercepted: { zh: '拦截成功', en: 'Intercepted' },
  returned: { zh: '其中已退回', en: 'of them back at the sender' },
  refused: { zh: '快递拒绝', en: 'Refused by the courier' },
  missed: { zh: '未拦下', en: 'Missed' },
  withdrawn: { zh: '买家撤销', en: 'Withdrawn' },
  expired: { zh: '已过期', en: 'Expired' },
  needsReview: { zh: '待人工处理', en: 'Needs review' },
  underWay: { zh: '仍在进行', en: 'Still under way' },
  refundsAgreed: { zh: '已同意退款（元）', en: 'Refunds agreed, CNY' },
  refundHours: { zh: '等待退款时段', en: 'waiting for the hours' },
  refundAsked: { zh: '退款待人工处理', en: 'with a person' },
  notBack: { zh: '已退款、货未回（元）', en: 'Refunded, goods not back, CNY' },
  claimsOpen: { zh: '可索赔（元）', en: 'Claims open, CNY' },
  fees: { zh: '费用（元）', en: 'Fees, CNY' },
  bills: { zh: '快递账单（元）', en: 'Bills of the couriers, CNY' },
  timeToSend: { zh: '发送耗时 p50 / p99', en: 'Time to send p50 / p99' },
  duplicatesSent: { zh: '重复发送', en: 'Duplicates sent' },
  peak: { zh: '单秒最多拦截请求', en: 'Most orders in a second' },
  verify: { zh: '不变量核查（verify）', en: 'Invariants (verify)' },
  balance: { zh: '核对结果', en: 'Balance' },
} as const satisfies Record<string, Text>;

/** What the rules that the scenario meets are about; the full texts are in the documentation. */
export const RULE_LABELS: Readonly<Record<string, Text>> = {
  R10: { zh: '跨境店铺', en: 'cross-border shop' },
  R11: { zh: '店铺未正常运营', en: 'shop not in operation' },
  R12: { zh: '未签署协议', en: 'agreement not signed' },
  R13: { zh: '商品不支持', en: 'goods not allowed' },
  R14: { zh: '价值达到 1000 元', en: 'worth 1000.00 or more' },
  R15: { zh: '不是已发货仅退款', en: 'no refund-only of a shipped order' },
  R16: { zh: '不在途', en: 'not on the road' },
  R17: { zh: '快递未接入', en: 'courier not connected' },
  R60: { zh: '非全额退款', en: 'not a full refund' },
  R76: { zh: '店铺模式或起始时间', en: 'shop mode or start' },
};

/** What the match of the bills calls a mistake. */
export const BILL_ERROR_LABELS: Readonly<Record<string, Text>> = {
  charged_though_failed: { zh: '未拦下却收费', en: 'charged though failed' },
  charged_twice: { zh: '重复收费', en: 'charged twice' },
  wrong_amount: { zh: '金额不符', en: 'wrong amount' },
  unknown_to_us: { zh: '非我方拦截', en: 'unknown to us' },
};

/** Sentences of the demo; a word in braces is filled in. */
export const SAY = {
  title: { zh: '截件演示', en: 'Jiejian demo' },
  setup: {
    zh: '种子 {seed} · {rate} 件/秒 · {shops} 家店铺 · {seconds} 秒',
    en: 'seed {seed} · {rate} events a second · {shops} shops · {seconds} s',
  },
  limit: {
    zh: '{peak}（每个快递账号限速 {limit}/秒，为演示而设高）',
    en: '{peak} (each courier account allows {limit}, set high for the demo)',
  },
  refundsOf: { zh: '{total}（{count} 件）', en: '{total} ({count} refunds)' },
  parcelsOf: { zh: '{total}（{count} 件）', en: '{total} ({count} parcels)' },
  refundsBar: { zh: '退款', en: 'refunds' },
  billsOf: {
    zh: '{charged}，应付 {due}，{count} 处错误',
    en: '{charged} charged, {due} due, {count} mistakes',
  },
  billError: { zh: '{waybillNo}：收费 {charged}，应付 {due}', en: '{waybillNo}: {charged} charged, {due} due' },
  billUnread: {
    zh: '{courier} 的演示账单未能读取（{state}）',
    en: 'the demo bill of {courier} was not read ({state})',
  },
  feesOf: { zh: '{total}（{stops} 件）', en: '{total} ({stops} stops)' },
  feesOfCourier: { zh: '{total}（{stops} 件 × {fee}）', en: '{total} ({stops} stops of {fee})' },
  ofPlatform: {
    zh: '{afterSales} 件，拦截成功 {intercepted} 件',
    en: '{afterSales}, of which {intercepted} intercepted',
  },
  ofParcels: { zh: '{intercepted}（共 {parcels} 件）', en: '{intercepted} of {parcels} parcels' },
  sendTimes: { zh: '{p50} / {p99} 毫秒（{count} 件）', en: '{p50} / {p99} ms ({count} parcels)' },
  noneBroken: { zh: '全部成立', en: 'all hold' },
  broken: { zh: '{count} 项被破坏', en: '{count} broken' },
  balanced: { zh: '平', en: 'balanced' },
  unbalanced: { zh: '不平，共 {count} 处', en: 'NOT balanced, {count} faults' },
  startingServers: { zh: '启动数据库和 Redis', en: 'starting the database and Redis' },
  startingTwins: {
    zh: '启动 {platforms} 个平台与 {couriers} 家快递的模拟器',
    en: 'starting the twins of {platforms} platforms and {couriers} couriers',
  },
  configuring: { zh: '建表、写入配置、创建账号', en: 'migrating, applying the configuration, creating the login' },
  startingProduct: { zh: '启动截件', en: 'starting Jiejian' },
  sending: { zh: '发送 {events} 条事件（{rate}/秒）', en: 'sending {events} events ({rate} a second)' },
  checking: { zh: '核对', en: 'checking the numbers' },
  eventsBar: { zh: '事件', en: 'events' },
  endsBar: { zh: '售后有了结果', en: 'after-sales at their end' },
  nothingMoves: {
    zh: '已有 {seconds} 秒没有任何变化，停止等待',
    en: 'nothing has moved for {seconds} s; not waiting any longer',
  },
  staysUp: {
    zh: '管理页面：{url}\n登录：{email}  {password}\n日志：{folder}\n按 Ctrl-C 结束。',
    en: 'Admin pages: {url}\nLogin: {email}  {password}\nLogs: {folder}\nCtrl-C ends everything.',
  },
  stopping: { zh: '正在结束', en: 'stopping' },
  childDied: {
    zh: '{child} 意外结束，退出码 {code}。{logFile} 的末尾：',
    en: '{child} ended by itself with code {code}. The end of {logFile}:',
  },
  commandFailed: {
    zh: 'jiejian {command} 失败，退出码 {code}。它的输出：',
    en: 'jiejian {command} failed with code {code}. It said:',
  },
  notReady: {
    zh: '{name} 在 {seconds} 秒内未就绪。{logFile} 的末尾：',
    en: '{name} was not ready within {seconds} s. The end of {logFile}:',
  },
  halfSet: {
    zh: '{missing} 未设置。请同时设置 DATABASE_URL 与 REDIS_URL，或都不设置（使用内置服务）。',
    en: '{missing} is not set. Set both DATABASE_URL and REDIS_URL, or neither for embedded services.',
  },
  tooMany: {
    zh: '已有 {count} 个演示在运行，请先结束其中一个。',
    en: '{count} demos are running already. End one of them first.',
  },
  notEmpty: {
    zh: 'DATABASE_URL 的用户无权新建数据库，而 {name} 不是空库，演示不会动它。请指定一个空库，或取消设置 DATABASE_URL 和 REDIS_URL。',
    en: 'The user of DATABASE_URL may not create a database, and {name} is not empty, so the demo leaves it alone. Name an empty database, or unset DATABASE_URL and REDIS_URL.',
  },
  redisForm: {
    zh: '演示只支持 redis:// 或 rediss:// 形式的 REDIS_URL。请改用其中一种，或取消设置 DATABASE_URL 和 REDIS_URL。',
    en: 'The demo needs a REDIS_URL of the form redis:// or rediss://. Use one, or unset DATABASE_URL and REDIS_URL.',
  },
  redisFull: {
    zh: 'REDIS_URL 的 1 到 15 号库都不是空的。请清空其中一个，或取消设置 DATABASE_URL 和 REDIS_URL。',
    en: 'REDIS_URL has no empty database from 1 to 15. Empty one, or unset DATABASE_URL and REDIS_URL.',
  },
} as const satisfies Record<string, Text>;

export type Sentence = keyof typeof SAY;
export type Words = Readonly<Record<string, string | number>>;

/** A sentence with its words filled in. */
export function fill(text: string, words: Words): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole));
}
