import type { AfterSaleFacts, NamedParcel } from '../../../domain/aftersale/after-sale.js';
import { codeAt, type Fields, fenAt, fieldsAt, isFields, listAt, textAt } from '../fields.js';

/** The goods of an after-sale: one line of its order. */
export interface Goods {
  readonly productId: string | undefined;
  readonly skuId: string | undefined;
}

export function goodsOf(afterSaleOrder: Fields): Goods {
  const info = isFields(afterSaleOrder.product_info) ? afterSaleOrder.product_info : {};
  return { productId: textAt(info, 'product_id'), skuId: textAt(info, 'sku_id') };
}

/** Is it the same line? The sku decides; where one side names none, the product does. */
function isSame(line: Fields, { productId, skuId }: Goods): boolean {
  const sku = textAt(line, 'sku_id');
  if (sku !== undefined && skuId !== undefined) return sku === skuId;
  const product = textAt(line, 'product_id');
  return product !== undefined && product === productId;
}

function isGift(line: Fields): boolean {
  return line.is_free_gift === true || line.is_free_gift === 1;
}

/**
 * What the buyer paid for the goods of this after-sale, fen. An order of one line: the order's own total, freight
 * included. Of several: the total of its line, without the freight of the whole. Nothing where the line is not certain.
 */
export function paidFor(goods: Goods, detail: Fields): Pick<AfterSaleFacts, 'paidAmountFen' | 'paidPostFen'> {
  const lines = listAt(detail.product_infos, 'product_infos').map((line) =>
    fieldsAt(line, 'an entry of product_infos'),
  );
  const bought = lines.filter((line) => !isGift(line));
  const own = bought.filter((line) => isSame(line, goods));
  const price = isFields(detail.price_info) ? detail.price_info : {};
  const [line] = own;
  if (line === undefined || own.length > 1) return {};
  if (bought.length > 1) {
    const paid = fenAt(line, 'real_price');
    return paid === undefined ? {} : { paidAmountFen: paid };
  }
  const [paid, post] = [fenAt(price, 'order_price'), fenAt(price, 'freight')];
  return {
    ...(paid === undefined ? {} : { paidAmountFen: paid }),
    ...(post === undefined ? {} : { paidPostFen: post }),
  };
}

/** Without a word about what is inside, the goods may be in it. */
function mayHold(entry: Fields, goods: Goods): boolean {
  const inside = listAt(entry.product_infos, 'product_infos of a parcel').map((one) =>
    fieldsAt(one, 'an entry of product_infos of a parcel'),
  );
  return inside.length === 0 || inside.some((one) => isSame(one, goods));
}

/** The parcels on their way to the buyer with goods of this after-sale, each once (R18). */
export function parcelsOf(goods: Goods, detail: Fields, valueFen: number | undefined): readonly NamedParcel[] {
  const delivery = isFields(detail.delivery_info) ? detail.delivery_info : {};
  const parcels = new Map<string, NamedParcel>();
  for (const value of listAt(delivery.delivery_product_info, 'delivery_product_info')) {
    const entry = fieldsAt(value, 'an entry of delivery_product_info');
    const waybillNo = textAt(entry, 'waybill_id');
    if (waybillNo === undefined || !mayHold(entry, goods)) continue;
    const name = textAt(entry, 'delivery_name');
    const rawCarrier = textAt(entry, 'delivery_id') ?? name ?? '';
    parcels.set(JSON.stringify([rawCarrier, waybillNo]), {
      rawCarrier,
      rawCarrierName: name ?? null,
      waybillNo,
      ...(valueFen === undefined ? {} : { declaredValueFen: valueFen }),
    });
  }
  return [...parcels.values()];
}

/** Were the goods handed to anybody, with a waybill or without? */
export function isShipped(goods: Goods, detail: Fields): boolean {
  const delivery = isFields(detail.delivery_info) ? detail.delivery_info : {};
  const entries = listAt(delivery.delivery_product_info, 'delivery_product_info');
  return entries.some((value) => mayHold(fieldsAt(value, 'an entry of delivery_product_info'), goods));
}

/** The id of an order in an answer, whether it was written as text or as a number. */
export function orderIdOf(order: Fields): string | undefined {
  return codeAt(order, 'order_id');
}
