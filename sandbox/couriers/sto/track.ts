import { chinaTime } from '../../frame/clock.js';
import { type Parcel, type Scan, scansUntil } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ParcelAction } from '../../frame/parcel-spec.js';
import type { Outcome } from '../../frame/twin.js';
import type { Answers } from './answers.js';
import { type Service, type Signed, waybillsOf } from './gateway.js';
import type { StoSwitches } from './options.js';

export const TRACK = 'STO_TRACE_QUERY_COMMON' satisfies Service;
export const SUBSCRIBE = 'STO_TRACE_PLATFORM_SUBSCRIBE' satisfies Service;

/** `scanType`, the same words in query and push. A signature at the sender has no word of its own. */
const SCAN_TYPES = {
  GOT: '收件',
  DEPARTURE: '发件',
  ARRIVAL: '到件',
  DISPATCH: '派件',
  SIGNED: '签收',
  RETURN_SCAN: '退回件',
  RETURN_SIGNED: '签收',
  INBOUND: '驿站代收',
  PROBLEM: '问题件',
} as const satisfies Record<ParcelAction, string>;

/** Track query and subscription. */
export class TrackDesk {
  readonly #subscribed = new Set<string>();

  constructor(
    readonly book: ParcelBook,
    readonly switches: StoSwitches,
    readonly answers: Answers,
    readonly onSubscribed: (parcel: Parcel) => void,
  ) {}

  /** An unknown waybill is like one without a scan. */
  query({ call, content }: Signed): Outcome {
    const { order, waybillNoList, ...more } = content;
    const waybills = waybillsOf(content);
    const listed = Array.isArray(waybillNoList) && waybillNoList.length > 0 && waybills.length === waybillNoList.length;
    if (!listed || (order !== 'asc' && order !== 'desc') || Object.keys(more).length > 0) {
      return this.answers.gatewayNo('TWIN_CONTENT', 'bad_request', { waybillNo: waybills[0] });
    }
    const tracks = waybills.map((waybillNo) => {
      const parcel = this.book.get(waybillNo);
      const scans = parcel === undefined ? [] : scansUntil(parcel, call.at, this.book.clock);
      return { waybillNo, scans: order === 'asc' ? scans : [...scans].reverse() };
    });
    const shown = tracks.filter(({ scans }) => scans.length > 0 || this.switches.values.emptyTrack === 'list');
    const routes = shown.map(({ waybillNo, scans }) => [
      waybillNo,
      scans.map((scan) => ({ waybillNo, ...traceOf(scan) })),
    ]);
    const facts = { scans: tracks.reduce((sum, { scans }) => sum + scans.length, 0) };
    return this.answers.done(Object.fromEntries(routes), { waybillNo: waybills[0], verdict: 'answered', facts });
  }

  subscribe({ content }: Signed): Outcome {
    const waybills = waybillsOf(content);
    const { subscribeInfoList, ...more } = content;
    const listed = Array.isArray(subscribeInfoList) && subscribeInfoList.length === waybills.length;
    if (!listed || waybills.length === 0 || Object.keys(more).length > 0) {
      return this.answers.gatewayNo('TWIN_CONTENT', 'bad_request');
    }
    for (const waybillNo of waybills) this.restoreSubscribed(waybillNo);
    return this.answers.done(undefined, { waybillNo: waybills[0], verdict: 'accepted', facts: { waybills } });
  }

  restoreSubscribed(waybillNo: string): void {
    this.#subscribed.add(waybillNo);
    const parcel = this.book.get(waybillNo);
    if (parcel !== undefined) this.onSubscribed(parcel);
  }

  isSubscribed(waybillNo: string): boolean {
    return this.#subscribed.has(waybillNo);
  }
}

/** One scan as the query and the push have it. */
export function traceOf({ action, at, city, facilityCode, facilityName, signer, problemCode, desc }: Scan) {
  return {
    opOrgName: facilityName,
    opOrgCode: facilityCode,
    opOrgType: action === 'INBOUND' ? '3' : '1',
    opOrgCityName: city,
    opOrgProvinceName: '',
    opOrgTel: '',
    opTime: chinaTime(at),
    scanType: SCAN_TYPES[action],
    opEmpName: '',
    opEmpCode: '',
    memo: desc ?? `【${city}】${facilityName} ${SCAN_TYPES[action]}`,
    nextOrgName: '',
    nextOrgCode: '',
    nextOrgType: '',
    issueName: problemCode ?? '',
    signoffPeople: signer ?? '',
    weight: '0.68',
  };
}
