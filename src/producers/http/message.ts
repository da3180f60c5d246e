import type { Request } from 'express';
import type { RawWebhook } from '../../domain/platform/port.js';
import { bodyOf } from './raw-body.js';

/** Only what came once is passed on: of a header or parameter that came twice nobody can say which one was signed. */
function single(fields: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  const one: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(fields)) if (typeof value === 'string') one[name] = value;
  return one;
}

/** The parameters of the address, each that came once. */
export function queryOf(req: Request): Record<string, string | undefined> {
  return single(req.query);
}

/** The HTTP message as adapters read it: a platform's webhook and a courier's push have the same shape. */
export function messageOf(req: Request): RawWebhook {
  const [path = ''] = req.originalUrl.split('?', 1);
  return { body: bodyOf(req), headers: single(req.headers), query: queryOf(req), path };
}
