import { describe, expect, it } from '@jest/globals';
import { CARRIER_SLUGS } from '../../../sandbox/scenario-couriers.js';
import { PLATFORM_SLUGS, PLATFORMS } from '../../../sandbox/scenario-platforms.js';
import { planDemo } from '../../../scripts/demo/plan.js';

const WHOLE = { events: 600, rate: 40, seed: 3, platforms: PLATFORM_SLUGS, carriers: CARRIER_SLUGS };

describe('the plan of a demo', () => {
  const plan = planDemo(WHOLE);

  it('deals every after-sale to one shop of its own platform, or the platform would deny knowing it', () => {
    const dealt = plan.days.flatMap(({ shop, cases }) => cases.map((one) => ({ shop, one })));
    expect(dealt.filter(({ shop, one }) => shop.platform !== one.platform)).toEqual([]);
    expect(new Set(dealt.map(({ one }) => one.refund.refundId)).size).toBe(600);
    expect(dealt).toHaveLength(600);
  });

  it('keeps every shop below its budget of detail reads at any rate', () => {
    for (const rate of [1, 40, 300]) {
      for (const { shop, ratePerSecond } of planDemo({ ...WHOLE, rate }).days) {
        // A small day cannot be dealt to the last after-sale.
        expect(ratePerSecond).toBeLessThanOrEqual(PLATFORMS[shop.platform].perSecond * 1.35 + 0.5);
      }
    }
  });

  it('has all platforms and couriers, unless only some are asked for', () => {
    expect(plan.platforms).toEqual(PLATFORM_SLUGS);
    expect(plan.couriers).toEqual(['zto', 'yto', 'yunda', 'sto', 'jtexpress', 'sf', 'jd', 'kuaidi100']);
    const small = planDemo({ ...WHOLE, platforms: ['kuaishou'], carriers: ['ems', 'sf'] });
    expect([small.platforms, small.couriers]).toEqual([['kuaishou'], ['sf', 'kuaidi100']]);
    const carriers = new Set(small.expected.map(({ carrier }) => carrier));
    expect(carriers).toEqual(new Set(['sf', 'ems', null]));
  });

  it('plans the same day from the same seed, so that a strange run can be seen again', () => {
    expect(planDemo(WHOLE)).toEqual(plan);
    expect(planDemo({ ...WHOLE, seed: 4 }).expected).not.toEqual(plan.expected);
  });

  it('gives the shops ids of their own at the platform, since one platform shop is one shop here', () => {
    const ids = plan.shops.map(({ platform, platformShopId }) => `${platform}/${platformShopId}`);
    expect(new Set(ids).size).toBe(plan.shops.length);
    expect(new Set(plan.shops.map(({ id }) => id)).size).toBe(plan.shops.length);
    expect(plan.shops.map(({ id }) => id)).toContain('douyin-2');
  });
});
