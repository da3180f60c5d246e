import type { ParcelPhase } from '../../../domain/tracking/sighting.js';
import { lookUp } from '../look-up.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/** `opCode` of a route, the same in the query and in the push. Names are from one list; what they come to is our reading. */
export const OP_CODES: Readonly<Record<string, ScanRow>> = {
  '50': { zh: '顺丰已收件', phase: 'picked_up' },
  '54': { zh: '上门收件', phase: 'picked_up' },
  '43': { zh: '收件入仓 / 顺丰已收件', phase: 'picked_up' },
  '30': { zh: '已装车', phase: 'moving' },
  '31': { zh: '到达', phase: 'moving' },
  '302': { zh: '发车', phase: 'moving' },
  '304': { zh: '离开经停点', phase: 'moving' },
  '3036': { zh: '送往下一站', phase: 'moving' },
  '105': { zh: '航空起飞', phase: 'moving' },
  '106': { zh: '航空落地', phase: 'moving' },
  '77': { zh: '中转滞留', phase: 'moving' },
  // Sources differ between 封车操作 and 快件到达: on the road either way.
  '36': { zh: '封车操作 / 快件到达', phase: 'moving' },
  // "Something is wrong with the delivery", before or after it was tried: not said.
  '33': { zh: '派件异常', phase: 'unknown' },
  // Sources differ (正在分配快递员, 派件责任交接): the later one is the cautious one.
  '44': { zh: '正在派送途中', phase: 'out_for_delivery' },
  '204': { zh: '派件责任交接 / 正在派送途中', phase: 'out_for_delivery' },
  // Delivery was tried: past the window, and not with the buyer.
  '70': { zh: '派件不成功', phase: 'out_for_delivery' },
  // To, or in, a station or a locker, not yet with the buyer: past stopping, not delivered.
  '123': { zh: '送往顺丰店/站', phase: 'out_for_delivery' },
  '130': { zh: '到达顺丰店/站', phase: 'out_for_delivery' },
  '125': { zh: '派件至丰巢', phase: 'out_for_delivery' },
  '658': { zh: '合作点已派件', phase: 'out_for_delivery' },
  // Taken out by the buyer or by the courier's man: not said.
  '126': { zh: '从丰巢取出', phase: 'unknown' },
  '128': { zh: '客户从丰巢取件成功', phase: 'delivered' },
  // Taken in by an agent, of the sender or of the buyer: not said.
  '607': { zh: '代理收件', phase: 'unknown' },
  '80': { zh: '已签收', phase: 'delivered' },
  '8000': { zh: '签收人信息可查看', phase: 'delivered' },
  // On its way to another address, whose is not said; `returnCodes` can say that it is ours.
  '99': { zh: '应客户要求，快件正在转寄中', phase: 'unknown' },
  '648': { zh: '快件已退回/转寄，新单号为 XXX', phase: 'returning' },
  '631': { zh: '新单退回', phase: 'returning' },
  '660': { zh: '合作点退件给客户', phase: 'returning' },
};

/** Where a scan puts the parcel. An `opCode` that nobody explained is `unknown`, which blocks (R70). */
export function phaseOf(opCode: string, returnCodes: readonly string[]): ParcelPhase {
  return returnCodes.includes(opCode) ? 'returning' : (lookUp(OP_CODES, opCode)?.phase ?? 'unknown');
}

/** The scan that tells the number of the way back. */
export const RETURNED_UNDER_NEW_NUMBER = '648';

/** The number that 快件已退回/转寄，新单号为 XXX names; null: none that looks like a waybill of SF. */
export function returnWaybillIn(remark: string): string | null {
  return /新单号[^\dA-Za-z]{0,4}(SF\d{10,15}|\d{12,15})(?!\d)/i.exec(remark)?.[1]?.toUpperCase() ?? null;
}
