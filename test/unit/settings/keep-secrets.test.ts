import { describe, expect, it } from '@jest/globals';
import { type KeptRow, keepSecrets, sentTo } from '../../../src/domain/settings/keep-secrets.js';

const ACCOUNT = { id: 'zto-main', carrier: 'zto', baseUrl: 'https://japi.zto.com' };
const KEYS = { appKey: 'k', appSecret: 's', urls: { a: '/a', b: '/b' } };
const STORED: Record<string, KeptRow> = {
  'carrierAccounts/zto-main': { secret: { credentials: KEYS }, sentTo: sentTo(ACCOUNT) },
  'shops/dy-main': {
    secret: { credentials: KEYS, returnAddress: { name: '仓库', phone: '13800000000' } },
    sentTo: sentTo({ platform: 'douyin' }),
  },
  'notifications/bot': { secret: { url: 'https://oapi.dingtalk.com/robot/send?access_token=x' }, sentTo: '' },
  'endpoints/erp': { secret: { secret: 'a secret of the erp' }, sentTo: '' },
};
const kept = (section: string, id: string) => STORED[`${section}/${id}`] ?? null;
const account = (over: object) => keepSecrets({ carrierAccounts: [{ ...ACCOUNT, ...over }] }, kept);

describe('a secret that a form leaves empty', () => {
  it.each([
    ['left out', {}],
    ['an empty text', { appSecret: '' }],
    ['an empty group', { urls: {} }],
  ])('stays as it is stored: %s', (_, credentials) => {
    expect(account({ credentials })).toEqual({ carrierAccounts: [{ ...ACCOUNT, credentials: KEYS }] });
  });

  it('is replaced or taken away by itself, and its neighbours stay', () => {
    expect(account({ credentials: { appSecret: 'new', urls: { a: null } } })).toEqual({
      carrierAccounts: [{ ...ACCOUNT, credentials: { appKey: 'k', appSecret: 'new', urls: { b: '/b' } } }],
    });
  });

  it.each([
    ['another host', { baseUrl: 'https://evil.example.com' }],
    ['the default host', { baseUrl: null }],
    ['another courier', { carrier: 'yto' }],
  ])('is never sent to %s: the keys are asked for again', (_, over) => {
    const row = { ...ACCOUNT, ...over };
    expect(account({ ...over, credentials: { appKey: 'k' } })).toEqual({
      carrierAccounts: [{ ...row, credentials: { appKey: 'k' } }],
    });
  });

  it('belongs to its own row: a new one begins with nothing', () => {
    expect(account({ id: 'zto-two', credentials: {} })).toMatchObject({ carrierAccounts: [{ credentials: {} }] });
  });
});

describe('the other sections', () => {
  it('keep a return address field by field, and lose it with null', () => {
    const shop = (returnAddress: unknown) =>
      keepSecrets({ shops: [{ id: 'dy-main', platform: 'douyin', returnAddress }] }, kept);
    expect(shop({ phone: '13900000000' })).toMatchObject({
      shops: [{ returnAddress: { name: '仓库', phone: '13900000000' } }],
    });
    expect(shop(null)).toMatchObject({ shops: [{ returnAddress: null }] });
  });

  it('keep the address of a bot and the secret of an endpoint', () => {
    const file = {
      notifications: [{ id: 'bot', url: '' }],
      endpoints: [{ id: 'erp', url: 'https://erp.example.com' }],
    };
    expect(keepSecrets(file, kept)).toMatchObject({
      notifications: [{ url: 'https://oapi.dingtalk.com/robot/send?access_token=x' }],
      endpoints: [{ secret: 'a secret of the erp' }],
    });
  });

  it('leave what has no shape to the checks', () => {
    for (const odd of [null, 7, [], { shops: 7 }, { shops: [null, 'x', { id: 7 }] }, { nonsense: [{}] }]) {
      expect(() => keepSecrets(odd, kept)).not.toThrow();
    }
    expect(account({ credentials: 'x' })).toMatchObject({ carrierAccounts: [{ credentials: 'x' }] });
  });
});
