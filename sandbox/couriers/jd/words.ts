import type { ParcelAction } from '../../frame/parcel-spec.js';

/** One scan in JD's words; an event that JD has no word for has its status alone. */
interface ScanWord {
  readonly state?: string;
  readonly category: string;
  readonly title: string;
}

/** The way back begins with a new label, which is inferred; its end has no word of its own. */
const WORDS = {
  GOT: { state: '200001', category: '420', title: '揽收' },
  DEPARTURE: { state: '10054', category: '430', title: '分拣发货' },
  ARRIVAL: { state: '200017', category: '430', title: '分拣收货' },
  DISPATCH: { state: '11000', category: '440', title: '派件' },
  SIGNED: { state: '10034', category: '510', title: '妥投' },
  RETURN_SCAN: { state: '200020', category: '480', title: '换单打印' },
  RETURN_SIGNED: { state: '10034', category: '510', title: '妥投' },
  INBOUND: { category: '440', title: '派送中' },
  PROBLEM: { category: '500', title: '异常终止' },
} as const satisfies Record<ParcelAction, ScanWord>;

const AT_STATION: ScanWord = { state: '10033', category: '430', title: '站点验货' };

const STATUS_NAMES: Readonly<Record<string, string>> = {
  '420': '已揽收',
  '430': '运输中',
  '440': '派送中',
  '480': '已拦截',
  '500': '异常终止',
  '510': '妥投',
};

export function wordOf({ action, deliveryBranch }: { action: ParcelAction; deliveryBranch: boolean }): ScanWord {
  return action === 'ARRIVAL' && deliveryBranch ? AT_STATION : WORDS[action];
}

export function statusName(category: string): string {
  return STATUS_NAMES[category] ?? '';
}
