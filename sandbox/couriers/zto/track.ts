import { type Parcel, type Scan, scansUntil } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ParcelAction } from '../../frame/parcel-spec.js';
import type { Outcome } from '../../frame/twin.js';
import { textOf } from './codes.js';
import { answer, missingField, type Signed, textField } from './gateway.js';

export const TRACK = 'zto.merchant.waybill.track.query';
/** sic: the typo is the real name. */
export const SUBSCRIBE = 'zto.merchant.waybill.track.subsrcibe';

/** `scanType` of the query. Locker scans come in English and mean other things than the push actions of that name. */
const SCAN_TYPES = {
  GOT: '收件',
  DEPARTURE: '发件',
  ARRIVAL: '到件',
  DISPATCH: '派件',
  SIGNED: '签收',
  RETURN_SCAN: '退件',
  RETURN_SIGNED: '退件签收',
  INBOUND: 'ARRIVAL',
  PROBLEM: '问题件',
} as const satisfies Record<ParcelAction, string>;

const SUCCESS = { status: true, statusCode: 'SYS000', message: '操作成功' } as const;

/** Track query and subscription. */
export class TrackDesk {
  readonly #subscribed = new Set<string>();

  constructor(
    readonly book: ParcelBook,
    readonly onSubscribed: (parcel: Parcel) => void,
  ) {}

  /** A waybill nobody knows has an empty list, like a parcel without a scan (the difference is not documented). */
  query({ call, fields }: Signed): Outcome {
    const line = { waybillNo: textField(fields, 'billCode') };
    const missing = missingField(fields, ['billCode']);
    if (missing !== undefined) return { ...missing, line: { ...line, ...missing.line } };
    const parcel = this.book.get(line.waybillNo);
    const code = parcel && phoneProblem(parcel, fields);
    if (code !== undefined) {
      return answer(
        { status: false, statusCode: code, message: textOf(code), result: null },
        { ...line, verdict: 'refused', code },
      );
    }
    const scans = parcel === undefined ? [] : scansUntil(parcel, call.at, this.book.clock);
    const result = scans.map((scan) => queryScan(line.waybillNo, scan));
    return answer(
      { ...SUCCESS, result },
      { ...line, verdict: 'answered', code: 'SYS000', facts: { scans: result.length } },
    );
  }

  subscribe({ fields }: Signed): Outcome {
    const line = { waybillNo: textField(fields, 'billCode') };
    const missing = missingField(fields, ['billCode']);
    if (missing !== undefined) return { ...missing, line: { ...line, ...missing.line } };
    this.restoreSubscribed(line.waybillNo);
    return answer({ result: null, ...SUCCESS }, { ...line, verdict: 'accepted', code: 'SYS000' });
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

function phoneProblem({ spec }: Parcel, fields: Readonly<Record<string, unknown>>): string | undefined {
  if (spec.phoneLast4 === undefined) return undefined;
  const given = textField(fields, 'mobilePhone');
  if (given === '') return 'E413';
  return given === spec.phoneLast4 ? undefined : 'E409';
}

function queryScan(billCode: string, scan: Scan) {
  const { action, at, city, facilityName, signer, desc } = scan;
  return {
    billCode,
    scanType: SCAN_TYPES[action],
    scanDate: at,
    scanSite: { name: facilityName, city, prov: '' },
    preOrNextSite: null,
    signMan: signer ?? null,
    operateUser: null,
    operateUserPhone: null,
    desc: desc ?? `【${city}】${facilityName} ${SCAN_TYPES[action]}`,
  };
}
