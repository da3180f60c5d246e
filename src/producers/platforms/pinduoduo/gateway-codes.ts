import type { FaultKind } from '../../../domain/carrier/fault.js';

interface GatewayRow {
  readonly zh: string;
  /** `not_ours`: the order does not exist or is another shop's. */
  readonly means: FaultKind | 'not_ours';
}

/**
 * `error_code` of the gateway, from the table at the end of every official API page. 45001 is from a seller's notes: there
 * it is the code of a refused detail, and it may stand in `sub_code` as well.
 */
export const GATEWAY_CODES = {
  '10000': { zh: '参数错误', means: 'bad_request' },
  '10001': { zh: '公共参数错误', means: 'bad_request' },
  '10016': { zh: 'client下线或者clientId不正确', means: 'credentials' },
  '10017': { zh: 'type不正确', means: 'bad_request' },
  '10018': { zh: 'target_client_id下线或者target_client_id不正确', means: 'credentials' },
  '10019': { zh: 'access_token已过期', means: 'credentials' },
  '20004': { zh: '签名sign校验失败', means: 'credentials' },
  '20005': { zh: 'ip无权访问接口，请加入ip白名单', means: 'credentials' },
  '20031': { zh: '用户没有授权访问此接口', means: 'credentials' },
  '20032': { zh: 'access_token或client_id错误', means: 'credentials' },
  '20034': { zh: '接口处于下线状态', means: 'bad_request' },
  '20035': { zh: '接口不属于当前网关', means: 'bad_request' },
  '21001': { zh: '请求参数错误', means: 'bad_request' },
  '21002': { zh: '请求参数不能为空', means: 'bad_request' },
  '30000': { zh: '没有调用此target接口权限', means: 'credentials' },
  '30001': { zh: 'client_id和partner_id不匹配', means: 'credentials' },
  '45001': { zh: '订单不属于当前店铺或订单不存在', means: 'not_ours' },
  '50000': { zh: '系统内部错误', means: 'unavailable' },
  // Its reason is in `sub_code`, of which there is no table.
  '50001': { zh: '业务服务错误', means: 'unavailable' },
  '50002': { zh: '业务系统内部异常', means: 'unavailable' },
  '52001': { zh: '网关业务服务错误', means: 'unavailable' },
  '52002': { zh: '网关系统内部异常', means: 'unavailable' },
  '52004': { zh: '请求body 太大', means: 'bad_request' },
  '52101': { zh: '当前接口被限流，请稍后重试', means: 'throttled' },
  '52102': { zh: '当前接口暂时不可用，请稍后重试', means: 'unavailable' },
  '52103': { zh: '服务暂时不可用，请稍后重试', means: 'unavailable' },
  '70031': { zh: '调用过于频繁，请调整调用频率', means: 'throttled' },
  '70032': { zh: '当前请求被禁止调用', means: 'credentials' },
  '70033': { zh: '当前接口因系统维护，暂时下线，请稍后再试！', means: 'unavailable' },
  '70034': { zh: '当前用户或应用存在风险，禁止调用！', means: 'credentials' },
  '70035': { zh: '当前用户或应用存在风险，禁止调用。', means: 'credentials' },
  '70036': { zh: '应用处于测试状态，调用次数被限制', means: 'throttled' },
} as const satisfies Readonly<Record<string, GatewayRow>>;

/** Undefined: nobody documented this code. */
export function gatewayRow(code: string): GatewayRow | undefined {
  return Object.hasOwn(GATEWAY_CODES, code) ? GATEWAY_CODES[code as keyof typeof GATEWAY_CODES] : undefined;
}
