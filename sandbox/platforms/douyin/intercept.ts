import type { Clock } from '../../frame/clock.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { Call, Outcome } from '../../frame/twin.js';
import { Digits, isRecord, readJsonObject, type WireValue } from '../../frame/wire-json.js';
import { type AfterSale, type AfterSaleBook, INTERCEPTION } from './after-sale.js';
import { gatewayAnswer, INTERCEPT } from './gateway.js';

/** The twin's own reasons: the platform documents no table. */
const NOT_HERE = { code: -10001, reason: '运单不属于该售后单' };
const ASKED_BEFORE = { code: -10002, reason: '该包裹已申请拦截' };

interface Target {
  readonly companyCode: string;
  readonly trackingNo: string;
}

interface Asked {
  readonly afterSaleId: string;
  readonly targets: readonly Target[];
}

type Reason = typeof NOT_HERE;
type Parcel = AfterSale['parcels'][number];

function readTargets(value: unknown): readonly Target[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const targets = value.flatMap((item: unknown) => {
    if (!isRecord(item) || Object.keys(item).join() !== 'company_code,tracking_no') return [];
    const { company_code: companyCode, tracking_no: trackingNo } = item;
    const isText = typeof companyCode === 'string' && typeof trackingNo === 'string';
    return isText && companyCode !== '' && trackingNo !== '' ? [{ companyCode, trackingNo }] : [];
  });
  return targets.length === value.length ? targets : undefined;
}

/** All fields are required, none other is known, and the id is a bare number whose digits only the text still has. */
function readAsked(call: Call): Asked | undefined {
  const text = call.raw.toString('utf8');
  const body = readJsonObject(text);
  if (body === undefined || Object.keys(body).join() !== 'after_sale_id,intercept_targets,op_from') return undefined;
  const afterSaleId = /^\{"after_sale_id":([1-9]\d{0,18}),/.exec(text)?.[1];
  const targets = readTargets(body.intercept_targets);
  const isFromKnown = body.op_from === 1 || body.op_from === 3;
  return afterSaleId !== undefined && targets !== undefined && isFromKnown ? { afterSaleId, targets } : undefined;
}

/** The first parcel a call is about, read leniently. */
export function interceptSubject(call: Call): string | undefined {
  const targets = readJsonObject(call.raw.toString('utf8'))?.intercept_targets;
  const [first]: readonly unknown[] = Array.isArray(targets) ? targets : [];
  return isRecord(first) && typeof first.tracking_no === 'string' ? first.tracking_no : undefined;
}

/** afterSale.applyLogisticsIntercept over the after-sales the twin knows. */
export class InterceptDesk {
  /** Waybills to the moment their intercept was taken, unix ms. */
  readonly #taken = new Map<string, number>();

  constructor(
    readonly book: AfterSaleBook,
    readonly clock: Clock,
  ) {}

  apply(call: Call): Outcome {
    const asked = readAsked(call);
    const subject = interceptSubject(call);
    if (asked === undefined) return gatewayAnswer('paramInvalid', call, { verdict: 'bad_request', waybillNo: subject });
    const afterSale = this.book.get(asked.afterSaleId);
    if (afterSale === undefined) {
      return gatewayAnswer('noSuchAfterSale', call, { verdict: 'refused', waybillNo: subject });
    }
    const repeated = asked.targets.some(({ trackingNo }) => this.#taken.has(trackingNo));
    const answers = asked.targets.map((target) => this.#answer(afterSale, target, call.at));
    const taken = answers.flatMap(({ target, reason }) => (reason === null ? [target.trackingNo] : []));
    const facts = { afterSaleId: asked.afterSaleId, taken };
    const verdict = taken.length > 0 ? 'accepted' : repeated ? 'repeated' : 'refused';
    const failed = answers.length - taken.length;
    const only = failed === 1 ? answers.find(({ reason }) => reason !== null)?.reason : null;
    return gatewayAnswer(
      'success',
      call,
      { verdict, waybillNo: subject, facts },
      {
        intercept_results: answers.map(({ result }) => result),
        success_count: taken.length,
        failed_count: failed,
        unavailable_reason_code: only?.code ?? 0,
        unavailable_reason: only?.reason ?? '',
        refund_amount: afterSale.refundAmountFen,
      },
    );
  }

  /** `order_logistics_state` of an after-sale at this moment; undefined: none of the documented ones. */
  logisticsState(afterSale: AfterSale, at: number): number | undefined {
    if (afterSale.orderLogisticsState !== undefined) return afterSale.orderLogisticsState;
    const returns = afterSale.parcels.some(({ trackingNo, intercept }) => {
      const [takenAt, afterMs] = [this.#taken.get(trackingNo), intercept?.returnsAfterMs ?? null];
      return takenAt !== undefined && afterMs !== null && at >= takenAt + this.clock.scaled(afterMs);
    });
    return returns ? 3 : undefined;
  }

  /** Does again what a ledger line says was done. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.endpoint !== INTERCEPT || entry.verdict !== 'accepted') return;
    const taken = entry.facts?.taken;
    for (const trackingNo of Array.isArray(taken) ? taken : []) this.#taken.set(String(trackingNo), entry.at);
  }

  #answer(afterSale: AfterSale, target: Target, at: number) {
    const parcel = afterSale.parcels.find(
      ({ trackingNo, companyCode }) => trackingNo === target.trackingNo && companyCode === target.companyCode,
    );
    const reason = this.#reason(parcel, target);
    if (reason === null) this.#taken.set(target.trackingNo, at);
    return { target, reason, result: resultOf(afterSale, target, parcel, reason) };
  }

  #reason(parcel: Parcel | undefined, { trackingNo }: Target): Reason | null {
    if (parcel === undefined) return NOT_HERE;
    return parcel.intercept?.refuseWith ?? (this.#taken.has(trackingNo) ? ASKED_BEFORE : null);
  }
}

/** One entry of `intercept_results` with the documented fields; `can_intercept` belongs to the other call and is left out. */
function resultOf(afterSale: AfterSale, target: Target, parcel: Parcel | undefined, reason: Reason | null): WireValue {
  const { costFen, settlementMode, otherProducts } = INTERCEPTION.parse(parcel?.intercept ?? {});
  return {
    company_code: target.companyCode,
    company_name: parcel?.companyName ?? '',
    tracking_no: target.trackingNo,
    value_amount: afterSale.paidFen,
    is_success: reason === null,
    unavailable_reason_code: reason?.code ?? 0,
    unavailable_reason: reason?.reason ?? '',
    intercept_cost: reason === null ? costFen : 0,
    cur_product: { order_id: new Digits(afterSale.orderId), product_name: '测试商品', product_spec: '', tags: [] },
    other_products: otherProducts.map(({ orderId, productName, productSpec }) => ({
      order_id: new Digits(orderId),
      product_name: productName,
      product_spec: productSpec,
      tags: [],
    })),
    other_product_amount: otherProducts.length,
    settlement_mode: settlementMode,
  };
}
