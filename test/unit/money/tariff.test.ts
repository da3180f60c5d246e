import { describe, expect, it } from '@jest/globals';
import { conditionsText, feeOn, tariffId, tariffKey } from '../../../src/domain/money/tariff.js';
import type { TariffRow } from '../../../src/domain/settings/settings.js';

const SF: readonly TariffRow[] = [
  { carrier: 'sf', feeFen: 1_200, from: '2026-01-01' },
  { carrier: 'sf', feeFen: 1_800, from: '2026-01-01', when: { weightGrams: { atLeast: 3_000 } } },
  { carrier: 'sf', feeFen: 2_400, from: '2026-01-01', when: { weightGrams: { atLeast: 3_000 }, zone: ['far'] } },
  { carrier: 'sf', feeFen: 1_300, from: '2026-06-01' },
  { carrier: 'sf', feeFen: 500, from: '2026-01-01', when: { channel: ['douyin'] } },
  { carrier: 'sf', feeFen: 900, from: '2026-01-01', when: { volumeCm3: { below: 1_000 }, service: ['standard'] } },
];

describe('the price of a stop (R31)', () => {
  it.each([
    ['nothing known of the parcel', {}, 1_300],
    ['just below the weight', { weightGrams: 2_999 }, 1_300],
    ['from that weight on', { weightGrams: 3_000 }, 1_800],
    ['heavy and far', { weightGrams: 9_000, zone: 'far' }, 2_400],
    ['heavy, of a zone that no price names', { weightGrams: 9_000, zone: 'near' }, 1_800],
    ['asked through a platform', { channel: 'douyin' }, 500],
    ['asked of the courier', { channel: 'sf' }, 1_300],
    ['small, of that service', { volumeCm3: 999, service: 'standard' }, 900],
    ['a size that is the bound', { volumeCm3: 1_000, service: 'standard' }, 1_300],
  ])('%s', (_, parcel, fen) => {
    expect(feeOn(SF, 'sf', '2026-11-28', parcel)?.feeFen).toBe(fen);
    expect(feeOn(SF.toReversed(), 'sf', '2026-11-28', parcel)?.feeFen).toBe(fen);
  });

  it('is that of its day, and none before the first', () => {
    expect(feeOn(SF, 'sf', '2026-05-31')?.feeFen).toBe(1_200);
    expect(feeOn(SF, 'sf', '2025-12-31')).toBeNull();
  });

  it('is named by courier, day and conditions, in whatever order they were written', () => {
    const when = { zone: ['far away'], weightGrams: { atLeast: 1 } };
    const turned = { weightGrams: { atLeast: 1 }, zone: ['far away'] };
    const id = tariffId({ carrier: 'sf', from: '2026-01-01', when });
    expect(id).toBe(tariffId({ carrier: 'sf', from: '2026-01-01', when: turned }));
    expect(tariffKey(id)).toEqual(['sf', '2026-01-01', conditionsText(when)]);
    expect(tariffKey(tariffId({ carrier: 'sf', from: '2026-01-01' }))).toEqual(['sf', '2026-01-01', '']);
  });
});
