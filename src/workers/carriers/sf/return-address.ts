import type { CreateAnswer, ReturnAddress } from '../../../domain/carrier/port.js';
import { NO_RETURN_ADDRESS } from './codes.js';

const PARTS = {
  province: '省',
  city: '市',
  district: '区县',
  detail: '详细地址',
  name: '联系人',
  phone: '电话',
} as const satisfies Record<keyof ReturnAddress, string>;
const NAMES = Object.keys(PARTS) as readonly (keyof typeof PARTS)[];

export type WholeAddress = Readonly<Record<keyof ReturnAddress, string>>;

/**
 * The address with all its parts, or the refusal of an order that has none and is not sent. SF requires the first four
 * parts for a return; without a name and a phone nobody could be handed the parcel.
 */
export function wholeAddress(given: ReturnAddress | null): WholeAddress | CreateAnswer {
  const part = (name: keyof ReturnAddress): string => given?.[name]?.trim() ?? '';
  const missing = NAMES.filter((name) => part(name) === '');
  if (missing.length > 0) return notSent(missing);
  return {
    province: part('province'),
    city: part('city'),
    district: part('district'),
    detail: part('detail'),
    name: part('name'),
    phone: part('phone'),
  };
}

function notSent(missing: readonly (keyof typeof PARTS)[]): CreateAnswer {
  const zh = missing.map((name) => PARTS[name]).join('、');
  return {
    kind: 'refused',
    refusal: 'courier_bad_data',
    rawCode: NO_RETURN_ADDRESS,
    rawText: `未发送：顺丰退回必须填写店铺的退货地址（returnAddress），缺少：${zh}。Nothing was sent: SF needs the shop's returnAddress for a return; missing: ${missing.join(', ')}.`,
  };
}
