import { isIP } from 'node:net';
import { isPublic } from '../public-address.js';
import type { Text } from '../text.js';
import type { SettingsFile } from './file-schema.js';
import type { Problem } from './problem.js';

/** Names that no public server has. */
const INSIDE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|arpa)\.?$/i;

const WHY: Text = {
  zh: '页面上只能填写公网 https 地址（443 端口）；内网地址请用 jiejian apply 设置',
  en: 'a page takes https addresses of the public internet on port 443 only; use jiejian apply for addresses of your own network',
};

/** May somebody at a page make us call this? Names are looked up again, and checked, when they are connected to. */
export function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0) return isPublic({ address: host, family: family === 6 ? 6 : 4 });
  return host.replace(/\.$/, '').includes('.') && !INSIDE_NAME.test(host);
}

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
): Problem[] {
  return SECTIONS.flatMap((section) =>
    file[section].flatMap((row, i) => {
      const before = new Set(urlsOf(stored(section, row.id)).map(({ text }) => text));
      return urlsOf(row)
        .filter(({ text }) => !before.has(text) && !isPublicUrl(text))
        .map(({ path }): Problem => ({ path: [section, i, ...path], why: WHY }));
    }),
  );
}
