import { codeAt, type Fields, isFields, listAt, textAt } from '../fields.js';

/** Longest text for a person. */
const LONGEST = 300;

function productIn(product: Fields): string {
  const name = textAt(product, 'product_name') ?? '商品';
  const spec = textAt(product, 'product_spec');
  const order = textAt(product, 'order_id');
  const more = [spec, order && `订单 ${order}`].filter(Boolean).join('，');
  return more ? `${name}（${more}）` : name;
}

/**
 * Goods of other orders in the same parcel, as a result shows them in `other_products` (R62), in words for a person.
 * Nothing where there are none. It never spoils an answer: what cannot be read is said to be there.
 */
export function otherGoodsOf(result: Fields): { readonly otherGoods?: string } {
  try {
    const products = listAt(result.other_products, 'other_products').filter(isFields);
    const count = codeAt(result, 'other_product_amount') ?? '0';
    const named = products.map(productIn).join('；');
    if (named) return { otherGoods: named.slice(0, LONGEST) };
    return /^0+$/.test(count) ? {} : { otherGoods: `同一包裹内还有其他商品，平台所给数量：${count}` };
  } catch {
    return { otherGoods: '同一包裹内可能还有其他商品，平台的说明无法读取' };
  }
}
