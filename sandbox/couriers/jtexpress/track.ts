import { chinaTime } from '../../frame/clock.js';
import { type Parcel, type Scan, scansUntil } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ParcelAction } from '../../frame/parcel-spec.js';
import type { Outcome } from '../../frame/twin.js';
import { isRecord } from '../../frame/wire-json.js';
import { done, gatewayNo, type Signed, textField } from './gateway.js';
import type { JtexpressOptions, JtexpressSwitches } from './options.js';

export const TRACE = 'webopenplatformapi/api/logistics/trace';
export const SUBSCRIBE = 'webopenplatformapi/api/trace/subscribe';

/** As many as the documents are said to suggest. */
const MOST_WAYBILLS = 10;

/** The nodes of J&T's track. A signature at the sender has no node of its own. */
const NODES = {
  GOT: { number: '1', name: '快件揽收' },
  DEPARTURE: { number: '3', name: '发件' },
  ARRIVAL: { number: '4', name: '到件' },
  INBOUND: { number: '7', name: '代理点收入' },
  DISPATCH: { number: '9', name: '出库(派件)' },
  SIGNED: { number: '10', name: '快件签收' },
  RETURN_SIGNED: { number: '10', name: '快件签收' },
  PROBLEM: { number: '11', name: '问题件' },
  RETURN_SCAN: { number: '14', name: '退件扫描' },
} as const satisfies Record<ParcelAction, { number: string; name: string }>;

/** Track query and subscription. */
export class TrackDesk {
  readonly #subscribed = new Set<string>();

  constructor(
    readonly book: ParcelBook,
    readonly options: JtexpressOptions,
    readonly switches: JtexpressSwitches,
    readonly onSubscribed: (parcel: Parcel) => void,
  ) {}

  /** A waybill nobody knows is left out of the answer; one without a scan is in it with an empty list. */
  query({ call, fields }: Signed): Outcome {
    const waybills = textField(fields, 'billCodes').split(',');
    const line = { waybillNo: waybills[0] };
    const unusable = Object.keys(fields).length !== 1 || waybills.includes('') || waybills.length > MOST_WAYBILLS;
    if (unusable) return gatewayNo('TWIN_BODY', 'bad_request', line);
    const tracks = waybills.flatMap((waybillNo) => {
      const parcel = this.book.get(waybillNo);
      return parcel === undefined ? [] : [this.trackOf(waybillNo, scansUntil(parcel, call.at, this.book.clock))];
    });
    const scans = tracks.reduce((sum, { details }) => sum + details.length, 0);
    return done(tracks, { ...line, verdict: 'answered', facts: { scans } });
  }

  subscribe({ fields }: Signed): Outcome {
    const list = (Array.isArray(fields.list) ? fields.list : []).filter(isRecord);
    const waybills = list.map((item) => textField(item, 'waybillCode'));
    const named = list.every((item) => /^\d+(&\d+)*$/.test(textField(item, 'traceNode')) && 'backUrl' in item);
    if (textField(fields, 'id') !== this.options['api-account'] || waybills.length === 0 || !named) {
      return gatewayNo('TWIN_BODY', 'bad_request');
    }
    if (waybills.includes('')) return gatewayNo('TWIN_BODY', 'bad_request');
    for (const waybillNo of waybills) this.restoreSubscribed(waybillNo);
    return done(null, { waybillNo: waybills[0], verdict: 'accepted', facts: { waybills } });
  }

  restoreSubscribed(waybillNo: string): void {
    this.#subscribed.add(waybillNo);
    const parcel = this.book.get(waybillNo);
    if (parcel !== undefined) this.onSubscribed(parcel);
  }

  isSubscribed(waybillNo: string): boolean {
    return this.#subscribed.has(waybillNo);
  }

  /** One entry of the track query, and the content of a push. */
  trackOf(waybillNo: string, scans: readonly Scan[]) {
    return { billCode: waybillNo, details: scans.map((scan) => detailOf(scan, this.switches.values.scanTypeAs)) };
  }
}

function detailOf({ action, at, city, facilityCode, facilityName, desc }: Scan, as: 'name' | 'number') {
  const node = NODES[action];
  return {
    scanTime: chinaTime(at),
    desc: desc ?? `【${city}】${facilityName} ${node.name}`,
    scanType: node[as],
    scanNetworkTypeName: '网点',
    scanNetworkName: facilityName,
    scanNetworkId: facilityCode,
    scanNetworkProvince: '',
    scanNetworkCity: city,
    scanNetworkArea: '',
    scanNetworkDetailAddress: '',
  };
}
