import type { CallContext, CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { TAOBAO_CREDENTIALS, type TaobaoCredentials } from '../../../src/producers/platforms/taobao/credentials.js';

export const GIVEN = {
  appKey: '12345678',
  appSecret: 'abcdef0123456789abcdef0123456789',
  accessToken: 'sess',
} as const;

export function credentials(more: Readonly<Record<string, unknown>> = {}): TaobaoCredentials {
  return TAOBAO_CREDENTIALS.parse({ ...GIVEN, ...more });
}

export const CREDENTIALS = credentials();

export const NOW_MS = Date.UTC(2021, 7, 27, 0, 1, 58);
export const REFUND_ID = '7000893114000949517';

/** An answer of taobao.refund.get after the documented shape: Number fields are bare, of up to 19 digits. */
export const REFUND = `{"refund_id":"7000893114000949517","tid":1234567890123456789,"oid":1234567890123456780,
  "status":"WAIT_SELLER_AGREE","dispute_type":"REFUND","order_status":"WAIT_BUYER_CONFIRM_GOODS",
  "good_status":"BUYER_NOT_RECEIVED","refund_fee":"89.00","total_fee":"89.00","payment":"0.00","reason":"不想要了",
  "company_name":"圆通速递","sid":"YT0000000000001","created":"2021-08-27 08:01:58","modified":"2021-08-27 08:02:10",
  "refund_phase":"onsale","refund_version":1630022530000,"cs_status":1,
  "refund_remind_timeout":{"exist_timeout":true,"remind_type":2,"timeout":"2021-08-29 08:01:58"}}`;

export const SHIPPING = `{"tid":1234567890123456789,"out_sid":"75417914223203","company_name":"中通快递",
  "status":"ACCEPTED_BY_RECEIVER","is_split":0,"created":"2021-08-26 10:00:00","modified":"2021-08-26 10:00:00"}`;

/** A text with one piece of it exchanged; throws where the piece is not in it. */
export function changed(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((left, [from, to]) => {
    if (!left.includes(from)) throw new Error(`the text holds no ${from}`);
    return left.replace(from, to);
  }, text);
}

export const refundAnswer = (refund = REFUND): string =>
  `{"refund_get_response":{"refund":${refund},"request_id":"r1"}}`;

export const shippingsAnswer = (...shippings: readonly string[]): string =>
  `{"logistics_orders_get_response":{"total_results":${shippings.length},"shippings":{"shipping":[${shippings}]},"request_id":"r2"}}`;

export const refusal = (code: number, subCode?: string, subMsg = '业务失败'): string =>
  JSON.stringify({ error_response: { code, msg: 'Remote service error', sub_code: subCode, sub_msg: subMsg } });

export interface Asked {
  readonly request: CarrierRequest;
  readonly form: URLSearchParams;
  readonly method: string;
}

/** A gateway that answers by method and remembers what it was asked. */
export function gateway(
  answers: Readonly<Record<string, string | Partial<CarrierResponse> | readonly string[]>>,
): CallContext & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const times = new Map<string, number>();
  return {
    asked,
    send: async (request) => {
      const form = new URLSearchParams(request.body);
      const method = form.get('method') ?? '';
      asked.push({ request, form, method });
      const known = answers[method];
      if (known === undefined) throw new Error(`nothing was scripted for ${method}`);
      const time = times.get(method) ?? 0;
      times.set(method, time + 1);
      const answer = Array.isArray(known) ? (known[Math.min(time, known.length - 1)] as string) : known;
      const response = typeof answer === 'string' ? { text: answer } : (answer as Partial<CarrierResponse>);
      return { status: 200, headers: {}, text: '', ...response };
    },
  };
}
