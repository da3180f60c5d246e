import { sha256 } from '../ids.js';
import type { Text } from '../text.js';
import type { BillMapping } from './bill.js';

/** A cell as its file gives it: CSV has texts, a spreadsheet numbers and dates too. */
export type Cell = string | number | boolean | Date | null | undefined;

/** One charge of a bill; money given back is negative. `chargedOn` and `period` are of the calendar in China. */
export interface BillLine {
  readonly waybillNo: string;
  readonly amountFen: number;
  readonly chargedOn: string | null;
  readonly period: string;
  readonly lineNo: string | null;
}

export type ReadLine =
  | { readonly kind: 'line'; readonly line: BillLine }
  /** No fee for an intercept: another kind of booking, or of nothing. */
  | { readonly kind: 'left_out' }
  | { readonly kind: 'bad'; readonly problem: Text };

const MOST_FEN = 1_000_000_00;
/** 1.2E+18: a spreadsheet has cut the number's last digits off. */
const SCIENTIFIC = /^\d(\.\d+)?E\+?\d+$/i;
const YUAN = /^([-+]?)(?:[¥￥]\s*)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?(?:\s*元)?$/;
const DAY = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)/;

const textOf = (cell: Cell): string => {
  if (cell === null || cell === undefined) return '';
  // Spreadsheets put an apostrophe before and we put a tab behind digits that must stay a text.
  return (cell instanceof Date ? cell.toISOString() : String(cell)).trim().replace(/^'/, '');
};

/** Exact fen of an amount, from its digits; null: it is none. A number of a spreadsheet is one of two decimals, or none. */
function fenOf(cell: Cell, unit: BillMapping['unit']): number | null {
  const text = typeof cell === 'number' ? String(Number(cell.toFixed(6))) : textOf(cell);
  if (unit === 'fen') return /^[-+]?\d{1,12}$/.test(text) ? Number(text) : null;
  const [, sign = '', whole, decimals = ''] = YUAN.exec(text) ?? [];
  if (whole === undefined) return null;
  const fen = Number(`${whole.replaceAll(',', '')}${decimals.padEnd(2, '0')}`);
  return sign === '-' ? -fen : fen;
}

/** `2026-11-28` of a date in any of the ways that bills write it; null: it is none. */
function dayOf(cell: Cell): string | null {
  const [, year = '', month = '', day = ''] = DAY.exec(textOf(cell)) ?? [];
  if (year === '') return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}

const bad = (zh: string, en: string): ReadLine => ({ kind: 'bad', problem: { zh, en } });

/** Reads one row of a bill of `period` by the source's mapping. A line without a date of its own counts to that month. */
export function readBillLine(cells: Readonly<Record<string, Cell>>, mapping: BillMapping, period: string): ReadLine {
  const { kind } = mapping;
  if (kind !== null && !kind.values.includes(textOf(cells[kind.column]))) return { kind: 'left_out' };
  const waybillNo = textOf(cells[mapping.waybillNo]).toUpperCase();
  if (waybillNo === '') return bad('缺少运单号', 'there is no waybill number');
  if (SCIENTIFIC.test(waybillNo) || (typeof cells[mapping.waybillNo] === 'number' && Number(waybillNo) > 2 ** 53)) {
    return bad(
      '运单号被表格软件改成了数字，末位已丢失',
      'a spreadsheet has cut off the last digits of the waybill number',
    );
  }
  if (waybillNo.length > 64) return bad('运单号过长', 'the waybill number is too long');
  const fen = fenOf(cells[mapping.amount], mapping.unit);
  if (fen === null) return bad('金额无法识别', 'the amount cannot be read');
  if (Math.abs(fen) > MOST_FEN) return bad('金额过大', 'the amount is too large for a fee');
  if (fen === 0) return { kind: 'left_out' };
  const chargedOn = mapping.chargedOn === null ? null : dayOf(cells[mapping.chargedOn]);
  if (mapping.chargedOn !== null && chargedOn === null) return bad('日期无法识别', 'the date cannot be read');
  const lineNo = mapping.lineNo === null ? null : textOf(cells[mapping.lineNo]).slice(0, 191) || null;
  const amountFen = mapping.charge === 'negative' ? -fen : fen;
  return { kind: 'line', line: { waybillNo, amountFen, chargedOn, period: chargedOn?.slice(0, 7) ?? period, lineNo } };
}

/**
 * Names lines so that the same line of a bill that comes again has the same name, in whatever file and order: by the
 * source's own number, else by what it says and how many said just that before it in the file.
 */
export class LineKeys {
  private readonly seen = new Map<string, number>();

  of({ lineNo, waybillNo, amountFen, chargedOn, period }: BillLine): string {
    if (lineNo !== null) return sha256(JSON.stringify(['no', lineNo]));
    const says = JSON.stringify([period, waybillNo, amountFen, chargedOn]);
    const before = this.seen.get(says) ?? 0;
    this.seen.set(says, before + 1);
    return sha256(`${says} ${before}`);
  }
}
