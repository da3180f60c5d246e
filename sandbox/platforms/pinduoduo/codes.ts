import type { Verdict } from '../../frame/ledger-entry.js';

interface ErrorRow {
  readonly code: number;
  readonly msg: string;
  readonly verdict: Verdict;
}

/** `error_code` and `error_msg` of the official table; 45001 as a seller has noted it. */
export const ERRORS = {
  badParam: { code: 10000, msg: '参数错误', verdict: 'bad_request' },
  badPublicParam: { code: 10001, msg: '公共参数错误', verdict: 'bad_request' },
  badClient: { code: 10016, msg: 'client下线或者clientId不正确', verdict: 'bad_signature' },
  badType: { code: 10017, msg: 'type不正确', verdict: 'bad_request' },
  expired: { code: 10019, msg: 'access_token已过期', verdict: 'bad_signature' },
  badSign: { code: 20004, msg: '签名sign校验失败', verdict: 'bad_signature' },
  badToken: { code: 20032, msg: 'access_token或client_id错误', verdict: 'bad_signature' },
  notOurs: { code: 45001, msg: '订单不属于当前店铺或订单不存在', verdict: 'refused' },
  throttled: { code: 70031, msg: '调用过于频繁，请调整调用频率', verdict: 'throttled' },
} as const satisfies Record<string, ErrorRow>;
export type ErrorName = keyof typeof ERRORS;
