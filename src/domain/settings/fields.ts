import { z } from 'zod';
import type { Text } from '../text.js';

/** The caller's own ids: they become queue names, lane ids and parts of URLs. */
const ID_PATTERN = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** Marks an issue with a sentence of ours in both languages. */
export function because(zh: string, en: string): { message: string; params: { why: Text } } {
  return { message: en, params: { why: { zh, en } } };
}

/** A key that may be left out; null counts as left out. */
export function given<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => value ?? undefined, schema);
}

export const id = () =>
  z
    .string()
    .refine(
      (text) => ID_PATTERN.test(text),
      because(
        '只能用小写字母、数字、_ 和 -，以字母或数字开头，最多 32 位',
        'may hold a-z, 0-9, _ and -, begins with a letter or digit, 32 at most',
      ),
    );

export const words = (longest: number) => z.string().trim().min(1).max(longest);

/** A moment with its zone, kept as UTC to the millisecond. */
export const moment = () =>
  z
    .string()
    .refine(
      (text) => z.iso.datetime({ offset: true }).safeParse(text).success,
      because(
        '必须是带时区的时间，例如 2026-11-01T00:00:00+08:00',
        'must be a time with its zone, such as 2026-11-01T00:00:00+08:00',
      ),
    )
    .transform((text) => new Date(text).toISOString());

export const day = () =>
  z
    .string()
    .refine(
      (text) => z.iso.date().safeParse(text).success,
      because('必须是日期，例如 2024-11-18', 'must be a day, such as 2024-11-18'),
    );

export const fen = (highest: number) => z.int().min(1).max(highest);

export const durationMs = (highest: number) => z.int().min(1).max(highest);

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Hours of the day in Asia/Shanghai, start included, end excluded; `22:00-06:00` goes over midnight. */
export const hours = () =>
  z
    .string()
    .refine(
      (text) => HOURS.test(text) && text.slice(0, 5) !== text.slice(6),
      because(
        '格式为 09:00-21:00（北京时间，含开始、不含结束）',
        'must look like 09:00-21:00 (Asia/Shanghai, end excluded)',
      ),
    );

/** A moment of every day in Asia/Shanghai. */
export const clock = () =>
  z
    .string()
    .refine(
      (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text),
      because('格式为 09:00（北京时间）', 'must look like 09:00 (Asia/Shanghai)'),
    );

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** https, or http to this machine. */
function isSafeUrl(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/** Scheme and host only (contract section 6): paths belong to the adapters, and nothing secret travels in clear. */
export const baseUrl = () =>
  z
    .string()
    .refine(
      (text) => {
        const url = URL.canParse(text) ? new URL(text) : null;
        return url !== null && isSafeUrl(url) && [url.origin, `${url.origin}/`].includes(text.toLowerCase());
      },
      because(
        '只写协议和主机，例如 https://japi.zto.com；http 仅限本机',
        'must be scheme and host only, such as https://japi.zto.com; http on loopback only',
      ),
    )
    .transform((text) => new URL(text).origin);

export const hookUrl = () =>
  z.string().refine(
    (text) => {
      const url = URL.canParse(text) ? new URL(text) : null;
      return url !== null && isSafeUrl(url);
    },
    because('必须是 https 地址；http 仅限本机', 'must be an https URL; http on loopback only'),
  );

/** `intercept.queued`, `alert.*`, `*`. */
export const eventPatterns = () =>
  z
    .array(
      z
        .string()
        .refine(
          (text) => /^(\*|[a-z_]+\.(\*|[a-z_]+))$/.test(text),
          because('事件写作 intercept.accepted、alert.* 或 *', 'must look like intercept.accepted, alert.* or *'),
        ),
    )
    .min(1);
