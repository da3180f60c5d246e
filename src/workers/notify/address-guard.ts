import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** A target's address is one that nothing of ours may be sent to. The message names the host, never the whole URL. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** IPv4 that is not public unicast (IANA special-purpose registry). */
const NOT_PUBLIC_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6 only global unicast is public; ranges inside it that carry or stand for something else are not. */
const NOT_PUBLIC_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refusedV4 = new BlockList();
for (const [net, bits] of NOT_PUBLIC_V4) refusedV4.addSubnet(net, bits, 'ipv4');
const refusedV6 = new BlockList();
for (const [net, bits] of NOT_PUBLIC_V6) refusedV6.addSubnet(net, bits, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Is this an address of the public internet? IPv4 dressed up as IPv6 never is. */
function isPublic({ address, family }: Address): boolean {
  if (family === 4) return !refusedV4.check(address, 'ipv4');
  return globalV6.check(address, 'ipv6') && !refusedV6.check(address, 'ipv6');
}

const isLoopback = ({ address, family }: Address) => loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');

/** The rule of `baseUrl` (contract section 6): a URL that says loopback means this machine. */
const SAYS_LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The addresses that may be connected to for this URL, all of them checked (S11): of a URL that says loopback only
 * loopback, over https or http; of any other only public ones, over https. One bad address refuses all: a name that
 * points inside as well as outside is no receiver of ours. Throws AddressRefused, or what `resolve` throws.
 */
export async function allowedAddresses(url: URL, resolve: Resolve): Promise<readonly Address[]> {
  const here = SAYS_LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) {
    throw new AddressRefused(`${url.hostname} is not reached over https`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family === 0 ? await resolve(host) : [{ address: host, family: family === 6 ? 6 : 4 } as const];
  if (found.length === 0) throw new AddressRefused(`${url.hostname} has no address`);
  if (!found.every(here ? isLoopback : isPublic)) {
    throw new AddressRefused(`${url.hostname} is not an address of the public internet`);
  }
  return found;
}

/** A `lookup` for sockets: what was checked is what is connected to, so a second answer of DNS changes nothing. */
export function guardedLookup(url: URL, resolve: Resolve): LookupFunction {
  return (_host, options, callback) => {
    allowedAddresses(url, resolve).then(
      (found) => {
        const [first] = found;
        if (options.all === true) callback(null, [...found]);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error('lookup failed'), []),
    );
  };
}
