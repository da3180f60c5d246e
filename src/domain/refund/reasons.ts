import type { ReasonRow } from '../reasons.js';

/** Why a refund waits, was paid, was not paid, or needs a person (R73, R74). Part of the one table of reasons. */
export const REFUND_REASONS = {
  refund_waits: {
    rule: 'R73',
    zh: '包裹尚未到达策略规定的环节，暂不同意退款。',
    en: 'The parcel has not come as far back as the policy wants, so the refund is not agreed yet.',
  },
  refund_not_all: {
    rule: 'R74',
    zh: '该售后有多个包裹，只有部分到达策略规定的环节，暂不同意退款。',
    en: 'The after-sale travels in several parcels and only some have come far enough back. The refund waits for all.',
  },
  refund_never: {
    rule: 'R73',
    zh: '策略设置为不自动同意退款，只关注平台倒计时。',
    en: 'The policy never agrees refunds; only the platform’s clock is watched.',
  },
  refund_off: {
    rule: 'R76',
    zh: '店铺未开启退款处理。',
    en: 'Refunds are switched off for this shop.',
  },
  refund_hours: {
    rule: 'R73',
    zh: '已到达同意退款的环节，等待策略允许的时段，届时重新核对售后和轨迹。',
    en: 'Ready to be agreed; it waits for the hours of the policy, and the after-sale and the track are looked at anew then.',
  },
  refund_road_unknown: {
    rule: 'R67',
    zh: '轨迹未能核实，暂不同意退款，将再次查询。',
    en: 'The track could not be read or shows nothing, so the refund waits and it is read again.',
  },
  refund_platform_pays: {
    rule: 'R73',
    zh: '平台渠道拦截成功后由平台自动退款，系统不再重复同意。',
    en: 'The platform refunds by itself after a stop over its own channel, so nothing is agreed by us.',
  },
  refund_lost_way: {
    rule: 'R73',
    zh: '包裹未能拦下，不同意退款；将在平台倒计时结束前处理。',
    en: 'The parcel could not be stopped, so the refund is not agreed; it is dealt with before the platform’s clock ends.',
  },
  refund_not_sent: {
    rule: 'R73',
    zh: '同意退款的请求未能发出或平台暂不受理，将重试。',
    en: 'The call did not leave, or the platform took nothing; it is tried again.',
  },
  refund_sending: {
    rule: 'R73',
    zh: '正在向平台提交退款决定。',
    en: 'The decision is being sent to the platform.',
  },
  refund_acknowledged: {
    rule: 'R73',
    zh: '平台已受理，正在核对售后状态；受理不等于已退款。',
    en: 'The platform took it; the after-sale is read back. Taken is not yet paid.',
  },
  refund_unproved: {
    rule: 'R73',
    zh: '未收到平台的可信答复，正在核对售后状态，不会重复提交。',
    en: 'No trustworthy answer came. The after-sale is read back; nothing is sent twice.',
  },
  refund_agreed: {
    rule: 'R73',
    zh: '已同意退款，平台状态已核对。',
    en: 'The refund is agreed; the platform’s state says so.',
  },
  refund_rejecting: {
    rule: 'R73',
    zh: '已在平台倒计时结束前拒绝退款，等待平台状态更新。',
    en: 'The refund was rejected before the platform’s clock ended; its state is awaited.',
  },
  refund_rejected: {
    rule: 'R73',
    zh: '已拒绝退款，平台状态已核对。',
    en: 'The refund is rejected; the platform’s state says so.',
  },
  refund_settled: {
    rule: 'R73',
    zh: '退款已由平台、他人或其他系统处理，系统无需再同意。',
    en: 'The refund was settled elsewhere: by the platform, a person or another system. Nothing is agreed by us.',
  },
  refund_gone: {
    rule: 'R73',
    zh: '售后已撤销、关闭或被拒绝，不再退款。',
    en: 'The after-sale is withdrawn, closed or refused; nothing is paid.',
  },
  refund_done_by_hand: {
    rule: 'R73',
    zh: '已由人工在平台处理。',
    en: 'A person has dealt with it at the platform.',
  },
  refund_approved: {
    rule: 'R73',
    zh: '已人工批准，付款前再核对一次售后。',
    en: 'A person approved it; the after-sale is looked at once more before money moves.',
  },
  // What a person is asked
  refund_approval: {
    rule: 'R76',
    zh: '退款等待人工批准。',
    en: 'The refund is ready and waits for a person’s approval.',
    task: 'refund',
  },
  refund_by_hand: {
    rule: 'R73',
    zh: '可以同意退款，但该平台没有可用接口或金额超过接口上限，请人工在平台后台处理。',
    en: 'The refund may be agreed, but by no interface of this platform, or not for this amount. Agree it in its back office.',
    task: 'refund',
  },
  refund_changed: {
    rule: 'R73',
    zh: '售后金额、订单或类型已变更，未同意退款，请人工核对。',
    en: 'The amount, the order or the kind of the after-sale has changed. Nothing was agreed; a person decides.',
    task: 'refund',
  },
  refund_road: {
    rule: 'R73',
    zh: '最新轨迹与拦截结果不符（派送中、已签收、遗失或不明），未同意退款，请人工核实。',
    en: 'The newest track speaks against the stop: out for delivery, delivered, lost or unclear. Nothing was agreed; a person checks.',
    task: 'refund',
  },
  refund_goods_differ: {
    rule: 'R75',
    zh: '入库的货物与寄出的不符（少件、货不符或破损），未同意退款，请人工决定。',
    en: 'The warehouse booked fewer, other or damaged goods. Nothing was agreed; a person decides.',
    task: 'refund',
  },
  refund_clock_ends: {
    rule: 'R73',
    zh: '包裹未能拦下，平台倒计时即将结束，届时可能自动退款，请立即拒绝、延长或协商。',
    en: 'The parcel was not stopped and the platform’s clock ends soon: silence may refund. Reject, extend or agree now.',
    task: 'refund',
  },
  refund_clock_pending: {
    rule: 'R73',
    zh: '包裹尚未退回，平台倒计时即将结束，届时可能自动退款，请人工决定。',
    en: 'The parcel is not back yet and the platform’s clock ends soon: silence may refund. A person decides.',
    task: 'refund',
  },
  refund_clock_unknown: {
    rule: 'R73',
    zh: '包裹未能拦下，平台倒计时未知，请人工在平台处理售后。',
    en: 'The parcel was not stopped and the platform’s clock is not known. Settle the after-sale at the platform.',
    task: 'refund',
  },
  refund_refused: {
    rule: 'R73',
    zh: '平台拒绝了退款操作，未重复提交，请查看平台原因。',
    en: 'The platform refused the decision; it is not repeated. See the platform’s reason.',
    task: 'refund',
  },
  refund_never_proved: {
    rule: 'R73',
    zh: '长时间无法核实退款是否成功，不会重复提交，请人工在平台核实。',
    en: 'It could not be proved for too long whether the refund took. Nothing is sent again; check it at the platform.',
    task: 'refund',
  },
  refund_contradicted: {
    rule: 'R73',
    zh: '已提交退款决定，但平台显示的售后状态与之矛盾，请人工核实。',
    en: 'The decision was sent, but the platform shows an after-sale that contradicts it. A person checks.',
    task: 'refund',
  },
} as const satisfies Record<string, ReasonRow>;
