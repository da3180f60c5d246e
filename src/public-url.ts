import { isIP } from 'node:net';
import { isPublic } from './workers/notify/public-address.js';

/** Names that no public server has. */
const INSIDE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|arpa)\.?$/i;

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
