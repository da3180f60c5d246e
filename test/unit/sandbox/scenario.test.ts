import { describe, expect, it } from '@jest/globals';
import { PARCEL_SPEC } from '../../../sandbox/frame/parcel-spec.js';
import { AFTER_SALES } from '../../../sandbox/platforms/douyin/after-sale.js';
import { EMIT } from '../../../sandbox/platforms/douyin/push-spec.js';
import { classCounts, scenario } from '../../../sandbox/scenario.js';
import { CLASSES, type ScenarioClass } from '../../../sandbox/scenario-classes.js';
import { COURIERS } from '../../../sandbox/scenario-couriers.js';

const NAMES = Object.keys(CLASSES) as ScenarioClass[];
const day = scenario({ events: 500, seed: 7 });
const ofClass = (name: ScenarioClass) => day.expected.filter((one) => one.class === name);
const afterSaleOf = (id: string) => day.afterSales.find(({ afterSaleId }) => afterSaleId === id);

describe('a day of refunds can be repeated', () => {
  it('the same seed gives the same day, byte for byte', () => {
    expect(JSON.stringify(scenario({ events: 500, seed: 7 }))).toBe(JSON.stringify(day));
  });

  it('another seed gives another day with the same mix', () => {
    const other = scenario({ events: 500, seed: 8 });
    const mix = (d: typeof day) => NAMES.map((name) => d.expected.filter((one) => one.class === name).length);
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(day));
    expect(mix(other)).toEqual(mix(day));
  });
});

describe('the mix', () => {
  it('weights add up to 100, so that they read as percent', () => {
    expect(NAMES.reduce((sum, name) => sum + CLASSES[name].weight, 0)).toBe(100);
  });

  it('70 in 100 are turned around', () => {
    expect(day.expected.filter(({ fee }) => fee).length).toBe(350);
  });

  it.each([1, 7, 31, 32, 100, 333, 10_000])('%s events give exactly that many after-sales', (events) => {
    const counts = [...classCounts(events).values()];
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(events);
    expect(counts.every((n) => n >= (events >= 32 ? 1 : 0))).toBe(true);
  });
});

describe('the couriers', () => {
  const carried = (d: typeof day, courier: string | null) => d.expected.filter((one) => one.courier === courier);

  it.each([1, 7, 20])(
    'carry a half and two quarters of all parcels with seed %s, so that the demo shows each',
    (seed) => {
      const other = scenario({ events: 500, seed });
      const counts = ['zto', 'yto', 'yunda'].map((courier) => carried(other, courier).length);
      const total = counts.reduce((sum, n) => sum + n, 0);
      expect(total).toBe(500 - 15 - 10);
      [2, 1, 1].forEach((share, i) => {
        expect(Math.abs((counts[i] ?? 0) - (total * share) / 4)).toBeLessThanOrEqual(2);
      });
    },
  );

  it('are those the platform names, by code and by name', () => {
    const wrong = day.expected.filter(({ afterSaleId, courier }) => {
      const parcel = afterSaleOf(afterSaleId)?.parcels?.[0];
      return courier !== null && parcel?.companyName !== COURIERS[courier].companyName;
    });
    expect(wrong).toEqual([]);
    expect(new Set(carried(day, null).map((one) => one.class))).toEqual(
      new Set(['before_shipment', 'unmapped_courier']),
    );
  });

  it('get no class they cannot answer, since only ZTO documents its codes and its status', () => {
    const at = (courier: string) => new Set<string>(carried(day, courier).map((one) => one.class));
    const limited = [
      'picked_up_later',
      'never_picked_up',
      'delivery_branch',
      'refused_by_code',
      'accepted_then_missed',
    ];
    expect([...at('yto'), ...at('yunda')].filter((name) => limited.includes(name))).toEqual([]);
    expect([at('zto').has('eligible'), at('yto').has('eligible'), at('yunda').has('eligible')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(at('yunda').has('withdrawn')).toBe(false);
  });
});

describe('every after-sale is accounted for', () => {
  it('ids are unique, of 19 digits and above 2^53; waybills are unique', () => {
    const ids = day.afterSales.flatMap(({ afterSaleId, orderId, skuOrderId }) => [afterSaleId, orderId, skuOrderId]);
    expect(new Set(ids).size).toBe(1500);
    expect(ids.every((id) => id.length === 19 && BigInt(id) > 2n ** 53n)).toBe(true);
    expect(new Set(day.parcels.map(({ waybillNo }) => waybillNo)).size).toBe(day.parcels.length);
  });

  it('each has one expectation, one first event and, but for those not shipped, one parcel', () => {
    const first = day.events.filter(({ afterMs }) => afterMs === undefined).map(({ afterSaleId }) => afterSaleId);
    const shipped = day.expected.flatMap(({ waybillNo }) => waybillNo ?? []);
    expect(first).toEqual(day.expected.map(({ afterSaleId }) => afterSaleId));
    expect(day.parcels.map(({ waybillNo }) => waybillNo)).toEqual(shipped);
    expect(ofClass('before_shipment').every(({ waybillNo }) => waybillNo === null)).toBe(true);
  });

  it('what the twins take is what the scenario makes', () => {
    expect(AFTER_SALES.safeParse(day.afterSales).error).toBeUndefined();
    expect(PARCEL_SPEC.array().safeParse(day.parcels).error).toBeUndefined();
    expect(EMIT.safeParse({ targetUrl: 'http://127.0.0.1:1', events: day.events }).error).toBeUndefined();
  });
});

describe('each class differs in the one thing its rule is about', () => {
  const amounts = (name: ScenarioClass) =>
    ofClass(name).map(({ afterSaleId }) => {
      const one = afterSaleOf(afterSaleId);
      return {
        paid: one?.paidFen ?? 0,
        refund: one?.refundAmountFen ?? 0,
        type: one?.type,
        code: one?.parcels?.[0]?.companyCode,
      };
    });

  it('R14 starts at exactly 1000.00 and everything else stays below', () => {
    expect(amounts('high_value').every(({ paid }) => paid >= 100_000)).toBe(true);
    expect(amounts('eligible').every(({ paid }) => paid < 100_000)).toBe(true);
    expect(amounts('high_value').some(({ paid }) => paid === 100_000)).toBe(true);
    expect(amounts('eligible').some(({ paid }) => paid === 99_999)).toBe(true);
  });

  it('R60 is less than paid, all others are full refunds', () => {
    expect(amounts('partial_refund').every(({ paid, refund }) => refund < paid && refund > 0)).toBe(true);
    expect(
      NAMES.filter((name) => name !== 'partial_refund')
        .flatMap(amounts)
        .every(({ paid, refund }) => paid === refund),
    ).toBe(true);
  });

  it('R15 and R17 by type and courier code', () => {
    expect(new Set(amounts('return_refund').map(({ type }) => type))).toEqual(new Set([0]));
    expect(new Set(amounts('before_shipment').map(({ type }) => type))).toEqual(new Set([2]));
    expect(new Set(amounts('unmapped_courier').map(({ code }) => code))).toEqual(new Set(['quanritong']));
  });

  it('a parcel that is picked up later has no scan yet when its refund arrives', () => {
    const late = scenario({ events: 500, seed: 7, ratePerSecond: 10 });
    late.events.slice(0, 500).forEach(({ afterSaleId }, index) => {
      const one = late.expected[index];
      if (one?.class !== 'picked_up_later') return;
      const got = late.parcels.find(({ waybillNo }) => waybillNo === one.waybillNo)?.timeline?.[0]?.afterMs ?? 0;
      expect([afterSaleId, got > index * 100]).toEqual([one.afterSaleId, true]);
    });
  });
});
