import { describe, expect, it } from '@jest/globals';
import { PARCEL_SPEC } from '../../../sandbox/frame/parcel-spec.js';
import { AFTER_SALES } from '../../../sandbox/platforms/douyin/after-sale.js';
import { afterSaleOf, eventOf } from '../../../sandbox/platforms/douyin/from-refund.js';
import { EMIT as DOUYIN_EMIT } from '../../../sandbox/platforms/douyin/push-spec.js';
import { EMIT } from '../../../sandbox/refunds/emission-plan.js';
import { REFUNDS } from '../../../sandbox/refunds/refund.js';
import { classCounts, scenario } from '../../../sandbox/scenario.js';
import { CLASSES, type ScenarioClass } from '../../../sandbox/scenario-classes.js';
import { CARRIER_SLUGS, CARRIERS, COURIER_SLUGS } from '../../../sandbox/scenario-couriers.js';
import { PLATFORM_SLUGS, PLATFORMS } from '../../../sandbox/scenario-platforms.js';

const NAMES = Object.keys(CLASSES) as ScenarioClass[];
const day = scenario({ events: 500, seed: 7 });
const expected = day.cases.map((one) => one.expected);
const ofClass = (name: ScenarioClass) => day.cases.filter((one) => one.expected.class === name);

describe('a day of refunds can be repeated', () => {
  it('the same seed gives the same day, byte for byte', () => {
    expect(JSON.stringify(scenario({ events: 500, seed: 7 }))).toBe(JSON.stringify(day));
  });

  it('another seed gives another day with the same mix', () => {
    const other = scenario({ events: 500, seed: 8 });
    const mix = (d: typeof day) => NAMES.map((name) => d.cases.filter((one) => one.expected.class === name).length);
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(day));
    expect(mix(other)).toEqual(mix(day));
  });
});

describe('the mix', () => {
  it('weights add up to 100, so that they read as percent', () => {
    expect(NAMES.reduce((sum, name) => sum + CLASSES[name].weight, 0)).toBe(100);
  });

  it('70 in 100 are turned around', () => {
    expect(expected.filter(({ fee }) => fee).length).toBe(350);
  });

  it.each([1, 7, 31, 32, 100, 333, 10_000])('%s events give exactly that many after-sales', (events) => {
    const counts = [...classCounts(events).values()];
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(events);
    expect(counts.every((n) => n >= (events >= 32 ? 1 : 0))).toBe(true);
  });
});

describe('the couriers', () => {
  it.each([1, 7, 20])('carry their shares of all parcels with seed %s, so that the demo shows each', (seed) => {
    const dealt = scenario({ events: 1_000, seed }).cases.flatMap(({ expected: { carrier } }) => carrier ?? []);
    const shares = CARRIER_SLUGS.reduce((sum, slug) => sum + CARRIERS[slug].share, 0);
    for (const slug of CARRIER_SLUGS) {
      const count = dealt.filter((carrier) => carrier === slug).length;
      expect(Math.abs(count - (dealt.length * CARRIERS[slug].share) / shares)).toBeLessThanOrEqual(3);
    }
  });

  it('are named in their platform’s words', () => {
    const wrong = day.cases.filter(({ platform, refund, expected: { carrier } }) => {
      const word = refund.parcels?.[0]?.companyCode;
      return carrier !== null && word !== PLATFORMS[platform].words[carrier].companyCode;
    });
    expect(wrong).toEqual([]);
    const uncarried = day.cases.filter(({ expected }) => expected.carrier === null).map((one) => one.expected.class);
    expect(new Set(uncarried)).toEqual(new Set(['before_shipment', 'unmapped_courier']));
  });

  it('get no class they cannot answer, since only ZTO documents its codes and its status', () => {
    const at = (courier: string) =>
      new Set<string>(day.cases.filter((one) => one.expected.courier === courier).map((one) => one.expected.class));
    const limited = [
      'picked_up_later',
      'never_picked_up',
      'delivery_branch',
      'refused_by_code',
      'accepted_then_missed',
    ];
    const others = COURIER_SLUGS.filter((slug) => slug !== 'zto').flatMap((slug) => [...at(slug)]);
    expect(others.filter((name) => limited.includes(name))).toEqual([]);
    expect(COURIER_SLUGS.filter((slug) => !at(slug).has('eligible'))).toEqual([]);
    expect(at('yunda').has('withdrawn')).toBe(false);
  });
});

describe('the platforms', () => {
  it('have their shares of the day, each of the day’s', () => {
    const count = (slug: string) => day.cases.filter(({ platform }) => platform === slug).length;
    expect(PLATFORM_SLUGS.filter((slug) => count(slug) === 0)).toEqual([]);
    expect(count('douyin')).toBeGreaterThan(count('taobao'));
  });

  it('tell only what their documented messages can', () => {
    const wrong = day.cases.filter(({ platform, expected }) => {
      const { platforms } = CLASSES[expected.class] as { platforms?: readonly string[] };
      return platforms !== undefined && !platforms.includes(platform);
    });
    expect(wrong).toEqual([]);
  });

  it('of a day without those that could are spared its class, not its after-sale', () => {
    const only = scenario({ events: 200, seed: 5, platforms: ['jd'], carriers: ['sf'] });
    expect(only.cases).toHaveLength(200);
    expect(only.cases.filter((one) => one.expected.class === 'arbitration')).toEqual([]);
  });
});

describe('every after-sale is accounted for', () => {
  it('ids and waybills are unique; where a platform’s ids are numbers they lie above 2^53', () => {
    const ids = day.cases.map(({ refund }) => refund.refundId);
    const orders = day.cases.map(({ refund }) => refund.orderId);
    expect([new Set(ids).size, new Set(orders).size]).toEqual([500, 500]);
    const numbers = ids.filter((id) => /^\d+$/.test(id));
    expect(numbers.every((id) => id.length === 19 && BigInt(id) > 2n ** 53n)).toBe(true);
    const waybills = day.cases.flatMap(({ parcel }) => parcel?.waybillNo ?? []);
    expect(new Set(waybills).size).toBe(waybills.length);
  });

  it('each has one expectation, one first event and, but for those not shipped, one parcel', () => {
    for (const { refund, parcel, events, expected: one } of day.cases) {
      expect(one.afterSaleId).toBe(refund.refundId);
      expect(one.waybillNo).toBe(parcel?.waybillNo ?? null);
      expect(events.filter(({ afterMs }) => afterMs === undefined)).toHaveLength(1);
      expect(new Set(events.map(({ refundId }) => refundId))).toEqual(new Set([refund.refundId]));
    }
    expect(ofClass('before_shipment').every(({ parcel }) => parcel === null)).toBe(true);
  });

  it('what the twins take is what the scenario makes', () => {
    const refunds = day.cases.map(({ refund }) => ({ ...refund, shopId: '10437917' }));
    const events = day.cases.flatMap((one) => one.events);
    expect(REFUNDS.safeParse(refunds).error).toBeUndefined();
    expect(EMIT.safeParse({ targetUrl: 'http://127.0.0.1:1', events }).error).toBeUndefined();
    const parcels = day.cases.flatMap(({ parcel }) => (parcel === null ? [] : [parcel]));
    expect(PARCEL_SPEC.array().safeParse(parcels).error).toBeUndefined();
    const ofDouyin = refunds.filter((_refund, i) => day.cases[i]?.platform === 'douyin');
    expect(AFTER_SALES.safeParse(ofDouyin.map(afterSaleOf)).error).toBeUndefined();
    expect(
      DOUYIN_EMIT.safeParse({ targetUrl: 'http://127.0.0.1:1', events: events.map(eventOf) }).error,
    ).toBeUndefined();
  });
});

describe('each class differs in the one thing its rule is about', () => {
  const amounts = (name: ScenarioClass) =>
    ofClass(name).map(({ refund: { paidFen, refundFen, type, parcels } }) => ({
      paid: paidFen,
      refund: refundFen,
      type,
      code: parcels?.[0]?.companyCode,
    }));

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
    expect(new Set(amounts('return_refund').map(({ type }) => type))).toEqual(new Set(['return_refund']));
    expect(new Set(amounts('before_shipment').map(({ type }) => type))).toEqual(new Set(['before_shipment']));
    expect(new Set(amounts('unmapped_courier').map(({ code }) => code))).toEqual(new Set(['9999']));
  });

  it('a parcel that is picked up later has no scan yet when its refund arrives', () => {
    const late = scenario({ events: 500, seed: 7, ratePerSecond: 10 });
    late.cases.forEach(({ parcel, expected: one }, index) => {
      if (one.class !== 'picked_up_later') return;
      expect(parcel?.timeline?.[0]?.afterMs ?? 0).toBeGreaterThan(index * 100);
    });
  });
});
