import { describe, expect, it } from '@jest/globals';
import { typedUrlProblems } from '../../../src/domain/settings/typed-urls.js';
import { isPublicUrl } from '../../../src/public-url.js';

const ALLOWED = [
  'https://japi.zto.com',
  'https://openapi-fxg.jinritemai.com',
  'https://erp.example.com/hooks?x=1',
  'https://93.184.216.34/',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  'https://japi.zto.com:443',
];
const REFUSED = [
  'http://japi.zto.com',
  'http://127.0.0.1:6379',
  'https://127.0.0.1',
  'https://127.1',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0.0.0.0/',
  'https://10.0.0.8/',
  'https://100.64.0.1/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a00:8]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:db8::1]/',
  'https://localhost',
  'https://localhost.',
  'https://a.localhost',
  'https://redis',
  'https://metadata.google.internal/',
  'https://printer.local',
  'https://db.corp',
  'https://japi.zto.com:8443',
  'https://japi.zto.com:22',
  'https://user@japi.zto.com',
  'https://user:pw@japi.zto.com',
  'ftp://japi.zto.com',
  'file:///etc/passwd',
  'gopher://japi.zto.com',
  '//japi.zto.com',
  'japi.zto.com',
  'https://１２７.０.０.１/',
];

describe('an address typed at a page (S11)', () => {
  it.each(ALLOWED)('may be %s', (url) => {
    expect(isPublicUrl(url)).toBe(true);
  });

  it.each(REFUSED)('is never %s', (url) => {
    expect(isPublicUrl(url)).toBe(false);
  });
});

describe('the rows of a page', () => {
  const none = { shops: [], notifications: [], endpoints: [] };
  const account = (baseUrl: string, credentials: object = {}) => ({ id: 'a', baseUrl, credentials });
  const problems = (row: object, stored?: object) =>
    typedUrlProblems({ ...none, carrierAccounts: [row as never] }, () => stored, isPublicUrl).map(({ path }) =>
      path.join('.'),
    );

  it('are refused with the field that leads inside, however deep it lies', () => {
    expect(problems(account('http://127.0.0.1:9'))).toEqual(['carrierAccounts.0.baseUrl']);
    expect(problems(account('https://japi.zto.com', { urls: { track: 'https://10.0.0.1' } }))).toEqual([
      'carrierAccounts.0.credentials.urls.track',
    ]);
    expect(problems(account('https://japi.zto.com'))).toEqual([]);
  });

  it('keep what jiejian apply has written, and only to the letter', () => {
    const stored = { shown: { baseUrl: 'http://10.0.0.1' }, secret: {} };
    expect(problems(account('http://10.0.0.1'), stored)).toEqual([]);
    expect(problems(account('http://10.0.0.2'), stored)).toEqual(['carrierAccounts.0.baseUrl']);
  });
});
