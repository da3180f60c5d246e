import { describe, expect, it } from '@jest/globals';
import { showPath } from '../../../src/domain/settings/problem.js';
import { checkReferences, NOTHING_STORED, type Outline, outlineOf } from '../../../src/domain/settings/references.js';
import { aFile, anAccountEntry, aShopEntry } from '../../support/settings-file.js';

const check = (file: Record<string, unknown>, stored: Partial<Outline> = {}) =>
  checkReferences(outlineOf(file), { ...NOTHING_STORED, ...stored }).map(
    ({ path, why }) => `${showPath(path)}: ${why.en}`,
  );

const storedShop = (over: Partial<Outline['shops'][number]> = {}) => ({
  id: 'dy-old',
  policy: 'default',
  platform: 'douyin',
  platformShopId: '999',
  enabled: true,
  ...over,
});
const storedAccount = (over: Partial<Outline['accounts'][number]> = {}) => ({
  id: 'zto-old',
  carriers: ['zto'],
  shops: '*' as const,
  isDefault: false,
  enabled: true,
  ...over,
});

describe('references', () => {
  it('of a sound file are all there', () => {
    expect(check(aFile())).toEqual([]);
  });

  it.each([
    ['shops', { shops: [aShopEntry(), aShopEntry({ platformShopId: '2' })] }, 'shops[1].id: "dy-main" is there twice'],
    [
      'accounts',
      { carrierAccounts: [anAccountEntry({ default: true }), anAccountEntry()] },
      'carrierAccounts[1].id: "zto-main" is there twice',
    ],
    ['policies', { policies: [{ id: 'default' }, { id: 'default' }] }, 'policies[1].id: "default" is there twice'],
    [
      'tariffs',
      {
        tariffs: [
          { carrier: 'zto', from: '2024-11-18' },
          { carrier: 'zto', from: '2024-11-18' },
        ],
      },
      'tariffs[1]: "zto 2024-11-18" is there twice',
    ],
  ])('refuse the same id twice among %s, because only one of them could win', (_, over, problem) => {
    expect(check(aFile(over))).toContain(problem);
  });

  it('let a bot and an endpoint share a name, because they are different things', () => {
    expect(check(aFile({ notifications: [{ id: 'erp' }], endpoints: [{ id: 'erp' }] }))).toEqual([]);
  });

  it('refuse a policy that is nowhere, naming the nearest', () => {
    expect(check(aFile({ shops: [aShopEntry({ policy: 'defualt' })] }))).toEqual([
      'shops[0].policy: there is no policy "defualt"; did you mean default?',
    ]);
  });

  it('find a policy that was applied before, because what is absent from the file stays', () => {
    expect(check(aFile({ policies: [] }), { policies: [{ id: 'default' }] })).toEqual([]);
    expect(check(aFile({ policies: [] }))).toHaveLength(1);
  });

  it('refuse an account for a shop that is nowhere or disabled', () => {
    const file = aFile({ carrierAccounts: [anAccountEntry({ shops: ['dy-main', 'dy-old'] })] });
    expect(check(file)).toEqual([
      expect.stringMatching(/^carrierAccounts\[0\]\.shops\[1\]: there is no shop "dy-old"/),
    ]);
    expect(check(file, { shops: [storedShop()] })).toEqual([]);
    expect(check(file, { shops: [storedShop({ enabled: false })] })).toHaveLength(1);
  });

  it('refuse one platform shop under two ids, even if the other is disabled: it would forget what was asked for', () => {
    const twice = [aShopEntry(), aShopEntry({ id: 'dy-again' })];
    expect(check(aFile({ shops: twice }))).toEqual(['shops[1].platformShopId: is the same platform shop as dy-main']);
    const old = storedShop({ platformShopId: '10437917', enabled: false });
    expect(check(aFile(), { shops: [old] })).toEqual(['shops[0].platformShopId: is the same platform shop as dy-old']);
  });

  it('let the same number be a shop of another platform', () => {
    expect(check(aFile({ shops: [aShopEntry(), aShopEntry({ id: 'jd-main', platform: 'jd' })] }))).toEqual([]);
  });
});

describe('two accounts of one courier', () => {
  const accounts = (...entries: Record<string, unknown>[]) =>
    aFile({ carrierAccounts: entries.map((e, i) => anAccountEntry({ id: `a${i}`, ...e })) });
  const ambiguous = expect.stringMatching(/set default: true on exactly one/);

  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['for all shops need a default', accounts({}, {}), [ambiguous]],
    ['for all shops are settled by one default', accounts({ default: true }, {}), []],
    ['for all shops are not settled by two defaults', accounts({ default: true }, { default: true }), [ambiguous]],
    ['for one shop need a default', accounts({ shops: ['dy-main'] }, { shops: ['dy-main'] }), [ambiguous]],
    ['of which one is exact need none, because an exact shop beats *', accounts({}, { shops: ['dy-main'] }), []],
    ['of which one is switched off need none', accounts({}, { enabled: false }), []],
    ['are no rivals at different couriers', accounts({}, { carrier: 'yto' }), []],
    [
      'are rivals through a service that serves the courier',
      accounts({}, { carrier: 'kuaidi100', serves: ['zto'] }),
      [ambiguous],
    ],
  ])('%s', (_, file, expected) => {
    expect(check(file)).toEqual(expected);
  });

  it('are rivals though one of them was applied long ago', () => {
    expect(check(accounts({}), { accounts: [storedAccount()] })).toEqual([ambiguous]);
    expect(check(accounts({}), { accounts: [storedAccount({ isDefault: true })] })).toEqual([]);
    expect(check(accounts({}), { accounts: [storedAccount({ enabled: false })] })).toEqual([]);
    expect(check(accounts({}), { accounts: [storedAccount({ id: 'a0' })] })).toEqual([]);
  });

  it('are named once for all the shops they compete for', () => {
    const shops = [aShopEntry(), aShopEntry({ id: 'dy-2', platformShopId: '2' })];
    const both = { shops: ['dy-main', 'dy-2'] };
    expect(check({ ...accounts(both, both), shops })).toEqual([
      'carrierAccounts[1]: a0, a1 fit dy-main, dy-2 at zto equally well: set default: true on exactly one of them',
    ]);
  });
});
