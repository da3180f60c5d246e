import type {
  CallContext,
  CarrierRequest,
  CarrierResponse,
  InterceptCommand,
} from '../../../src/domain/carrier/port.js';
import { createSfAdapter } from '../../../src/workers/carriers/sf/adapter.js';
import { type SfCredentials, sfCredentials } from '../../../src/workers/carriers/sf/credentials.js';
import { commandOf } from '../../support/command.js';

export const CHECK_WORD = 'TESTCHECKWORD0123456789abcdefgh';
export const NOW_MS = 1_700_000_000_000;

export const ADDRESS = {
  name: '测试收件人',
  phone: '13000000000',
  province: '广东省',
  city: '深圳市',
  district: '南山区',
  detail: '测试路1号',
} as const;

export const sfKeys = (more: object = {}): SfCredentials =>
  sfCredentials.parse({ partnerId: 'PARTNER', checkWord: CHECK_WORD, monthlyCard: '0000000000', ...more });

export const sfOrder = (more: Partial<InterceptCommand> = {}): InterceptCommand =>
  commandOf({ waybillNo: 'SF0000000000001', carrier: 'sf', requestId: '4711-1', returnAddress: ADDRESS, ...more });

export const json = (value: unknown, status = 200): CarrierResponse => ({
  status,
  headers: {},
  text: JSON.stringify(value),
});
export const gatewayNo = (code: string, status = 200): CarrierResponse =>
  json({ apiErrorMsg: '网关失败', apiResponseID: 'r', apiResultCode: code, apiResultData: null }, status);
export const said = (data: unknown): CarrierResponse =>
  json({ apiErrorMsg: '', apiResponseID: 'r', apiResultCode: 'A1000', apiResultData: JSON.stringify(data) });
export const yes = (msgData: unknown = null): CarrierResponse =>
  said({ success: true, errorCode: 'S0000', errorMsg: null, msgData });
export const no = (errorCode: unknown, errorMsg: unknown = '业务失败'): CarrierResponse =>
  said({ success: false, errorCode, errorMsg, msgData: null });
export const routes = (list: readonly unknown[], more: object = {}): CarrierResponse =>
  yes({ routeResps: [{ mailNo: 'SF0000000000001', routes: list, reasonCode: [], reasonRemark: [], ...more }] });

/** The fields of a request's form. */
export const formOf = ({ body }: CarrierRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(body));
export const contentOf = (request: CarrierRequest): unknown => JSON.parse(formOf(request).msgData ?? '');

/** An account whose clock and ids the test holds, and a courier that answers by the request; every request is kept. */
export function sfAccount(more: object, answer: (request: CarrierRequest, count: number) => CarrierResponse) {
  const clock = { ms: NOW_MS };
  const sent: CarrierRequest[] = [];
  let ids = 0;
  const surroundings = { now: () => clock.ms, newId: () => `id-${++ids}` };
  const ctx: CallContext = {
    send: async (request) => {
      sent.push(request);
      return answer(request, sent.length);
    },
  };
  return { adapter: createSfAdapter(sfKeys(more), surroundings), clock, sent, ctx };
}
