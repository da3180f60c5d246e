import { chinaTime } from '../../frame/clock.js';
import { type Parcel, type Scan, scansUntil } from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import type { ParcelAction } from '../../frame/parcel-spec.js';
import type { Outcome } from '../../frame/twin.js';
import { done, lineOf, type Passed, refusal, textField } from './gateway.js';
import type { SfOptions, SfSwitches } from './options.js';

/** `opCode` of a scan. A signature at the sender has no code of its own. */
const OP_CODES = {
  GOT: '50',
  DEPARTURE: '30',
  ARRIVAL: '31',
  DISPATCH: '44',
  SIGNED: '80',
  RETURN_SCAN: '648',
  RETURN_SIGNED: '80',
  INBOUND: '125',
  PROBLEM: '33',
} as const satisfies Record<ParcelAction, string>;

const FIELDS = ['language', 'trackingType', 'trackingNumber', 'methodType', 'checkPhoneNo', 'referenceNumber'];
const MOST_NUMBERS = 10;

/** One route as the query and the push have it. */
export interface Route {
  readonly mailNo: string;
  readonly acceptTime: string;
  readonly acceptAddress: string;
  readonly remark: string;
  readonly opCode: string;
}

/** The number of a parcel's way back: not documented, made from the old one. */
function returnNumber(waybillNo: string): string {
  return `SF9${waybillNo.replace(/\D/g, '').slice(-12).padStart(12, '0')}`;
}

/** A scan under the number it is shown under: the end of the way back has one of its own, told by 648. */
export function routeOf(waybillNo: string, { action, at, city, facilityName, desc }: Scan, ownNumber: boolean): Route {
  const back = returnNumber(waybillNo);
  const told = `快件已退回/转寄,新单号为: ${back}`;
  return {
    mailNo: ownNumber && action === 'RETURN_SIGNED' ? back : waybillNo,
    acceptTime: chinaTime(at),
    acceptAddress: city,
    remark: desc ?? (ownNumber && action === 'RETURN_SCAN' ? told : `顺丰速运 ${facilityName} ${OP_CODES[action]}`),
    opCode: OP_CODES[action],
  };
}

/** Route query and registration. */
export class TrackDesk {
  readonly #registered = new Set<string>();

  constructor(
    readonly book: ParcelBook,
    readonly options: SfOptions,
    readonly switches: SfSwitches,
    readonly onRegistered: (parcel: Parcel) => void,
  ) {}

  query(passed: Passed): Outcome {
    const { call, msgData } = passed;
    const numbers = Array.isArray(msgData.trackingNumber) ? msgData.trackingNumber.map(String) : [];
    const line = lineOf(passed, { waybillNo: numbers[0] });
    if (Object.keys(msgData).some((name) => !FIELDS.includes(name))) return refusal('S0007', line, 'bad_request');
    for (const name of ['language', 'trackingType', 'methodType']) {
      if (textField(msgData, name) === '') return refusal('S0002', line, 'bad_request', name);
    }
    if (numbers.length === 0) return refusal('S0002', line, 'bad_request', 'trackingNumber');
    if (numbers.length > MOST_NUMBERS) return refusal('S0004', line, 'bad_request', 'trackingNumber');
    const phones = textField(msgData, 'checkPhoneNo').split(',').filter(Boolean);
    if (this.switches.values.withoutPhone === 'refuse' && numbers.some((number) => !this.#shows(number, phones))) {
      return refusal('990109', line);
    }
    const routeResps = numbers.map((mailNo) => ({
      mailNo,
      routes: this.#routes(mailNo, phones, call.at).map(({ mailNo: _shown, ...route }) => route),
      reasonCode: [],
      reasonRemark: [],
    }));
    const facts = { ...line.facts, scans: routeResps.reduce((sum, { routes }) => sum + routes.length, 0) };
    return done({ routeResps }, { ...line, facts, verdict: 'answered' }, this.switches.values.dataAsObject);
  }

  register(passed: Passed): Outcome {
    const waybillNo = textField(passed.msgData, 'attributeNo');
    const line = lineOf(passed, { waybillNo });
    if (textField(passed.msgData, 'type') !== '2') return refusal('S0002', line, 'bad_request', 'type');
    if (waybillNo === '') return refusal('S0002', line, 'bad_request', 'attributeNo');
    this.restoreRegistered(waybillNo);
    return done(null, { ...line, verdict: 'accepted' }, this.switches.values.dataAsObject);
  }

  restoreRegistered(waybillNo: string): void {
    this.#registered.add(waybillNo);
    const parcel = this.book.get(waybillNo);
    if (parcel !== undefined) this.onRegistered(parcel);
  }

  isRegistered(waybillNo: string): boolean {
    return this.#registered.has(waybillNo);
  }

  /** A track is shown to who names a phone of the parcel; without one on record any four digits will do. */
  #shows(mailNo: string, phones: readonly string[]): boolean {
    if (this.options['card-bound']) return true;
    const wanted = this.book.get(mailNo)?.spec.phoneLast4;
    return wanted === undefined ? phones.some((tail) => /^\d{4}$/.test(tail)) : phones.includes(wanted);
  }

  #routes(mailNo: string, phones: readonly string[], now: number): readonly Route[] {
    if (!this.#shows(mailNo, phones)) return [];
    const ownNumber = this.switches.values.returnLeg === 'new_number';
    const parcel = this.book.get(mailNo) ?? (ownNumber ? this.#parcelReturningAs(mailNo) : undefined);
    if (parcel === undefined) return [];
    const { waybillNo } = parcel.spec;
    const scans = scansUntil(parcel, now, this.book.clock);
    const routes = scans.map((scan) => routeOf(waybillNo, scan, ownNumber));
    const pickedUpAgain = scans
      .filter(({ action }) => action === 'RETURN_SCAN')
      .map((scan) => routeOf(waybillNo, { ...scan, action: 'GOT' }, false));
    const ofWayBack = pickedUpAgain.map((route) => ({ ...route, mailNo: returnNumber(waybillNo) }));
    return [...ofWayBack, ...routes].filter((route) => route.mailNo === mailNo);
  }

  #parcelReturningAs(mailNo: string): Parcel | undefined {
    return [...this.book.all].find(({ spec }) => returnNumber(spec.waybillNo) === mailNo);
  }
}
