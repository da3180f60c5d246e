import type { CodeRow } from '../../../domain/carrier/port.js';

const KEYS = { advice: '检查授权', means: 'credentials' } as const;

/**
 * `error_response.code` of the gateway, which looks at a call before anybody acts on it. Second-hand: public clients show
 * these four answers; no list is published, and none says what "too many calls" looks like (`meanings` teaches it).
 */
export const GATEWAY_CODES: Readonly<Record<string, CodeRow>> = {
  '12': { text: '无效签名', ...KEYS },
  '15': { text: '不存在的方法名', advice: '检查接口权限', means: 'bad_request' },
  '19': { text: '无效access_token', ...KEYS },
  '21': { text: 'app_key 信息无效', ...KEYS },
};
