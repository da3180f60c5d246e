import { describe, expect, it } from '@jest/globals';
import {
  type Address,
  AddressRefused,
  allowedAddresses,
  guardedLookup,
} from '../../../src/workers/notify/address-guard.js';
import { openPost } from '../../../src/workers/notify/post.js';
import { rawServer } from '../../support/raw-server.js';

const v4 = (address: string): Address => ({ address, family: 4 });
const v6 = (address: string): Address => ({ address, family: 6 });
const PUBLIC = v4('93.184.216.34');

/** What each made-up name resolves to. */
const NAMES: Readonly<Record<string, readonly Address[]>> = {
  'erp.example.com': [PUBLIC],
  'both.example.com': [PUBLIC, v6('2606:2800:220:1:248:1893:25c8:1946')],
  'inside.example.com': [v4('127.0.0.1')],
  'half.example.com': [PUBLIC, v4('10.0.0.8')],
  'meta.example.com': [v4('169.254.169.254')],
  'dressed.example.com': [v6('::ffff:10.0.0.8')],
  'nowhere.example.com': [],
  localhost: [v4('127.0.0.1'), v6('::1')],
  'localhost.': [v4('127.0.0.1')],
};
const resolve = async (host: string) => NAMES[host] ?? [PUBLIC];

const ALLOWED = [
  'https://erp.example.com/hooks',
  'https://both.example.com',
  'https://erp.example.com:8443/hooks',
  'https://93.184.216.34/',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  'http://127.0.0.1:3000/hooks',
  'http://localhost:3000',
  'https://localhost',
  'http://[::1]:3000',
  // Other ways to write loopback say the same once the URL is parsed.
  'http://2130706433/',
];

const REFUSED = [
  'http://erp.example.com/hooks',
  'ftp://erp.example.com',
  'https://inside.example.com',
  'http://inside.example.com',
  'https://half.example.com',
  'https://meta.example.com',
  'https://dressed.example.com',
  'https://nowhere.example.com',
  'https://localhost.',
  'https://0.0.0.0',
  'https://10.1.2.3',
  'https://100.64.0.1',
  'https://169.254.169.254/latest/meta-data',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.0.0.1',
  'https://192.0.2.7',
  'https://192.168.1.1',
  'https://198.18.0.1',
  'https://198.51.100.1',
  'https://203.0.113.9',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://3232235777',
  'https://0xc0a80101',
  'https://[::]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:93.184.216.34]',
  'https://[::ffff:10.0.0.1]',
  'https://[fe80::1]',
  'https://[fc00::1]',
  'https://[fd12:3456::1]',
  'https://[ff02::1]',
  'https://[64:ff9b::7f00:1]',
  'https://[2001:db8::1]',
  'https://[2001::1]',
  'https://[2002:7f00:1::]',
  'http://93.184.216.34',
];

describe('the address of a target (S11)', () => {
  it.each(ALLOWED)('may be %s', async (url) => {
    expect((await allowedAddresses(new URL(url), resolve)).length).toBeGreaterThan(0);
  });

  it.each(REFUSED)('is never %s, since it leads inside or travels in clear', async (url) => {
    await expect(allowedAddresses(new URL(url), resolve)).rejects.toBeInstanceOf(AddressRefused);
  });

  it('says which host is refused and not the rest of the URL, because a bot’s URL is its key', async () => {
    const refused = allowedAddresses(new URL('https://10.0.0.8/robot/send?access_token=hunter2'), resolve);
    await expect(refused).rejects.toThrow(/^10\.0\.0\.8 /);
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });
});

describe('a POST to a name that leads inside', () => {
  it('opens no connection', async () => {
    let connections = 0;
    const canary = await rawServer(() => {
      connections += 1;
    });
    const post = openPost(`https://erp.example.com:${new URL(canary.baseUrl).port}/`, {
      timeoutMs: 500,
      connections: 1,
      resolve: async () => [v4('127.0.0.1')],
    });
    expect(await post.send({}, '{}')).toEqual({
      answered: false,
      why: 'erp.example.com is not an address of the public internet',
    });
    await post.close();
    await canary.close();
    expect(connections).toBe(0);
  });
});

describe('the lookup of a connection', () => {
  const look = (answers: readonly Address[], all: boolean) =>
    new Promise((done) => {
      let asked = 0;
      // A second question would get an address inside: rebinding.
      const rebinding = async () => (asked++ === 0 ? answers : [v4('127.0.0.1')]);
      const lookup = guardedLookup(new URL('https://erp.example.com'), rebinding);
      lookup('erp.example.com', { all }, (error, address, family) => done(error ?? { address, family, asked }));
    });

  it('gives the very address that was checked, so that a second answer of DNS changes nothing', async () => {
    expect(await look([PUBLIC], false)).toEqual({ address: PUBLIC.address, family: 4, asked: 1 });
    expect(await look([PUBLIC], true)).toEqual({ address: [PUBLIC], family: undefined, asked: 1 });
  });

  it('fails for one that leads inside', async () => {
    expect(await look([v4('10.0.0.8')], true)).toBeInstanceOf(AddressRefused);
  });
});
