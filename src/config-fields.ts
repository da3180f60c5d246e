import { z } from 'zod';
import type { Text } from './domain/text.js';

/** What `.env.example` says about a variable. `secret`: its value is never shown. */
export interface VariableFacts extends Text {
  readonly example?: string;
  readonly secret?: true;
}

export type Read<T> = { readonly value: T } | { readonly why: Text };
export const value = <T>(v: T): Read<T> => ({ value: v });
export const why = <T>(zh: string, en: string): Read<T> => ({ why: { zh, en } });

/** A variable as a zod type: unset and empty mean `fallback`; `read` gives the value or says why there is none. */
export function variable<T>(facts: VariableFacts, fallback: T, read: (text: string) => Read<T>) {
  return z
    .string()
    .optional()
    .transform((text, ctx): T => {
      if (text === undefined || text.trim() === '') return fallback;
      const result = read(text.trim());
      if ('value' in result) return result.value;
      ctx.addIssue({ code: 'custom', message: result.why.en, params: { why: result.why }, input: text });
      return z.NEVER;
    })
    .meta({ facts, fallback });
}

export function port(lowest: 0 | 1) {
  return (text: string): Read<number> => {
    const n = /^\d{1,5}$/.test(text) ? Number(text) : -1;
    if (n >= lowest && n <= 65_535) return value(n);
    return why(`必须是 ${lowest} 到 65535 的端口`, `must be a port, ${lowest} to 65535`);
  };
}

export function httpUrl(text: string): Read<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol)
    ? value(text)
    : why('必须是 http(s) 地址', 'must be an http or https URL');
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export function publicUrl(text: string): Read<string> {
  const read = httpUrl(text);
  if (!('value' in read)) return read;
  const url = new URL(text);
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) {
    return why(
      '除本机外必须是 https，登录 Cookie 经它传输',
      'must be https except on loopback: the login cookie travels on it',
    );
  }
  return value(text.replace(/\/+$/, ''));
}

export function mysqlUrl(text: string): Read<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'mysql:' && url.hostname !== '' && /^\/[^/]+$/.test(url.pathname)
    ? value(text)
    : why('格式应为 mysql://用户:密码@主机:3306/库名', 'must look like mysql://user:password@host:3306/database');
}

export function wholeFen(text: string): Read<number> {
  return /^\d{1,9}$/.test(text) ? value(Number(text)) : why('必须是整数（分）', 'must be a whole number of fen');
}

export function flag(text: string): Read<boolean> {
  if (/^(1|true|yes|on)$/i.test(text)) return value(true);
  if (/^(0|false|no|off)$/i.test(text)) return value(false);
  return why('必须是 true 或 false', 'must be true or false');
}

export function oneOf<T extends string>(words: readonly T[]) {
  return (text: string): Read<T> => {
    const word = words.find((w) => w === text.toLowerCase());
    return word ? value(word) : why(`必须是 ${words.join('、')} 之一`, `must be one of ${words.join(', ')}`);
  };
}

export function matching(pattern: RegExp, zh: string, en: string) {
  return (text: string): Read<string> => (pattern.test(text) ? value(text) : why(zh, en));
}

export type TrustProxy = false | number | readonly string[];

/** As Express reads it, but never "everybody": with that, any client could name its own address. */
export function trustProxy(text: string): Read<TrustProxy> {
  if (/^(false|no|off|0)$/i.test(text)) return value(false);
  if (/^(true|yes|on)$/i.test(text)) return value(1);
  if (/^\d{1,2}$/.test(text)) return value(Number(text));
  const parts = text.split(',').map((part) => part.trim());
  return parts.every((part) => /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(part))
    ? value(parts)
    : why('必须是代理层数，或代理的地址列表', 'must be a number of proxies, or a list of their addresses');
}
