import { describe, expect, it } from '@jest/globals';
import { aFile, anAccountEntry, aShopEntry, read } from '../../support/settings-file.js';

/** The places and the English words of what is wrong with a file. */
function problems(file: Record<string, unknown>): string[] {
  const result = read(file);
  return result.ok ? [] : result.problems.map(({ path, why }) => `${path.join('.')}: ${why.en}`);
}

const generic = (over: Record<string, unknown>) =>
  aShopEntry({ platform: 'generic', credentials: { secret: 's' }, ...over });
const aggregator = (over: Record<string, unknown>) =>
  anAccountEntry({ id: 'kd', carrier: 'kuaidi100', credentials: { key: 'k', secret: 's' }, ...over });

describe('what a file asks of a platform', () => {
  it('may be its own channel and its polls, where it has them', () => {
    expect(problems(aFile({ shops: [aShopEntry({ channel: 'platform', intake: 'both' })] }))).toEqual([]);
  });

  it.each(['poll', 'both'])('may not be intake "%s" of one that cannot be asked', (intake) => {
    expect(problems(aFile({ shops: [generic({ intake })] }))).toEqual([
      'shops.0.intake: generic cannot be polled: use push',
    ]);
  });

  it('may not be a channel of one without an intercept API', () => {
    expect(problems(aFile({ shops: [generic({ channel: 'platform' })] }))).toEqual([
      'shops.0.channel: generic has no intercept API: use carrier',
    ]);
  });
});

describe('what a file asks of a courier', () => {
  it('may be the couriers that a service fronts', () => {
    expect(problems(aFile({ carrierAccounts: [aggregator({ serves: ['deppon', 'ems'] })] }))).toEqual([]);
  });

  it('must be at least one of them', () => {
    expect(problems(aFile({ carrierAccounts: [aggregator({})] }))).toEqual([
      'carrierAccounts.0.serves: must name the couriers it fronts: deppon, ems',
    ]);
  });

  it('may be no other courier, and the nearest name is told', () => {
    const [problem] = problems(aFile({ carrierAccounts: [aggregator({ serves: ['ems', 'depon'] })] }));
    expect(problem).toMatch(/^carrierAccounts\.0\.serves\.1: .*deppon/);
  });

  it('may be nothing at all of a courier that carries its own parcels', () => {
    expect(problems(aFile({ carrierAccounts: [anAccountEntry({ serves: ['ems'] })] }))).toEqual([
      'carrierAccounts.0.serves: zto fronts no other courier: leave it out',
    ]);
  });
});
