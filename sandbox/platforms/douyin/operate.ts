import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { Call, Outcome } from '../../frame/twin.js';
import { Digits, isRecord, readJsonObject } from '../../frame/wire-json.js';
import type { AfterSale, AfterSaleBook } from './after-sale.js';
import { gatewayAnswer, OPERATE } from './gateway.js';

/** Refund-only after shipment: agreed and rejected, with what becomes of the after-sale. */
const OPERATIONS: Readonly<Record<string, Pick<AfterSale, 'status' | 'refundStatus'>>> = {
  '201': { status: 12, refundStatus: 2 },
  '202': { status: 27, refundStatus: 1 },
};
const WAITS_FOR_SELLER = 6;
const REFUND_ONLY = 1;
const FIELDS = ['aftersale_id', 'reason', 'reject_reason_code', 'remark', 'update_time'];

interface Asked {
  readonly operation: string;
  readonly afterSaleId: string;
  readonly updateTime: number;
}

/** One item a call, no field that the document does not name; a rejection gives its reason three ways. */
function readAsked(call: Call): Asked | undefined {
  const body = readJsonObject(call.raw.toString('utf8'));
  const items: readonly unknown[] = Array.isArray(body?.items) ? body.items : [];
  const [item] = items;
  if (body === undefined || Object.keys(body).join() !== 'items,type' || !isRecord(item) || items.length !== 1)
    return undefined;
  const operation = String(body.type);
  const { aftersale_id: afterSaleId, update_time: updateTime, reason, remark, reject_reason_code: code } = item;
  const isKnown = Object.keys(item).every((field) => FIELDS.includes(field)) && operation in OPERATIONS;
  if (!isKnown || typeof afterSaleId !== 'string' || typeof updateTime !== 'number') return undefined;
  const explained = [reason, remark].every((text) => typeof text === 'string' && text !== '') && Number(code) > 0;
  return operation === '202' && !explained ? undefined : { operation, afterSaleId, updateTime };
}

/** The after-sale a decision is about, read leniently. */
export function operateSubject(call: Call): string | undefined {
  const items = readJsonObject(call.raw.toString('utf8'))?.items;
  const [first]: readonly unknown[] = Array.isArray(items) ? items : [];
  return isRecord(first) && typeof first.aftersale_id === 'string' ? first.aftersale_id : undefined;
}

/** afterSale.operate: the seller's decision. What it pays stands in the ledger, once for each time it pays. */
export class OperateDesk {
  readonly #paid = new Map<string, number>();

  constructor(readonly book: AfterSaleBook) {}

  apply(call: Call): Outcome {
    const asked = readAsked(call);
    if (asked === undefined) return gatewayAnswer('paramInvalid', call, { verdict: 'bad_request' });
    const { operation, afterSaleId, updateTime } = asked;
    const afterSale = this.book.get(afterSaleId);
    const line = { waybillNo: afterSaleId, requestId: afterSaleId };
    if (afterSale === undefined) return gatewayAnswer('noSuchAfterSale', call, { ...line, verdict: 'refused' });
    if (updateTime !== afterSale.updateTime)
      return gatewayAnswer('staleVersion', call, { ...line, verdict: 'refused' });
    if (afterSale.status !== WAITS_FOR_SELLER || afterSale.type !== REFUND_ONLY) {
      const verdict = this.#paid.has(afterSaleId) ? 'repeated' : 'refused';
      return gatewayAnswer('wrongStatus', call, { ...line, verdict });
    }
    this.#do(afterSale, operation, call.at);
    const facts = { operation, refundFen: afterSale.refundAmountFen };
    const result = { aftersale_id: new Digits(afterSaleId), status_code: 0, status_msg: '' };
    return gatewayAnswer('success', call, { ...line, verdict: 'accepted', facts }, { items: [result] });
  }

  /** What was paid, fen, and for how many after-sales. */
  get paid(): { readonly refunds: number; readonly fen: number } {
    const amounts = [...this.#paid.values()];
    return { refunds: amounts.length, fen: amounts.reduce((sum, fen) => sum + fen, 0) };
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.endpoint !== OPERATE || entry.verdict !== 'accepted') return;
    const afterSale = this.book.get(entry.waybillNo ?? '');
    if (afterSale) this.#do(afterSale, String(entry.facts?.operation), entry.at);
  }

  #do(afterSale: AfterSale, operation: string, at: number): void {
    this.book.change(afterSale, { ...OPERATIONS[operation] }, at);
    if (operation === '201') this.#paid.set(afterSale.afterSaleId, afterSale.refundAmountFen);
  }
}
