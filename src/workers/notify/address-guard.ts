import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { type Address, isPublic } from './public-address.js';

/** A target's address is one that nothing of ours may be sent to. The message names the host, never the whole URL. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export type { Address };

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

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
