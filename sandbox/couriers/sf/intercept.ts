import type { LedgerEntry } from '../../frame/ledger-entry.js';
import {
  type InterceptOrder,
  orderState,
  type Parcel,
  scansUntil,
  type Whereabouts,
  whereabouts,
} from '../../frame/parcel.js';
import type { ParcelBook } from '../../frame/parcel-book.js';
import { bodyHash } from '../../frame/raw-body.js';
import type { Outcome } from '../../frame/twin.js';
import { isRecord } from '../../frame/wire-json.js';
import type { ServiceCode } from './codes.js';
import { CANCEL, done, type Line, lineOf, type Passed, refusal, textField } from './gateway.js';
import type { SfOptions, SfSwitches } from './options.js';

const FIELDS = ['waybillNo', 'serviceCode', 'role', 'payMode', 'monthlyCardNo', 'newDestAddress', 'cancel', 'cusId'];
const ADDRESS = ['province', 'city', 'county', 'address'] as const;
const MORE_OF_ADDRESS = ['contact', 'phone', 'company', 'country', 'countryCode', 'areaCode', 'locationCode'];
const ROLES = new Set(['1', '2', '3']);
const PAY_MODES = new Set(['1', '2', '3', '4']);
const BY_CARD = new Set(['3', '4']);

/** Where a parcel is refused, and how (null: it may be intercepted). The window is 揽收后，派送成功前; the codes are made up. */
const REFUSED_AT = {
  no_trace: '990101',
  on_the_way: null,
  delivery_branch: null,
  out_for_delivery: null,
  station: null,
  signed: '990102',
  returning: '990104',
  returned: '990104',
} as const satisfies Record<Whereabouts, ServiceCode | null>;

/** What an intercept is made of, or the refusal of what is missing or of the wrong kind. */
function badFields(msgData: Readonly<Record<string, unknown>>, options: SfOptions, line: Line): Outcome | undefined {
  const missing = (field: string) => refusal('S0002', line, 'bad_request', field);
  const wrong = () => refusal('S0007', line, 'bad_request');
  const text = (name: string) => textField(msgData, name);
  if (Object.keys(msgData).some((name) => !FIELDS.includes(name))) return wrong();
  for (const name of ['waybillNo', 'serviceCode', 'role', 'payMode']) if (text(name) === '') return missing(name);
  if (!ROLES.has(text('role')) || !PAY_MODES.has(text('payMode'))) return wrong();
  if (text('serviceCode') !== '2') return refusal('990108', line);
  if (BY_CARD.has(text('payMode')) && text('monthlyCardNo') === '') return missing('monthlyCardNo');
  if (BY_CARD.has(text('payMode')) && text('monthlyCardNo') !== options['monthly-card']) return refusal('8119', line);
  const { cancel, newDestAddress } = msgData;
  if (cancel !== undefined && typeof cancel !== 'boolean') return wrong();
  if (cancel === true) {
    if (text('cusId') === '') return missing('cusId');
    return newDestAddress === undefined ? undefined : refusal('990107', line);
  }
  if (!isRecord(newDestAddress)) return missing('newDestAddress');
  if (Object.keys(newDestAddress).some((name) => ![...ADDRESS, ...MORE_OF_ADDRESS].includes(name))) return wrong();
  const empty = ADDRESS.find((name) => textField(newDestAddress, name).trim() === '');
  return empty === undefined ? undefined : missing(empty);
}

/** EXP_RECE_WANTED_INTERCEPT over one book of parcels: 退回, and taking it back. */
export class InterceptDesk {
  #accepted = 0;

  constructor(
    readonly book: ParcelBook,
    readonly options: SfOptions,
    readonly switches: SfSwitches,
  ) {}

  handle(passed: Passed): Outcome {
    const { msgData } = passed;
    const line = lineOf(passed, { waybillNo: textField(msgData, 'waybillNo') });
    const bad = badFields(msgData, this.options, line);
    if (bad !== undefined) return bad;
    const parcel = this.book.get(line.waybillNo ?? '');
    if (parcel === undefined) return refusal('6150', line);
    return msgData.cancel === true ? this.#cancel(passed, parcel, line) : this.#create(passed, parcel, line);
  }

  #create({ call, requestId }: Passed, parcel: Parcel, line: Line): Outcome {
    const scripted = refusedByScript(parcel);
    if (scripted !== null) return refusal(scripted, { ...line, facts: { ...line.facts, scripted: true } });
    const { allowSecondIntercept, amount, dataAsObject } = this.switches.values;
    const duplicate = this.#wasTaken(parcel, call.at);
    if (duplicate && !allowSecondIntercept) return refusal('990103', line);
    const place = duplicate ? null : REFUSED_AT[whereabouts(scansUntil(parcel, call.at, this.book.clock))];
    if (place !== null) return refusal(place, line);
    const order = this.#accept(parcel, { requestId, bodyHash: bodyHash(call.raw), at: call.at });
    const freightAdditionInfoResp = { interceptionDeptCode: '571W', transferFlg: '1' };
    const data = amount === null ? null : { cusId: order.bizNo, amount, freightAdditionInfoResp };
    const facts = { ...line.facts, duplicate };
    return done(data, { ...line, bizNo: order.bizNo, facts, verdict: 'accepted' }, dataAsObject);
  }

  #cancel({ call, msgData }: Passed, parcel: Parcel, line: Line): Outcome {
    const { refuseCancelWith } = parcel.spec;
    if (refuseCancelWith !== undefined) return refusal(refuseCancelWith, line);
    const order = parcel.orders.find(({ bizNo }) => bizNo === textField(msgData, 'cusId'));
    if (order === undefined) return refusal('990105', line);
    const named = { ...line, bizNo: order.bizNo };
    if (orderState(parcel, order, call.at, this.book.clock) !== 'intercepting') return refusal('990106', named);
    this.book.cancel(parcel, order, call.at);
    return done(null, { ...named, verdict: 'accepted' }, this.switches.values.dataAsObject);
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call') return;
    const parcel = this.book.get(entry.waybillNo ?? '');
    if (parcel === undefined) return;
    if (entry.facts?.scripted === true) parcel.refusedByScript += 1;
    if (entry.verdict !== 'accepted') return;
    const { endpoint, requestId = '', bodyHash: hash, at } = entry;
    if (endpoint === 'EXP_RECE_WANTED_INTERCEPT') this.#accept(parcel, { requestId, bodyHash: hash, at });
    const taken = parcel.orders.find(({ bizNo }) => bizNo === entry.bizNo);
    if (endpoint === CANCEL && taken !== undefined) this.book.cancel(parcel, taken, at);
  }

  /** cusId counts acceptances, so that a replayed ledger gives every order its old number. */
  #accept(parcel: Parcel, asked: Pick<InterceptOrder, 'requestId' | 'bodyHash' | 'at'>): InterceptOrder {
    this.#accepted += 1;
    const order = { ...asked, bizNo: `ZL${700_000_000 + this.#accepted}`, thirdBizNo: '', cancelledAt: null };
    this.book.accept(parcel, order);
    return order;
  }

  /** 成功通缉拦截一次后，不可再次: one that was taken and did not fail, even if it was taken back since. */
  #wasTaken(parcel: Parcel, now: number): boolean {
    return parcel.orders.some((order) => orderState(parcel, order, now, this.book.clock) !== 'failed');
  }
}

function refusedByScript(parcel: Parcel): string | null {
  const { refuseWith, refuseTimes = Number.POSITIVE_INFINITY } = parcel.spec;
  if (refuseWith === undefined || parcel.refusedByScript >= refuseTimes) return null;
  parcel.refusedByScript += 1;
  return refuseWith;
}
