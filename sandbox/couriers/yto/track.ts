import { chinaTime } from '../../frame/clock.js';
import { type Parcel, type Scan, scansUntil } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ParcelAction } from '../../frame/parcel-spec.js';
import type { Outcome } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import { answer, missingField, type Signed, textField, withLine } from './gateway.js';

/**
 * `infoContent`, the same words in query and push. A signature at the sender has no word of its own, and neither has a
 * parcel with a problem: 转寄, which also leaves open where it goes, stands for it.
 */
export const INFO_CONTENTS = {
  GOT: 'GOT',
  DEPARTURE: 'DEPARTURE',
  ARRIVAL: 'ARRIVAL',
  DISPATCH: 'SENT_SCAN',
  SIGNED: 'SIGNED',
  RETURN_SCAN: 'TMS_RETURN',
  RETURN_SIGNED: 'SIGNED',
  INBOUND: 'INBOUND',
  PROBLEM: 'FORWARDING',
} as const satisfies Record<ParcelAction, string>;

/** Track query and subscription. */
export class TrackDesk {
  readonly #subscribed = new Set<string>();

  constructor(
    readonly book: ParcelBook,
    readonly onSubscribed: (parcel: Parcel) => void,
  ) {}

  /** One waybill a call, in upper case or as one client writes it. An unknown waybill is empty, like one without a scan. */
  query({ call, param }: Signed): Outcome {
    const waybillNo = textField(param, 'NUMBER') || textField(param, 'Number');
    const unusable = missingField({ waybillNo }, ['waybillNo']);
    if (unusable !== undefined) return withLine(unusable, { waybillNo });
    const parcel = this.book.get(waybillNo);
    const scans = parcel === undefined ? [] : scansUntil(parcel, call.at, this.book.clock);
    const line = { waybillNo, verdict: 'answered', facts: { scans: scans.length } } as const;
    if (scans.length === 0) {
      const none = { map: { [waybillNo]: [] }, code: '1001', success: 'true', message: '查询结果为空。' };
      return answer(none, { ...line, code: '1001' });
    }
    return answer(
      scans.map((scan) => queryScan(waybillNo, scan)),
      line,
    );
  }

  subscribe({ param }: Signed): Outcome {
    const wanted = readJsonObject(textField(param, 'logistics_interface')) ?? {};
    const line = { waybillNo: textField(wanted, 'waybillNo') };
    const unusable = missingField(param, ['client_id', 'msg_type']) ?? missingField(wanted, ['clientId', 'waybillNo']);
    if (unusable !== undefined) return withLine(unusable, line);
    this.restoreSubscribed(line.waybillNo);
    return answer({ waybillNo: line.waybillNo, success: true }, { ...line, verdict: 'accepted' });
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

function queryScan(waybillNo: string, { action, at, city, facilityName, desc }: Scan) {
  return {
    waybill_No: waybillNo,
    upload_Time: chinaTime(at),
    infoContent: INFO_CONTENTS[action],
    processInfo: desc ?? `【${facilityName}】${INFO_CONTENTS[action]}`,
    city,
    district: '',
    weight: 0.68,
  };
}
