import { chinaTime } from '../../frame/clock.js';
import { type Parcel, type Scan, scansUntil } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ParcelAction } from '../../frame/parcel-spec.js';
import type { Outcome } from '../../frame/twin.js';
import { isRecord } from '../../frame/wire-json.js';
import { done, gatewayNo, type Signed, textField } from './gateway.js';
import type { YundaSwitches } from './options.js';

/** sic: the typo is the real name. */
export const TRACK = 'openapi/outer/logictis/query';
export const SUBSCRIBE = 'openapi/outer/logictis/subscribe';

/** `action` of a step. A signature at the sender has no word of its own. */
const ACTIONS = {
  GOT: 'GOT',
  DEPARTURE: 'DEPARTURE',
  ARRIVAL: 'ARRIVAL',
  DISPATCH: 'SENT',
  SIGNED: 'SIGNED',
  RETURN_SCAN: 'RETURN',
  RETURN_SIGNED: 'SIGNED',
  INBOUND: 'INBOUND',
  PROBLEM: 'ISSUE',
} as const satisfies Record<ParcelAction, string>;

/** Track query and subscription. */
export class TrackDesk {
  readonly #subscribed = new Set<string>();

  constructor(
    readonly book: ParcelBook,
    readonly switches: YundaSwitches,
    readonly onSubscribed: (parcel: Parcel) => void,
  ) {}

  query({ call, fields }: Signed): Outcome {
    const waybillNo = textField(fields, 'mailno');
    if (waybillNo === '') return gatewayNo('TWIN_BODY', 'bad_request', { waybillNo });
    const shown = this.switches.values.showTracks === 'all' || this.#subscribed.has(waybillNo);
    const parcel = shown ? this.book.get(waybillNo) : undefined;
    const scans = parcel === undefined ? [] : scansUntil(parcel, call.at, this.book.clock);
    const found = scans.length > 0;
    const data = {
      mailno: waybillNo,
      result: String(found),
      time: chinaTime(call.at),
      remark: found ? '' : '无数据',
      status: statusOf(scans),
      steps: scans.map(stepOf),
    };
    return done(data, { waybillNo, verdict: 'answered', facts: { scans: scans.length } });
  }

  subscribe({ fields }: Signed): Outcome {
    const orders = (Array.isArray(fields.orders) ? fields.orders : []).filter(isRecord);
    const waybills = orders.map((order) => textField(order, 'mailno'));
    const unusable = orders.some((order) => textField(order, 'orderid') === '' || textField(order, 'mailno') === '');
    if (orders.length === 0 || unusable) return gatewayNo('TWIN_BODY', 'bad_request');
    for (const waybillNo of waybills) this.restoreSubscribed(waybillNo);
    const data = { orders: orders.map((order) => ({ orderid: textField(order, 'orderid'), result: true })) };
    return done(data, { waybillNo: waybills[0], verdict: 'accepted', facts: { waybills } });
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

function statusOf(scans: readonly Scan[]): string {
  const seen = new Set(scans.map(({ action }) => action));
  if (scans.length === 0) return '';
  if (seen.has('RETURN_SCAN') || seen.has('RETURN_SIGNED')) return 'RETURN';
  if (seen.has('SIGNED')) return 'SIGNED';
  return scans.every(({ action }) => action === 'GOT') ? 'GOT' : 'TRANSIT';
}

/** One scan as the query and the push have it. */
export function stepOf({ action, at, city, facilityCode, facilityName, signer, desc }: Scan) {
  return {
    time: chinaTime(at),
    station: facilityCode,
    station_name: facilityName,
    station_type: '1',
    action: ACTIONS[action],
    description: desc ?? `【${city}】${facilityName} ${ACTIONS[action]}`,
    next: '',
    next_type: '',
    next_name: '',
    next_city: '',
    phone: '',
    signer: signer ?? '',
    city,
  };
}
