import type { CodeRow } from '../../../domain/carrier/port.js';

/** What a row may come to at the gateway: the call failed, the after-sale is not spoken of. */
export type GatewayMeaning = 'throttled' | 'outcome_unknown' | 'credentials' | 'bad_request';
type GatewayRow = CodeRow & { readonly means: GatewayMeaning };

const row = (text: string, means: GatewayMeaning, advice = ''): GatewayRow => ({ text, advice, means });

/**
 * `error_response.code` of the gateway. Second-hand: four public copies of the platform's own table that agree
 * (blog.csdn.net/ye1992/article/details/8616047, cnblogs.com/Valentina/articles/2696993.html and others); 53 from
 * developer.alibaba.com/docs/doc.htm?articleId=102707. Code 15 is decided by its `sub_code` (`GATEWAY_WORDS`).
 */
export const GATEWAY_CODES = {
  '4': row('User Call Limited 用户调用次数超限', 'throttled'),
  '5': row('Session Call Limited 会话调用次数超限', 'throttled'),
  '6': row('Partner Call Limited 合作伙伴调用次数超限', 'throttled'),
  '7': row('App Call Limited 应用调用次数超限', 'throttled', '等限频时间过了再调用'),
  '8': row('App Call Exceeds Limited Frequency 应用调用频率超限', 'throttled'),
  '9': row('Http Action Not Allowed HTTP方法被禁止', 'bad_request'),
  '10': row('Service Currently Unavailable 服务不可用', 'outcome_unknown', '多数是由未知异常引起的'),
  '11': row('Insufficient ISV Permissions 开发者权限不足', 'credentials'),
  '12': row('Insufficient User Permissions 用户权限不足', 'credentials'),
  '13': row('Insufficient Partner Permissions 合作伙伴权限不足', 'credentials'),
  '15': row('Remote Service Error 远程服务出错', 'outcome_unknown', '请过一段时间再尝试'),
  '21': row('Missing Method 缺少方法名参数', 'bad_request'),
  '22': row('Invalid Method 不存在的方法名', 'bad_request'),
  '23': row('Invalid Format 无效数据格式', 'bad_request'),
  '24': row('Missing Signature 缺少签名参数', 'bad_request'),
  '25': row('Invalid Signature 无效签名', 'credentials'),
  '26': row('Missing Session 缺少SessionKey参数', 'credentials'),
  '27': row('Invalid Session 无效的SessionKey参数', 'credentials', 'session过期，需要重新授权'),
  '28': row('Missing App Key 缺少AppKey参数', 'credentials'),
  '29': row('Invalid App Key 非法的AppKey参数', 'credentials'),
  '30': row('Missing Timestamp 缺少时间戳参数', 'bad_request'),
  '31': row('Invalid Timestamp 非法的时间戳参数', 'bad_request', '最大时间误差为10分钟'),
  '32': row('Missing Version 缺少版本参数', 'bad_request'),
  '33': row('Invalid Version 非法的版本参数', 'bad_request'),
  '34': row('Unsupported Version 不支持的版本号', 'bad_request'),
  '40': row('Missing Required Arguments 缺少必选参数', 'bad_request'),
  '41': row('Invalid Arguments 非法的参数', 'bad_request'),
  '42': row('Forbidden Request 请求被禁止', 'credentials'),
  '43': row('Parameter Error 参数错误', 'bad_request'),
  '53': row('Insufficient security level', 'credentials'),
} as const satisfies Readonly<Record<string, GatewayRow>>;

/** The platform's words in `sub_code`: `isp.` is its own failure (ask again later), `isv.` is a no to what was asked. */
export const GATEWAY_WORDS = { ownFailure: /^isp\./, refusal: /^isv\./ } as const;
