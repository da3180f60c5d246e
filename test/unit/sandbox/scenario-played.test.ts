import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scenario } from '../../../sandbox/scenario.js';
import type { ScenarioClass } from '../../../sandbox/scenario-classes.js';
import { until } from '../../support/until.js';
import { callZto, createFields, type Json, startZto, type TwinUnderTest } from './running-twins.js';

/** What ZTO answers to a create at once, and what the parcel's order has become in the end. */
const AT_ZTO: Partial<Record<ScenarioClass, readonly [code: string, end: string | null]>> = {
  eligible: ['SYS000', 'INTERCEPT_DISCONTINUE'],
  duplicated: ['SYS000', 'INTERCEPT_DISCONTINUE'],
  arbitration: ['SYS000', 'INTERCEPT_DISCONTINUE'],
  picked_up_later: ['E23119', null],
  never_picked_up: ['E23119', null],
  delivery_branch: ['E23137', null],
  out_for_delivery: ['E23120', null],
  signed: ['E23101', null],
  refused_by_code: ['E23111', null],
  withdrawn: ['SYS000', 'INTERCEPTING'],
  accepted_then_missed: ['SYS000', 'INTERCEPT_FAIL'],
};

const isLate = (one: { readonly class: ScenarioClass }) => one.class === 'picked_up_later';

describe('the parcels of a day do what their class promises', () => {
  const day = scenario({ events: 100, seed: 3, ratePerSecond: 100, platforms: ['douyin'], carriers: ['zto'] });
  let zto: TwinUnderTest;
  const codes = new Map<string, unknown>();
  const statuses = async () => {
    const { parcels } = (await zto.control('GET', '/parcels')).json as {
      parcels: { waybillNo: string; status: string | null }[];
    };
    return new Map(parcels.map(({ waybillNo, status }) => [waybillNo, status]));
  };
  const sent = day.cases.map(({ expected }) => expected).filter((one) => one.class in AT_ZTO);

  beforeAll(async () => {
    zto = await startZto({ timeScale: 0.2 });
    const parcels = day.cases.flatMap(({ parcel }) => (parcel === null ? [] : [parcel]));
    await zto.control('POST', '/parcels', parcels);
    // Those that are picked up within a second must be asked before that, however slow the machine is.
    const soonest = sent.toSorted((a, b) => Number(isLate(b)) - Number(isLate(a)));
    for (const { waybillNo } of soonest) {
      const answer = await callZto(zto.baseUrl, 'thirdcenter.createIntercept', createFields(waybillNo ?? ''));
      codes.set(waybillNo ?? '', answer.json.statusCode);
    }
  });
  afterAll(() => zto.close());

  it('each create is answered as the class says', () => {
    const wrong = sent.filter((one) => codes.get(one.waybillNo ?? '') !== AT_ZTO[one.class]?.[0]);
    expect(wrong).toEqual([]);
  });

  it('each accepted order comes to its end by itself', async () => {
    const wrong = async () => {
      const now = await statuses();
      return sent.filter((one) => now.get(one.waybillNo ?? '') !== AT_ZTO[one.class]?.[1]);
    };
    await until(async () => (await wrong()).length === 0, { what: 'all ends' });
    const { returned, missed } = (await zto.summary()) as Json;
    const fees = sent.filter(({ fee, class: name }) => fee && name !== 'picked_up_later').length;
    expect([returned, missed]).toEqual([fees, sent.filter((one) => one.class === 'accepted_then_missed').length]);
  });

  it('a parcel that is picked up later can be intercepted then', async () => {
    const late = sent.filter(isLate);
    const again = async (waybillNo: string) =>
      (await callZto(zto.baseUrl, 'thirdcenter.createIntercept', createFields(waybillNo))).json.status;
    for (const { waybillNo } of late) {
      await until(() => again(waybillNo ?? ''), { what: `the pick-up of ${waybillNo}` });
    }
    expect(late.length).toBe(2);
  });
});
