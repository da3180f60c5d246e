import { TALLY_TEXTS } from '../../../domain/policy/tally-texts.js';
import type { TextTree } from './text.js';

/** Policies as sentences, their versions, drafts and brakes. */
export const POLICY_TEXTS = {
  title: { zh: '策略', en: 'Policies' },
  about: {
    zh: '每条策略都是一句话：什么可以不经人工就发送。先用过去的决定试算，再影子运行，最后发布。',
    en: 'Every policy is a sentence: what may be sent without a person. Try a draft on the past, let it run in the shadow, then publish it.',
  },
  none: { zh: '还没有策略', en: 'There is no policy yet' },
  version: { zh: '版本 {{version}}', en: 'version {{version}}' },
  shops: { zh: '使用的店铺：{{shops}}', en: 'shops: {{shops}}' },
  noShops: { zh: '没有店铺使用', en: 'no shop goes by it' },
  changedBy: { zh: '{{actor}} 修改', en: 'changed by {{actor}}' },
  open: { zh: '版本与试算', en: 'Versions and drafts' },
  edit: { zh: '用表单修改', en: 'Edit in a form' },
  brake: {
    on: { zh: '已刹车', en: 'stopped' },
    what: {
      zh: '一小时内 {{hour}} 条，平常每小时 {{usual}} 条。未发送的都在等待。',
      en: '{{hour}} within an hour, where {{usual}} are usual. What was not sent waits.',
    },
    release: { zh: '解除刹车…', en: 'Release the brake…' },
    title: { zh: '解除策略 {{id}} 的刹车', en: 'Release the brake of policy {{id}}' },
    means: {
      zh: '等待中的会在半分钟内按策略发送；24 小时内不再刹车。',
      en: 'What waits goes within half a minute, as the policy says; the brake stays off for a day.',
    },
    submit: { zh: '解除', en: 'Release' },
  },
  reason: { zh: '原因（写入审计）', en: 'Why (kept in the audit log)' },
  versions: {
    title: { zh: '版本', en: 'Versions' },
    unknown: { zh: '见审计', en: 'see the audit log' },
    first: { zh: '第一版', en: 'the first' },
    back: { zh: '恢复此版本…', en: 'Roll back to this…' },
    backTitle: { zh: '将策略 {{id}} 恢复为版本 {{version}}', en: 'Roll policy {{id}} back to version {{version}}' },
    backMeans: {
      zh: '写成一个新版本，什么都不删除；2 秒内生效。',
      en: 'It is written as a new version and nothing is deleted; it takes effect within 2 s.',
    },
    submit: { zh: '恢复', en: 'Roll back' },
  },
  draft: {
    title: { zh: '草稿', en: 'A draft' },
    about: {
      zh: '写法与配置文件相同（JSON）。条件可用 CEL 表达式，例如 gainFen >= 300 && chance > 0.4。',
      en: 'As in the configuration file, in JSON. Conditions may be CEL, such as gainFen >= 300 && chance > 0.4.',
    },
    text: { zh: '草稿内容', en: 'The draft' },
    notJson: { zh: '不是有效的 JSON：{{why}}', en: 'This is not JSON: {{why}}' },
    days: { zh: '回看天数', en: 'Days to look back' },
    try: { zh: '试算', en: 'Try it on the past' },
    shadow: { zh: '影子运行', en: 'Run in the shadow' },
  },
  shadow: {
    title: { zh: '影子运行中的草稿', en: 'The draft in the shadow' },
    mark: { zh: '影子运行中', en: 'a draft in the shadow' },
    since: { zh: '{{actor}} 开始，只比较，不发送', en: 'begun by {{actor}}; it is compared and sends nothing' },
    publish: { zh: '发布…', en: 'Publish…' },
    publishTitle: { zh: '发布策略 {{id}} 的草稿', en: 'Publish the draft of policy {{id}}' },
    publishMeans: {
      zh: '成为最新版本，2 秒内生效；可随时恢复旧版本。',
      en: 'It becomes the newest version within 2 s; an earlier one can be rolled back to at any time.',
    },
    submit: { zh: '发布', en: 'Publish' },
    end: { zh: '停止影子运行', en: 'Take it out' },
  },
  test: {
    title: { zh: '试算结果', en: 'What it would have done' },
    figure: { zh: '指标', en: 'Figure' },
    today: { zh: '现行策略', en: 'Today' },
    draft: { zh: '草稿', en: 'Draft' },
    change: { zh: '差异', en: 'Difference' },
    over: { zh: '{{count}} 个决定，{{differs}} 个会不同', en: '{{count}} decisions, {{differs}} would differ' },
    says: { zh: '草稿：{{sentence}}', en: 'The draft: {{sentence}}' },
    unreadable: { zh: '{{count}} 条没有留存依据，未计入', en: '{{count}} kept no inputs and are left out' },
    cut: { zh: '决定太多，只计入较早的部分', en: 'there are more decisions: only the older ones are counted' },
    examples: { zh: '会不同的决定', en: 'Decisions that would differ' },
    waybill: { zh: '运单', en: 'Waybill' },
    value: { zh: '货值', en: 'Value' },
    tally: TALLY_TEXTS,
  },
} as const satisfies TextTree;

/** How couriers keep their word. */
export const SCORE_TEXTS = {
  title: { zh: '记分卡', en: 'Scorecards' },
  about: {
    zh: '最近 30 天发送过的拦截。样本不足 30 时，策略使用假设的成功率。',
    en: 'Orders sent within thirty days. Below a sample of thirty, policies count with a stated assumption.',
  },
  by: { zh: '分组', en: 'Grouped by' },
  carrier: { zh: '快递', en: 'Courier' },
  station: { zh: '站点', en: 'Station' },
  hour: { zh: '小时（北京时间）', en: 'Hour (China)' },
  none: { zh: '这段时间没有发送过拦截', en: 'Nothing was sent in this time' },
  nowhere: { zh: '未知', en: 'not known' },
  asked: { zh: '请求', en: 'Asked' },
  stopped: { zh: '拦下', en: 'Stopped' },
  success: { zh: '成功率', en: 'Success' },
  breach: { zh: '受理后仍签收', en: 'Accepted, yet delivered' },
  time: { zh: '答复时间（一半以内）', en: 'Time to answer (half within)' },
  slow: { zh: '答复时间（95% 以内）', en: 'Time to answer (95% within)' },
  cost: { zh: '每追回一元的成本', en: 'Cost per saved yuan' },
  chance: { zh: '策略采用的成功率', en: 'What policies count with' },
  sample: { zh: '{{share}}（{{count}} 条）', en: '{{share}} of {{count}}' },
  from: {
    station: { zh: '按站点', en: 'by station' },
    hour: { zh: '按小时', en: 'by hour' },
    carrier: { zh: '按快递', en: 'by courier' },
    prior: { zh: '假设', en: 'assumed' },
  },
} as const satisfies TextTree;
