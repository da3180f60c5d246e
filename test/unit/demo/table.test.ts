import { describe, expect, it } from '@jest/globals';
import { percentile } from '../../../scripts/demo/measures.js';
import { columns, renderTable, yuan } from '../../../scripts/demo/render.js';
import { demoTable } from '../../../scripts/demo/table.js';
import { balancedRun, row } from './a-run.js';

const RUN = { seed: 1, ratePerSecond: 40, shops: 4, seconds: 9 };

describe('the table of a demo', () => {
  const table = demoTable(balancedRun(), RUN);

  it('counts every after-sale in exactly one row, so that the rows add up to what was sent', () => {
    const { skipped, waiting, intercepted, refused, missed, withdrawn, expired, needsReview, underWay } = table;
    const rows = [skipped, waiting, refused, missed, needsReview, underWay].map(({ total }) => total);
    expect([...rows, intercepted, withdrawn, expired].reduce((sum, n) => sum + n, 0)).toBe(4);
    expect(table).toMatchObject({ afterSales: 4, eligible: 3, intercepted: 1, returned: 1, balanced: true });
    expect(table.skipped.byRule).toEqual({ R15: 1 });
    expect(table.waiting.byReason).toEqual({ not_picked_up: 1 });
    expect(table.refused.byReason).toEqual({ courier_not_allowed: 1 });
  });

  it('shows what is at no end as under way, so that nothing is left out in silence', () => {
    const run = balancedRun();
    const afterSales = [...run.afterSales.slice(1), row('7001', '9001', 'uncertain', 'answer_lost', null)];
    const unfinished = demoTable({ ...run, afterSales }, RUN);
    expect(unfinished.underWay).toEqual({ total: 1, byReason: { answer_lost: 1 } });
    expect(unfinished.balanced).toBe(false);
  });

  it('measures from the first telling of an after-sale to the first order for its parcel', () => {
    expect(table.timeToSendMs).toEqual({ count: 2, p50: 120, p99: 490 });
  });

  it('leaves parcels out that wait for their pick-up, because that time is the courier’s', () => {
    const run = balancedRun();
    const expected = run.expected.map((one) =>
      one.class === 'eligible' ? { ...one, class: 'picked_up_later' as const } : one,
    );
    expect(demoTable({ ...run, expected }, RUN).timeToSendMs).toEqual({ count: 1, p50: 490, p99: 490 });
  });

  it('counts copies apart from messages, since a platform tells some of them twice', () => {
    expect(table.events).toEqual({ distinct: 5, duplicates: 1 });
  });

  it('counts the goods that are not back and the claims that are open', () => {
    const { notBack, claimsOpen } = demoTable(balancedRun(), RUN);
    expect({ notBack, claimsOpen }).toEqual({
      notBack: { count: 1, valueFen: 8_900 },
      claimsOpen: { count: 1, amountFen: 8_900 },
    });
  });

  it('shows what was paid on the seller’s word, and what waits for its hours', () => {
    expect(demoTable(balancedRun(), RUN).refunds).toEqual({
      agreed: 1,
      agreedFen: 8_900,
      waitingForHours: 1,
      asked: 0,
    });
  });

  it('nets reversals against fees, so that a fee taken back is no cost', () => {
    const run = balancedRun();
    const back = { id: 'fee-2', interceptId: 'ic-9001', carrier: 'yto', kind: 'reversal', amountFen: 400 } as const;
    expect(demoTable({ ...run, ledger: [...run.ledger, back] }, RUN).fees.totalFen).toBe(0);
  });
});

describe('the couriers in it', () => {
  it('shows parcels, stops and fees of each, so that a courier that costs more is seen', () => {
    const { byCourier, fees } = demoTable(balancedRun(), RUN);
    expect(byCourier).toEqual({
      zto: { parcels: 2, intercepted: 0, stops: 0, feeFen: 300, totalFen: 0 },
      yto: { parcels: 1, intercepted: 1, stops: 1, feeFen: 400, totalFen: 400 },
      yunda: { parcels: 0, intercepted: 0, stops: 0, feeFen: 300, totalFen: 0 },
    });
    expect(fees).toEqual({ currency: 'CNY', totalFen: 400, stops: 1, feeFen: null });
  });

  it('shows the after-sales of each platform, and how many of them were stopped', () => {
    expect(demoTable(balancedRun(), RUN).byPlatform).toEqual({
      douyin: { afterSales: 1, intercepted: 1 },
      taobao: { afterSales: 2, intercepted: 0 },
      generic: { afterSales: 1, intercepted: 0 },
    });
  });

  it('counts duplicates and the fastest second over all of them, since each twin knows only its own', () => {
    const run = balancedRun();
    const { yto, yunda } = run.couriers;
    const couriers = {
      ...run.couriers,
      yto: { ...yto, summary: { ...yto.summary, duplicateAccepts: 1 } },
      yunda: { ...yunda, summary: { ...yunda.summary, duplicateAccepts: 2, maxCreatesPerSecond: 9 } },
    };
    const table = demoTable({ ...run, couriers }, RUN);
    expect([table.duplicatesSent, table.ordersPerSecond.peak]).toEqual([3, 9]);
  });
});

describe('the printed table', () => {
  it('says in both languages that it balances, with fees in yuan and each rule by its number', () => {
    const table = demoTable(balancedRun(), RUN);
    const en = renderTable(table, 'en');
    expect(en).toMatch(/Fees, CNY +4\.00 \(1 stops\)/);
    expect(en).toMatch(/YTO +4\.00 \(1 stops of 4\.00\)/);
    expect(en).toMatch(/YTO +1 of 1 parcels/);
    expect(en).toMatch(/Douyin +1, of which 1 intercepted/);
    expect(en).toMatch(/R15 +1 +no refund-only of a shipped order/);
    expect(en).toMatch(/Balance +balanced/);
    const zh = renderTable(table, 'zh');
    expect(zh).toMatch(/费用（元） +4\.00/);
    expect(zh).toMatch(/圆通 +4\.00（1 件 × 4\.00）/);
    expect(zh).toMatch(/核对结果 +平/);
  });

  it('names every imbalance with its after-sales, at most ten of them', () => {
    const run = balancedRun();
    const many = Array.from({ length: 12 }, (_, i) => row(`8${i}`, `w${i}`, 'held', 'checking', null));
    const text = renderTable(demoTable({ ...run, afterSales: [...run.afterSales, ...many] }, RUN), 'en');
    expect(text).toContain('✗ unknown_after_sale');
    expect(text).toContain('80 81 82 83 84 85 86 87 88 89 … +2');
    expect(text).toContain('NOT balanced, 1 faults');
  });

  it('lines its values up on a terminal, where a Chinese character takes two columns', () => {
    const lines = renderTable(demoTable(balancedRun(), RUN), 'zh').split('\n');
    const starts = lines
      .filter((line) => /^(售后|符合条件|买家撤销|重复发送)/.test(line))
      .map((line) => columns(line.replace(/\S+$/, '')));
    expect(starts).toHaveLength(4);
    expect(new Set(starts).size).toBe(1);
  });
});

describe('the numbers in it', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [300, '3.00'],
    [-300, '-3.00'],
    [123_456_789, '1234567.89'],
  ])('writes %i fen as %s yuan from its digits, never by a division', (fen, text) => {
    expect(yuan(fen)).toBe(text);
  });

  it('takes percentiles by the nearest rank, so that each is a time that really was', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.99)]).toEqual([50, 99, 7]);
    expect(percentile([], 0.5)).toBeNull();
  });
});
