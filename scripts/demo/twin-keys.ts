import { randomBytes } from 'node:crypto';

/** The keys a twin checks signatures with, new for every run. */
export interface TwinKeys {
  readonly appKey: string;
  readonly appSecret: string;
  readonly accessToken: string;
}

export function newKeys(appKey: string): TwinKeys {
  return { appKey, appSecret: randomBytes(18).toString('hex'), accessToken: randomBytes(18).toString('hex') };
}
