import { POLICY_REASONS } from './policy/reasons.js';
import { REFUND_REASONS } from './refund/reasons.js';
import { RETURN_REASONS } from './returns/reasons.js';

/**
 * Every reason an intercept (or an after-sale without one) can carry: a stable code for scripts, the business rule it
 * comes from, what a person reads (what happened, why, what to do), and the task it opens, if any (R41, R42, R78).
 */
export interface ReasonRow {
  readonly rule: `R${number}` | null;
  readonly zh: string;
  readonly en: string;
  readonly task?: 'phone_branch' | 'decide' | 'pull_in_warehouse' | 'mend_data' | 'refund' | 'redeliver';
}

export const REASONS = {
  // Eligibility, R10-R19
  cross_border_shop: {
    rule: 'R10',
    zh: '跨境店铺不支持快递拦截，未发送。请按平台流程处理售后。',
    en: 'The shop is a cross-border shop, which may not intercept. Nothing was sent; settle the after-sale by hand.',
  },
  shop_not_active: {
    rule: 'R11',
    zh: '店铺不在正常运营状态，未发送。恢复营业后可重放。',
    en: 'The shop is not in normal operation. Nothing was sent; replay once it is active again.',
  },
  agreement_not_signed: {
    rule: 'R12',
    zh: '店铺未签署快递拦截服务协议，未发送。请先签署协议再重放。',
    en: 'The shop has not signed the intercept agreement. Nothing was sent; sign it first, then replay.',
  },
  goods_not_allowed: {
    rule: 'R13',
    zh: '生鲜、虚拟或定制商品不支持拦截，未发送。请联系买家协商。',
    en: 'Fresh, virtual or made-to-order goods are not intercepted. Nothing was sent; agree with the buyer directly.',
  },
  value_too_high: {
    rule: 'R14',
    zh: '包裹价值达到或超过 1000 元，快递最高只赔 1000 元，未发送。请人工联系快递网点。',
    en: 'The parcel is worth 1000.00 or more and a courier pays at most 1000.00. Nothing was sent; phone the branch if it must come back.',
  },
  value_unknown: {
    rule: 'R14',
    zh: '包裹价值未知，暂不发送。请补充包裹价值后重放。',
    en: 'The value of the parcel is not known, so nothing is sent yet. State its value, then replay.',
  },
  not_refund_only: {
    rule: 'R15',
    zh: '售后不是已发货仅退款，不拦截。',
    en: 'The after-sale is not a refund-only on a shipped order, so the parcel travels on.',
  },
  after_sale_not_open: {
    rule: 'R15',
    zh: '售后已关闭或被拒绝，不拦截。',
    en: 'The after-sale is closed or refused, so there is nothing to intercept.',
  },
  after_sale_unknown: {
    rule: 'R15',
    zh: '售后状态未知，暂不发送，稍后重新读取。',
    en: 'The state of the after-sale is not known. Nothing is sent until the platform says.',
  },
  refund_already_paid: {
    rule: 'R15',
    zh: '退款已支付，策略设置为不拦截。',
    en: 'The refund is paid already and the policy says not to intercept then.',
  },
  not_picked_up: {
    rule: 'R16',
    zh: '快递尚未揽收，等待揽收扫描后自动发送。若未出库，请仓库直接取出。',
    en: 'The courier has not picked the parcel up yet. It is sent as soon as a pick-up scan appears; pull it in the warehouse if it is still there.',
  },
  never_picked_up: {
    rule: 'R16',
    zh: '截止时间已到仍无揽收扫描，未发送。请仓库与快递核实包裹在哪里。',
    en: 'There was still no pick-up scan at the deadline and nothing was sent. Ask the warehouse and the courier where the parcel is.',
    task: 'pull_in_warehouse',
  },
  delivered: {
    rule: 'R16',
    zh: '包裹已签收，拦截已来不及。请联系买家退回。',
    en: 'The parcel has been delivered, too late to intercept. Ask the buyer to return it.',
  },
  phone_branch: {
    rule: 'R69',
    zh: '包裹已在派送，接口已不受理。请立即电话联系派件网点拦下。',
    en: 'The parcel is out for delivery, too late for the API. Phone the delivery branch now and ask them to keep it.',
    task: 'phone_branch',
  },
  already_returning: {
    rule: 'R16',
    zh: '包裹已在退回途中，无需拦截。请留意退件入库。',
    en: 'The parcel is on its way back already, so nothing was sent. Expect it in the warehouse.',
  },
  parcel_lost: {
    rule: 'R16',
    zh: '快递显示包裹遗失，未发送。请向快递索赔。',
    en: 'The courier reports the parcel lost, so nothing was sent. File a claim.',
    task: 'decide',
  },
  track_unclear: {
    rule: 'R16',
    zh: '最新轨迹含义未知，暂不发送，等待下一次扫描。',
    en: 'The newest scan is one we do not know. Nothing is sent until the track is clear.',
  },
  carrier_not_connected: {
    rule: 'R17',
    zh: '快递公司未接入或未映射，未发送。请添加映射或账号后重放。',
    en: 'The courier is not connected or not mapped. Nothing was sent; add the alias or the account, then replay.',
  },
  no_account: {
    rule: 'R17',
    zh: '该店铺没有此快递的可用账号，未发送。请配置账号后重放。',
    en: 'The shop has no enabled account at this courier. Nothing was sent; add the account, then replay.',
  },
  sibling_not_refunding: {
    rule: 'R19',
    zh: '同一包裹内还有其他未退款的订单，未发送。请人工决定是否拦截。',
    en: 'Another order in the same parcel is not being refunded. Nothing was sent; a person decides.',
    task: 'decide',
  },
  // Amounts and contents, R60-R62
  partial_refund: {
    rule: 'R60',
    zh: '退款金额小于买家实付，属于补偿或差价，不拦截。',
    en: 'The refund is less than the buyer paid: compensation or a price difference, so the parcel travels on.',
  },
  partial_refund_ask: {
    rule: 'R60',
    zh: '退款金额小于买家实付，策略要求人工确认，未发送。',
    en: 'The refund is less than the buyer paid and the policy asks a person first. Nothing was sent.',
    task: 'decide',
  },
  amount_unknown: {
    rule: 'R60',
    zh: '退款金额或实付金额未知，暂不发送，稍后重新读取。',
    en: 'The refund or the paid amount is not known. Nothing is sent until it is; unknown is neither zero nor full.',
  },
  parcel_not_whole: {
    rule: 'R61',
    zh: '同一订单还有其他商品未退款，暂不发送，全部申请后自动继续。',
    en: 'Other lines of the same order are not refunded yet. Nothing is sent; it goes on by itself when all are.',
  },
  contents_unknown: {
    rule: 'R62',
    zh: '包裹内容未核实，尚未发送任何拦截。请补充包裹内容。',
    en: 'What else the parcel holds could not be read. No intercept has been sent yet; supply its contents.',
    task: 'decide',
  },
  // Shop mode and policy, R76
  before_start: {
    rule: 'R76',
    zh: '售后早于店铺启用时间，未发送。可预览后重放。',
    en: 'The after-sale is older than the start of this shop. Nothing was sent; release it by a replay.',
  },
  observe_only: {
    rule: 'R76',
    zh: '店铺处于观察模式，只判断不发送。',
    en: 'The shop only observes: decided and shown, nothing was sent.',
  },
  approval: { rule: 'R76', zh: '需要人工批准后发送。', en: 'A person must approve before anything is sent.' },
  approval_missed: {
    rule: 'R76',
    zh: '截止时间前无人批准，未发送。',
    en: 'Nobody approved before the deadline, so nothing was sent.',
    task: 'decide',
  },
  ...POLICY_REASONS,
  // Waiting and working
  checking: { rule: null, zh: '正在查询轨迹，随后决定。', en: 'The track is being read; the decision follows.' },
  ready: { rule: null, zh: '符合条件，等待发送。', en: 'It qualifies and waits for its turn.' },
  sending: { rule: null, zh: '正在向快递发送。', en: 'The order is being sent to the courier.' },
  answer_lost: {
    rule: null,
    zh: '未收到快递的可信答复，正在查询，不会重复发送。',
    en: 'No trustworthy answer came back. The courier is being asked; nothing is sent twice.',
  },
  not_sent: { rule: null, zh: '请求未发出，将重试。', en: 'The request never left us; it is tried again.' },
  throttled: { rule: null, zh: '快递限流，稍后重试。', en: 'The courier is throttling; it is tried again shortly.' },
  courier_unavailable: {
    rule: null,
    zh: '快递服务暂不可用，将重试。',
    en: 'The courier is out of service; it is tried again.',
  },
  proved_absent: {
    rule: null,
    zh: '快递确认没有收到，重新发送。',
    en: 'The courier proved that it has no order, so it is sent again under the same number.',
  },
  // What the courier said
  courier_accepted: {
    rule: null,
    zh: '快递已受理拦截，等待结果。',
    en: 'The courier took the order. Its result is awaited.',
  },
  asked_elsewhere: {
    rule: 'R71',
    zh: '该包裹已在别处发起拦截，跟踪其结果。',
    en: 'This parcel was asked to be stopped elsewhere; its result is followed.',
  },
  courier_stopped: {
    rule: null,
    zh: '快递已拦截成功，包裹正在退回。',
    en: 'The courier stopped the parcel; it is on its way back.',
  },
  returned: { rule: null, zh: '包裹已退回寄件人。', en: 'The parcel is back at the sender.' },
  courier_failed: {
    rule: 'R50',
    zh: '快递反馈拦截失败，包裹照常派送。请联系买家拒收或退回。',
    en: 'The courier could not stop it; the parcel is delivered as usual. Ask the buyer to refuse or return it.',
  },
  delivered_after_acceptance: {
    rule: 'R52',
    zh: '快递已受理但仍然派送签收，可向快递索赔。',
    en: 'The courier took the order and delivered all the same. It may owe a claim.',
  },
  cancelled_at_courier: { rule: null, zh: '拦截已在快递处取消。', en: 'The order was cancelled at the courier.' },
  courier_too_late: {
    rule: 'R16',
    zh: '快递拒绝：包裹已到派件环节。请立即电话联系派件网点。',
    en: 'Refused: the parcel is past the point of interception. Phone the delivery branch at once.',
    task: 'phone_branch',
  },
  courier_already_delivered: {
    rule: 'R16',
    zh: '快递拒绝：包裹已签收。请联系买家退回。',
    en: 'Refused: the parcel has been delivered. Ask the buyer to return it.',
  },
  courier_not_allowed: {
    rule: null,
    zh: '快递拒绝：该件不允许拦截。包裹照常派送。',
    en: 'Refused: the courier does not intercept this parcel. It is delivered as usual.',
  },
  courier_not_ours: {
    rule: null,
    zh: '快递拒绝：账号无权拦截该单号。请核对账号归属与权限。',
    en: 'Refused: this account may not intercept this waybill. Check whose account shipped it and its rights.',
    task: 'mend_data',
  },
  courier_lost: {
    rule: null,
    zh: '快递拒绝：包裹已遗失或弃件。请向快递索赔。',
    en: 'Refused: the parcel is lost or abandoned. File a claim.',
    task: 'decide',
  },
  courier_limit_reached: {
    rule: null,
    zh: '快递拒绝：超过最大拦截次数。',
    en: 'Refused: the courier allows no further intercept of this parcel.',
  },
  courier_bad_data: {
    rule: null,
    zh: '快递拒绝：请求数据有误。请核对后重试。',
    en: 'Refused: the courier calls our data wrong. Check it, then retry.',
    task: 'mend_data',
  },
  courier_unknown_waybill: {
    rule: null,
    zh: '快递拒绝：单号不存在。请核对单号与快递公司。',
    en: 'Refused: the courier does not know this waybill. Check the number and the courier.',
    task: 'mend_data',
  },
  courier_order_cancelled: {
    rule: 'R53',
    zh: '快递尚未揽收，已直接取消运单：包裹不会发出，不收拦截费。该运单号不能再用，请仓库取出货物。',
    en: 'The courier had not picked it up yet and cancelled the shipment: nothing travels and no fee is due. The waybill cannot be used again; take the goods out in the warehouse.',
    task: 'pull_in_warehouse',
  },
  callback_missing: {
    rule: 'R79',
    zh: '该渠道只通过回调告知结果，已超过应到时间仍未收到。请向渠道或快递核实，再记录结果。',
    en: 'This channel tells the result by callback only and none came in time. Ask the channel or the courier, then record the outcome.',
    task: 'decide',
  },
  other_goods_stopped: {
    rule: 'R62',
    zh: '平台告知包裹内还有其他订单的商品，拦截会一并退回。请联系这些订单的买家，或撤回拦截。',
    en: 'The platform says that goods of other orders travel in this parcel and come back with it. Tell their buyers, or withdraw the intercept.',
    task: 'decide',
  },
  courier_unknown_code: {
    rule: null,
    zh: '快递返回未知代码，按失败处理，未视为成功。请查看原始代码。',
    en: 'The courier answered a code nobody documented. It is not taken for a success; see the raw code.',
    task: 'decide',
  },
  request_malformed: {
    rule: null,
    zh: '快递认为请求格式错误，已停止重试。请联系技术支持。',
    en: 'The courier calls our request malformed; it is not repeated. Report it to the developers.',
    task: 'mend_data',
  },
  // Ends
  refund_withdrawn: {
    rule: null,
    zh: '买家撤销了退款，未发送拦截。',
    en: 'The buyer withdrew the refund before anything was sent.',
  },
  withdrawn_by_person: { rule: null, zh: '已被人工撤销。', en: 'A person withdrew it.' },
  type_changed: {
    rule: 'R15',
    zh: '售后类型已改变，不再拦截。',
    en: 'The after-sale became another type, so nothing is sent.',
  },
  type_changed_after_acceptance: {
    rule: 'R15',
    zh: '快递受理后售后类型改变，请人工确认买家是否选错类型。',
    en: 'The after-sale became another type after the courier took the order. Ask whether the buyer chose the wrong type.',
    task: 'decide',
  },
  withdrawn_after_stop: {
    rule: 'R80',
    zh: '包裹已拦截成功后买家撤销退款。费用照付，请安排重新派送。',
    en: 'The buyer withdrew the refund after the parcel was stopped. The fee stays due; arrange a new delivery.',
    task: 'redeliver',
  },
  cannot_recall: {
    rule: 'R80',
    zh: '快递已受理且无法撤回。请联系网点恢复派送。',
    en: 'The courier took the order and it cannot be recalled. Ask the branch to deliver after all.',
    task: 'phone_branch',
  },
  cancel_asked: { rule: null, zh: '正在向快递请求取消拦截。', en: 'The courier is being asked to cancel the order.' },
  deadline_passed: {
    rule: null,
    zh: '已过最晚发送时间，未发送。',
    en: 'The last useful moment to send has passed. Nothing was sent.',
  },
  outcome_overdue: {
    rule: null,
    zh: '快递受理后长时间没有结果，请人工核实。',
    en: 'The courier took the order and has said nothing for too long. A person checks.',
    task: 'decide',
  },
  answer_never_proved: {
    rule: null,
    zh: '无法确认快递是否已受理，请人工核实后处理。',
    en: 'It could not be proved whether the courier took the order. A person checks before anything is sent.',
    task: 'decide',
  },
  restored: {
    rule: null,
    zh: '数据库从备份恢复，此前可能已发送，先向快递核实。',
    en: 'The database came back from a backup: an order may have been sent since. The courier is asked first.',
    task: 'decide',
  },
  given_up: { rule: null, zh: '人工确认放弃，未再发送。', en: 'A person gave it up; nothing more is sent.' },
  waybill_changed: {
    rule: 'R65',
    zh: '运单号已变更，原单结束，新单重新判断。',
    en: 'The waybill changed: this one ends, the new parcel is judged afresh.',
  },
  rechecking: {
    rule: 'R72',
    zh: '售后信息已过期，发送前重新读取。',
    en: 'What we know of the after-sale is old; it is read once more before anything is sent.',
  },
  // After-sales without a parcel
  no_parcel: {
    rule: 'R15',
    zh: '平台没有返回物流单号，可能尚未发货。',
    en: 'The platform names no waybill, perhaps because nothing was shipped yet.',
  },
  detail_pending: { rule: null, zh: '正在读取售后详情。', en: 'The details of the after-sale are being read.' },
  detail_failed: {
    rule: null,
    zh: '读取售后详情失败，将重试。',
    en: 'The details of the after-sale could not be read; it is tried again.',
  },
  auth_expired: {
    rule: null,
    zh: '平台授权已失效，请重新授权店铺。',
    en: 'The platform no longer accepts the shop’s authorisation. Authorise the shop again.',
    task: 'mend_data',
  },
  ...REFUND_REASONS,
  ...RETURN_REASONS,
} as const satisfies Record<string, ReasonRow>;

export type Reason = keyof typeof REASONS;

export function isReason(code: string): code is Reason {
  return Object.hasOwn(REASONS, code);
}

/** The row of a reason with the optional parts typed. */
export function reasonRow(reason: Reason): ReasonRow {
  return REASONS[reason];
}
