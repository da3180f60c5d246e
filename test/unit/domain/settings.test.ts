import { describe, expect, it } from '@jest/globals';
import { feeOn } from '../../../src/domain/money/tariff.js';
import { courierAccountFor } from '../../../src/domain/settings/lanes.js';
import { carrierFor } from '../../../src/domain/settings/settings.js';
import { anAccount, aPicture } from '../../support/picture.js';

const SLUGS: ReadonlySet<string> = new Set(['zto', 'yto', 'yunda']);
const PLATFORM = { 中通快递: 'zto', zhongtong: 'zto', 圆通速递: 'yto' };

function mapped(raw: string, name: string | null = null, aliases: Record<string, string> = {}) {
  return carrierFor({ carrierAliases: aliases }, PLATFORM, SLUGS, raw, name);
}

describe('the courier that a platform means (R66)', () => {
  it.each([
    ['a code of the platform’s table', mapped('zhongtong'), 'zto'],
    ['a name of the platform’s table, where the code says nothing', mapped('85', '圆通速递'), 'yto'],
    ['a name in place of a code', mapped('中通快递'), 'zto'],
    ['an alias of the shop', mapped('85', null, { '85': 'yto' }), 'yto'],
    ['spaces around the word', mapped(' zhongtong '), 'zto'],
    ['a slug taken literally, in any case', mapped(' ZTO '), 'zto'],
  ])('is found by %s', (_given, slug, expected) => {
    expect(slug).toBe(expected);
  });

  it('is the shop’s own alias before the platform’s table: the shop knows better', () => {
    expect(mapped('zhongtong', null, { zhongtong: 'yunda' })).toBe('yunda');
  });

  it('is the code before the name within one table', () => {
    expect(mapped('zhongtong', '圆通速递')).toBe('zto');
  });

  it.each([
    ['a word nobody mapped', mapped('某某快运')],
    ['part of a name', mapped('中通')],
    ['another case of an alias: the table is exact', mapped('ZhongTong')],
    ['nothing', mapped('')],
    ['a waybill’s prefix', mapped('7310')],
    ['a name that every object has', mapped('constructor', 'toString')],
    ['an alias for a courier that is not plugged in', mapped('sf', null, { sf: 'sf' })],
  ])('is unknown for %s, never guessed', (_given, slug) => {
    expect(slug).toBeNull();
  });
});

describe('the account that serves a shop', () => {
  const everyone = anAccount({ id: 'all', shops: '*', isDefault: false });
  const exact = anAccount({ id: 'exact', shops: ['dy-main'], isDefault: false });
  const chosen = (...accounts: readonly ReturnType<typeof anAccount>[]) =>
    courierAccountFor(aPicture({ accounts }), 'zto', 'dy-main')?.id ?? null;

  it('is one that names the shop before one for all', () => {
    expect(chosen(everyone, exact)).toBe('exact');
    expect(chosen({ ...everyone, isDefault: true }, exact)).toBe('exact');
  });

  it('is the default one among equals', () => {
    expect(chosen(exact, { ...exact, id: 'second', isDefault: true })).toBe('second');
    expect(chosen(everyone, { ...everyone, id: 'second', isDefault: true })).toBe('second');
  });

  it('is one for all where none names the shop', () => {
    expect(chosen(anAccount({ id: 'other', shops: ['dy-two'] }), everyone)).toBe('all');
  });

  it('is none of another courier, another shop or a disabled one', () => {
    expect(chosen(anAccount({ carrier: 'yto' }))).toBeNull();
    expect(chosen(anAccount({ shops: ['dy-two'] }))).toBeNull();
    expect(chosen(anAccount({ shops: [] }))).toBeNull();
    expect(chosen(anAccount({ enabled: false }))).toBeNull();
    expect(chosen()).toBeNull();
  });
});

describe('the fee of a day (R31)', () => {
  const tariffs = [
    { carrier: 'zto', feeFen: 300, from: '2024-11-18' },
    { carrier: 'zto', feeFen: 350, from: '2026-01-01' },
    { carrier: 'yto', feeFen: 400, from: '2024-11-18' },
  ];

  it.each([
    ['2024-11-17', null],
    ['2024-11-18', 300],
    ['2025-12-31', 300],
    ['2026-01-01', 350],
    ['2030-01-01', 350],
  ])('on %s is %s fen at ZTO: a tariff holds from its first day until the next one’s', (day, fee) => {
    expect(feeOn(tariffs, 'zto', day)?.feeFen ?? null).toBe(fee);
    expect(feeOn(tariffs.toReversed(), 'zto', day)?.feeFen ?? null).toBe(fee);
  });

  it('is the courier’s own, and none where no tariff was ever agreed', () => {
    expect(feeOn(tariffs, 'yto', '2026-06-01')?.feeFen).toBe(400);
    expect(feeOn(tariffs, 'sf', '2026-06-01')).toBeNull();
  });
});
