import type { PushForm } from '../../frame/scan-pusher.js';
import { readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import type { JtexpressOptions } from './options.js';
import { jtexpressDigest } from './sign.js';
import type { TrackDesk } from './track.js';

/** Not documented: as often as another courier pushes again. */
const RETRY = { firstMs: 1000, factor: 2, maxMs: 600_000, maxAttempts: 16 } as const;

/**
 * A push in the form of a request, with its headers. All of this is a guess; a token in the address, the other way to
 * prove where a push comes from, is whatever `callbackUrl` carries.
 */
export function jtexpressPush(options: JtexpressOptions, content: WireValue, at: number) {
  const bizContent = writeWireJson(content);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    apiAccount: options['api-account'],
    digest: jtexpressDigest(bizContent, options['private-key']),
    timestamp: String(at),
  };
  return { headers, body: new URLSearchParams({ bizContent }).toString() };
}

/** One scan a push, written like an entry of the track query. */
export function jtexpressPushForm(options: JtexpressOptions, tracks: () => TrackDesk, now: () => number): PushForm {
  return {
    retry: RETRY,
    write: (waybillNo, scan) => jtexpressPush(options, tracks().trackOf(waybillNo, [scan]), now()),
    acknowledges: (status, body) => status === 200 && readJsonObject(body)?.code === '1',
  };
}
