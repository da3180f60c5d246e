import { describe, expect, it } from '@jest/globals';
import { planDemo } from '../../../scripts/demo/plan.js';

describe('the plan of a demo', () => {
  const plan = planDemo({ events: 300, rate: 40, seed: 3 });

  it('sends every event to the shop that has its after-sale, or the platform would deny knowing it', () => {
    const shopOf = new Map(plan.afterSales.map(({ afterSaleId, shopId }) => [afterSaleId, shopId]));
    const wrong = plan.storms.flatMap(({ shop, events }) =>
      events.filter(({ afterSaleId }) => shopOf.get(afterSaleId) !== shop.platformShopId),
    );
    expect(wrong).toEqual([]);
    const told = new Set(plan.storms.flatMap(({ events }) => events.map(({ afterSaleId }) => afterSaleId)));
    expect(told.size).toBe(300);
  });

  it('keeps every shop below its budget of detail reads, which is 20 a second, at any rate', () => {
    for (const rate of [1, 40, 300]) {
      for (const { ratePerSecond } of planDemo({ events: 10, rate, seed: 1 }).storms) {
        expect(ratePerSecond).toBeLessThanOrEqual(12);
      }
    }
  });

  it('gives each courier the parcels it carries and no others, or a twin would deny knowing them', () => {
    for (const courier of ['zto', 'yto', 'yunda'] as const) {
      const own = plan.expected.filter((one) => one.courier === courier).map(({ waybillNo }) => waybillNo);
      expect(plan.parcels[courier].map(({ waybillNo }) => waybillNo)).toEqual(own);
      expect(own.length).toBeGreaterThan(50);
    }
  });

  it('plans the same day from the same seed, so that a strange run can be seen again', () => {
    expect(planDemo({ events: 300, rate: 40, seed: 3 })).toEqual(plan);
    expect(planDemo({ events: 300, rate: 40, seed: 4 }).expected).not.toEqual(plan.expected);
  });

  it('gives the shops ids of their own at the platform, since one platform shop is one shop here', () => {
    expect(new Set(plan.shops.map(({ platformShopId }) => platformShopId)).size).toBe(plan.shops.length);
    expect(plan.shops.map(({ id }) => id)).toEqual(['dy-1', 'dy-2', 'dy-3', 'dy-4']);
  });
});
