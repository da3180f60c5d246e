import type { NewPush } from '../../frame/deliveries.js';
import type { OrderState } from '../../frame/parcel.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { Milestone } from './milestones.js';
import { callbackSign } from './sign.js';

/** What an order said of where its results go. Empty texts: it did not say. */
export interface CallbackTarget {
  readonly kuaidicom: string;
  readonly orderid: string;
  readonly salt: string;
  readonly callbackUrl: string;
}

/** Kuaidi100 publishes no status of an intercept: these are the twin's own, named so that nobody takes them for it. */
export const TWIN_STATUSES = {
  intercepting: { status: 'TWIN_ACCEPTED', message: '模拟：拦截中' },
  stopped: { status: 'TWIN_STOPPED', message: '模拟：拦截成功' },
  returning: { status: 'TWIN_RETURNING', message: '模拟：退回中' },
  finished: { status: 'TWIN_RETURNED', message: '模拟：退件签收' },
  failed: { status: 'TWIN_FAILED', message: '模拟：拦截失败' },
  cancelled: { status: 'TWIN_CANCELLED', message: '模拟：拦截取消' },
} as const satisfies Record<OrderState, { readonly status: string; readonly message: string }>;

/** A form with `param` and `sign`, as at the sibling interface; the members of param are not documented. */
export function writeCallback(
  waybillNo: string,
  { kuaidicom, orderid, salt }: CallbackTarget,
  { state, at }: Milestone,
): Pick<NewPush, 'headers' | 'body'> {
  const param = JSON.stringify({
    kuaidicom,
    kuaidinum: waybillNo,
    orderid,
    ...TWIN_STATUSES[state],
    time: Math.round(at),
  });
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ param, sign: callbackSign(param, salt) }).toString(),
  };
}

/** `{"result":true,"returnCode":"200","message":"…"}`. */
export function acknowledges(status: number, body: string): boolean {
  const answer = readJsonObject(body);
  return status === 200 && answer?.result === true && answer.returnCode === '200';
}
