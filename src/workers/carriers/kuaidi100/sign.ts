import { createHash } from 'node:crypto';

/**
 * `sign` of a request: upper-case hex of `md5(param + t + key + secret)`, UTF-8; `param` is the JSON before it is
 * url-encoded (Kuaidi100's page 拦截改址接口 and its demos).
 */
export function signKuaidi100(param: string, t: string, key: string, secret: string): string {
  return md5Hex(param + t + key + secret).toUpperCase();
}

/**
 * `sign` of a callback: hex of `md5(param + salt)`, `salt` being the one the order carried. Documented for the sibling
 * callback 打印状态回调; upper or lower case is not said.
 */
export function signKuaidi100Callback(param: string, salt: string): string {
  return md5Hex(param + salt);
}

function md5Hex(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
