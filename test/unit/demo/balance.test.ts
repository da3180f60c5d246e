import { describe, expect, it } from '@jest/globals';
import { CHECKS, type CheckName, imbalances } from '../../../scripts/demo/balance.js';
import type { CourierSide, DemoFacts } from '../../../scripts/demo/facts.js';
import { balancedRun, row, side } from './a-run.js';

const CREATE = 'thirdcenter.createIntercept';
type Run = ReturnType<typeof balancedRun>;
type Fault = (run: Run) => Partial<DemoFacts>;

const without = (run: DemoFacts, afterSaleId: string) =>
  run.afterSales.filter((one) => one.afterSaleId !== afterSaleId);
const replaced = (run: DemoFacts, fresh: DemoFacts['afterSales'][number]) => [
  ...without(run, fresh.afterSaleId),
  fresh,
];

const atYunda = ({ couriers }: Run, summary: Partial<CourierSide['summary']>): DemoFacts['couriers'] => ({
  ...couriers,
  yunda: { ...couriers.yunda, summary: { ...couriers.yunda.summary, ...summary } },
});

/** One planted fault for every check, with the after-sales it must name. */
const FAULTS: Record<CheckName, { readonly plant: Fault; readonly names: readonly string[] }> = {
  events_unacknowledged: {
    plant: ({ sent }) => ({ sent: { ...sent, acknowledged: sent.deliveries - 1 } }),
    names: [],
  },
  not_listed: { plant: (run) => ({ afterSales: without(run, '7004') }), names: ['7004'] },
  listed_twice: { plant: (run) => ({ afterSales: [...run.afterSales, ...run.afterSales.slice(3)] }), names: ['7004'] },
  unknown_after_sale: {
    plant: (run) => ({ afterSales: [...run.afterSales, row('7999', '9999', 'held', 'checking', null)] }),
    names: ['7999'],
  },
  wrong_parcels: {
    plant: (run) => ({
      afterSales: run.afterSales.map((one) => (one.afterSaleId === '7001' ? twoParcels(one) : one)),
    }),
    names: ['7001'],
  },
  wrong_courier: {
    plant: ({ intercepts }) => ({
      intercepts: intercepts.map((one) => (one.waybillNo === '9003' ? { ...one, carrier: 'yunda' } : one)),
    }),
    names: ['7003'],
  },
  wrong_end: {
    plant: (run) => ({ afterSales: replaced(run, row('7002', '9002', 'held', 'checking', null)) }),
    names: ['7002'],
  },
  lists_differ: {
    plant: ({ intercepts }) => ({
      intercepts: intercepts.map((one) => (one.waybillNo === '9003' ? { ...one, state: 'queued' } : one)),
    }),
    names: ['7003'],
  },
  intercepted_twice: {
    plant: ({ intercepts }) => ({
      intercepts: [
        ...intercepts,
        { id: 'ic-2', waybillNo: '9001', carrier: 'yto', afterSaleIds: ['7001'], state: 'returned', feeFen: 0 },
      ],
    }),
    names: ['7001'],
  },
  orders_accepted: {
    plant: ({ calls }) => ({
      calls: [...calls, { at: 2_000, endpoint: CREATE, verdict: 'accepted', waybillNo: '9001' }],
    }),
    names: ['7001'],
  },
  duplicates_sent: { plant: (run) => ({ couriers: atYunda(run, { duplicateAccepts: 1 }) }), names: [] },
  fee_wrong: {
    plant: ({ ledger }) => ({ ledger: ledger.map((one) => ({ ...one, interceptId: 'ic-9003' })) }),
    names: ['7001', '7003'],
  },
  refunds_paid: { plant: () => ({ paidThere: [{ refunds: 1, fen: 8_901 }] }), names: [] },
  fees_total: {
    plant: ({ ledger }) => ({
      ledger: [...ledger, { id: 'fee-2', interceptId: 'ic-9001', carrier: 'yto', kind: 'reversal', amountFen: 400 }],
    }),
    names: [],
  },
  bills_matched: { plant: ({ billing }) => ({ billing: { ...billing, found: [] } }), names: [] },
  over_the_limit: { plant: (run) => ({ couriers: atYunda(run, { maxCreatesPerSecond: 102 }) }), names: [] },
  refused_calls: { plant: () => ({ platformsRefused: [{ badSignature: 1, badRequest: 0 }] }), names: [] },
  violations: { plant: () => ({ violations: [{ invariant: 'one_live', count: 1, sample: [] }] }), names: [] },
};

function twoParcels(one: DemoFacts['afterSales'][number]): DemoFacts['afterSales'][number] {
  return { ...one, parcels: [...one.parcels, ...one.parcels] };
}

describe('the balance of a demo', () => {
  it('finds nothing wrong with a run in which both sides tell the same, or a good demo would fail', () => {
    expect(imbalances(balancedRun())).toEqual([]);
  });

  it.each(Object.keys(CHECKS) as CheckName[])(
    'names %s and the after-sales concerned, so that a fault leads to its rows',
    (check) => {
      const { plant, names } = FAULTS[check];
      const run = balancedRun();
      const found = imbalances({ ...run, ...plant(run) }).filter((one) => one.check === check);
      expect(found.length).toBeGreaterThan(0);
      expect(found.flatMap(({ afterSaleIds }) => afterSaleIds).toSorted()).toEqual(names);
    },
  );

  it('counts a parcel the courier stopped although its class is never sent, even if no fee was booked', () => {
    const run = balancedRun();
    const found = imbalances({ ...run, couriers: { ...run.couriers, zto: side(['9003'], 300) } });
    expect(found).toContainEqual({
      check: 'wrong_end',
      detail: 'refused_by_code: stopped by the courier',
      afterSaleIds: ['7003'],
    });
    expect(found.map(({ check }) => check)).toContain('fees_total');
  });

  it('checks each courier against its own count, or one fee too many here would hide one too few there', () => {
    const run = balancedRun();
    const ledger = run.ledger.map((one) => ({ ...one, carrier: 'zto' }));
    expect(imbalances({ ...run, ledger }).filter(({ check }) => check === 'fees_total')).toEqual([
      { check: 'fees_total', detail: 'zto: 400 fen, 0 stops of 300 fen', afterSaleIds: [] },
      { check: 'fees_total', detail: 'yto: 0 fen, 1 stops of 400 fen', afterSaleIds: [] },
    ]);
    const foreign = run.ledger.map((one) => ({ ...one, carrier: 'cainiao' }));
    expect(imbalances({ ...run, ledger: foreign })).toContainEqual({
      check: 'fees_total',
      detail: '1 fees of other couriers',
      afterSaleIds: [],
    });
  });

  it('compares what a courier counts with what it shows, since either alone could be wrong', () => {
    const run = balancedRun();
    expect(imbalances({ ...run, couriers: atYunda(run, { interceptedWaybills: 1 }) })).toContainEqual({
      check: 'fees_total',
      detail: 'yunda: 1 stops, 0 parcels stopped',
      afterSaleIds: [],
    });
  });

  it('tells an after-sale that failed no rule from one that was skipped, since without a parcel both look alike', () => {
    const run = balancedRun();
    const pending = {
      id: 'as-7004',
      shopId: 'dy-1',
      afterSaleId: '7004',
      whyNot: { reason: 'detail_pending', reasonText: { zh: '', en: '' }, rule: null },
      parcels: [],
    };
    expect(imbalances({ ...run, afterSales: replaced(run, pending) })).toEqual([
      {
        check: 'wrong_end',
        detail: 'before_shipment: undecided (detail_pending, no rule) instead of skipped under R15',
        afterSaleIds: ['7004'],
      },
    ]);
  });

  it('lets a receiver see one order more than the limit, because a second begins elsewhere than at the sender', () => {
    const run = balancedRun();
    expect(imbalances({ ...run, couriers: atYunda(run, { maxCreatesPerSecond: 101 }) })).toEqual([]);
  });

  it('puts the same fault of many after-sales together, so that a table of thousands stays readable', () => {
    const run = balancedRun();
    const found = imbalances({ ...run, afterSales: [] });
    expect(found).toEqual([{ check: 'not_listed', detail: '0', afterSaleIds: ['7001', '7002', '7003', '7004'] }]);
  });
});
