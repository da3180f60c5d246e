import type { Text } from '../text.js';
import type { SettingsFile } from './file-schema.js';
import type { Problem } from './problem.js';

const WHY: Text = {
  zh: '页面上只能填写公网 https 地址（443 端口）；内网地址请用 jiejian apply 设置',
  en: 'a page takes https addresses of the public internet on port 443 only; use jiejian apply for addresses of your own network',
};

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** Every address in a row, with its path: `baseUrl`, `url`, `credentials.urls.<interface>`. */
function urlsOf(row: unknown, path: readonly (string | number)[] = []): { path: (string | number)[]; text: string }[] {
  if (!isObject(row)) return [];
  return Object.entries(row).flatMap(([key, value]) => {
    const at = [...path, key];
    if (typeof value === 'string') return /^https?:\/\//i.test(value) ? [{ path: at, text: value }] : [];
    return urlsOf(value, at);
  });
}

const SECTIONS = ['shops', 'carrierAccounts', 'notifications', 'endpoints'] as const;

/**
 * Addresses in rows that came from a page and were not there before (S11). What `jiejian apply` wrote is trusted: whoever
 * can run it can reach the network himself. A person at a page, or a token, must not reach into it through us.
 */
export function typedUrlProblems(
  file: Pick<SettingsFile, (typeof SECTIONS)[number]>,
  stored: (section: string, id: string) => unknown,
  mayBeTyped: (url: string) => boolean,
): Problem[] {
  return SECTIONS.flatMap((section) =>
    file[section].flatMap((row, i) => {
      const before = new Set(urlsOf(stored(section, row.id)).map(({ text }) => text));
      return urlsOf(row)
        .filter(({ text }) => !before.has(text) && !mayBeTyped(text))
        .map(({ path }): Problem => ({ path: [section, i, ...path], why: WHY }));
    }),
  );
}
