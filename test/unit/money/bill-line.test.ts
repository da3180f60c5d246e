import { describe, expect, it } from '@jest/globals';
import { BILL_MAPPING, isOver, monthBounds } from '../../../src/domain/money/bill.js';
import { type BillLine, type Cell, LineKeys, readBillLine } from '../../../src/domain/money/bill-line.js';

const COURIER = BILL_MAPPING.parse({ waybillNo: '运单号', amount: '金额', chargedOn: '日期' });
const LEDGER = BILL_MAPPING.parse({
  waybillNo: '单号',
  amount: '动账金额',
  charge: 'negative',
  lineNo: '流水号',
  kind: { column: '类型', values: ['拦截费'] },
});

const read = (cells: Record<string, Cell>, mapping = COURIER) => readBillLine(cells, mapping, '2026-11');
const ROW = { 运单号: 'zt7310', 金额: '3.00', 日期: '2026-11-05' };
const fenOf = (金额: Cell, 日期: Cell = '2026-11-05') => {
  const line = read({ ...ROW, 金额, 日期 });
  return line.kind === 'line' ? line.line.amountFen : line.kind;
};

describe('a line of a bill', () => {
  it('is read by the mapping of its source', () => {
    expect(read(ROW)).toEqual({
      kind: 'line',
      line: { waybillNo: 'ZT7310', amountFen: 300, chargedOn: '2026-11-05', period: '2026-11', lineNo: null },
    });
  });

  it.each<[Cell, number | string]>([
    ['3', 300],
    ['3.5', 350],
    ['¥3.50', 350],
    ['-3.00', -300],
    ['1,203.40元', 120_340],
    [3, 300],
    [3.1, 310],
    [0.1 + 0.2, 30],
    ['3.005', 'bad'],
    [3.005, 'bad'],
    ['三元', 'bad'],
    ['', 'bad'],
    ['=3', 'bad'],
    ['99999999', 'bad'],
    ['0.00', 'left_out'],
  ])('reads %p exactly, or not at all', (cell, fen) => {
    expect(fenOf(cell)).toBe(fen);
  });

  it.each<[Cell, string | null]>([
    ['2026-11-05', '2026-11-05'],
    ['2026/11/5 10:00', '2026-11-05'],
    ['2026年11月5日', '2026-11-05'],
    ['20261105', '2026-11-05'],
    [new Date('2026-11-05T00:00:00Z'), '2026-11-05'],
    ['2026-02-30', null],
    ['yesterday', null],
  ])('knows the day %p', (day, text) => {
    const line = read({ ...ROW, 日期: day });
    expect(line.kind === 'line' ? line.line.chargedOn : null).toBe(text);
  });

  it('belongs to the month it was charged in, or else to the bill’s', () => {
    const earlier = read({ ...ROW, 日期: '2026-10-31' });
    expect(earlier).toMatchObject({ line: { period: '2026-10' } });
    const undated = readBillLine(ROW, BILL_MAPPING.parse({ waybillNo: '运单号', amount: '金额' }), '2026-09');
    expect(undated).toMatchObject({ line: { period: '2026-09', chargedOn: null } });
  });

  it.each([['7.31001E+13'], ['']])('of the number %p is bad: nobody can know the parcel', (运单号) => {
    expect(read({ ...ROW, 运单号 }).kind).toBe('bad');
  });

  it('of a platform’s ledger is a charge where the money went out, and other bookings are left out', () => {
    const cells = { 单号: '7310', 动账金额: '-3.00', 流水号: 'L1', 类型: '拦截费' };
    expect(read(cells, LEDGER)).toMatchObject({ kind: 'line', line: { amountFen: 300, lineNo: 'L1' } });
    expect(read({ ...cells, 动账金额: '3.00' }, LEDGER)).toMatchObject({ line: { amountFen: -300 } });
    expect(read({ ...cells, 类型: '佣金' }, LEDGER)).toEqual({ kind: 'left_out' });
  });
});

describe('the name of a line', () => {
  const line = (over: Partial<BillLine> = {}): BillLine => ({
    waybillNo: '7310',
    amountFen: 300,
    chargedOn: '2026-11-05',
    period: '2026-11',
    lineNo: null,
    ...over,
  });
  const names = (...lines: BillLine[]) => {
    const keys = new LineKeys();
    return lines.map((one) => keys.of(one));
  };

  it('is the same in every file, and two charges that say the same are two', () => {
    expect(names(line(), line({ waybillNo: '2' }), line())).toEqual(names(line(), line({ waybillNo: '2' }), line()));
    expect(new Set(names(line(), line(), line())).size).toBe(3);
    expect(names(line(), line())[0]).toBe(names(line({ waybillNo: '1' }), line())[1]);
  });

  it('is the source’s own number where it has one', () => {
    expect(new Set(names(line({ lineNo: 'a' }), line({ lineNo: 'a', amountFen: 1 }))).size).toBe(1);
  });
});

describe('a month in China', () => {
  it('begins at midnight there, and is over when nothing is under way any more', () => {
    expect(monthBounds('2026-12')).toEqual({
      since: new Date('2026-11-30T16:00:00Z'),
      until: new Date('2026-12-31T16:00:00Z'),
    });
    expect(isOver('2026-11', new Date('2026-11-30T16:30:00Z'))).toBe(false);
    expect(isOver('2026-11', new Date('2026-11-30T17:00:00Z'))).toBe(true);
  });
});
