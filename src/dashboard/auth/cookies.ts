import type { RequestHandler } from 'express';

/** `Cookie: a=1; b=2` as names and values; the first of a name wins, as browsers send the most exact path first. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    if (name !== '' && !(name in cookies)) cookies[name] = decoded(pair.slice(at + 1).trim());
  }
  return cookies;
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** Gives the request its `cookies`, which csrf-csrf reads. */
export const cookies: RequestHandler = (req, _res, next) => {
  req.cookies = parseCookies(req.headers.cookie);
  next();
};
