import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readRow } from '../../../src/domain/import/row.js';
import { UnreadableFile } from '../../../src/domain/import/unreadable.js';
import { type FileRow, rowsOf } from '../../../src/producers/import/rows.js';
import { surveyBytes } from '../../../src/producers/import/survey.js';

const folder = mkdtempSync(join(tmpdir(), 'jiejian-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROW = {
  afterSaleId: '70008931140009412',
  orderId: '48358041421467512',
  type: 'refund_only',
  refundAmountFen: '8900',
  paidAmountFen: '8900',
  carrier: 'zto',
  waybillNo: '73100130001234',
  declaredValueFen: '8900',
  pickedUpAt: '2026-11-01T08:00:00+08:00',
  reason: '',
  category: '',
};

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function all(path: string): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  const format = path.endsWith('.jsonl') ? 'jsonl' : 'csv';
  for await (const row of rowsOf(createReadStream(path), format)) rows.push(row);
  return rows;
}

describe('a row', () => {
  it('becomes a request for one parcel, empty cells absent', () => {
    expect(readRow('dy-main', ROW)).toEqual({
      ok: true,
      request: {
        shopId: 'dy-main',
        afterSaleId: ROW.afterSaleId,
        orderId: ROW.orderId,
        type: 'refund_only',
        refundAmountFen: 8_900,
        paidAmountFen: 8_900,
        parcels: [
          {
            carrier: 'zto',
            waybillNo: ROW.waybillNo,
            declaredValueFen: 8_900,
            pickedUpAt: new Date('2026-11-01T00:00:00Z'),
          },
        ],
      },
    });
  });

  it('keeps a missing amount unknown, never zero (R60)', () => {
    const read = readRow('dy-main', { ...ROW, refundAmountFen: '', paidAmountFen: null });
    expect(read.ok && 'refundAmountFen' in read.request && read.request.refundAmountFen).toBeFalsy();
    expect(read).toMatchObject({ ok: true });
  });

  it('takes the freight out of its amounts, and what the price of a stop depends on (R31, R60)', () => {
    const freight = { weightGrams: '4200', volumeCm3: '', zone: ' 省外 ', service: null };
    const read = readRow('dy-main', { ...ROW, refundPostFen: '0', paidPostFen: '600', ...freight });
    expect(read).toMatchObject({
      ok: true,
      request: { refundPostFen: 0, paidPostFen: 600, parcels: [{ freight: { weightGrams: 4_200, zone: '省外' } }] },
    });
  });

  it('of an error file is read as it is: its two columns are ours', () => {
    expect(readRow('dy-main', { ...ROW, line: '7', problem: 'x' }).ok).toBe(true);
  });

  it.each([
    ['an amount in yuan', { refundAmountFen: '89.00' }, 'refundAmountFen: must be whole fen'],
    ['an amount below zero', { paidAmountFen: '-1' }, 'paidAmountFen: must be'],
    ['no declared value', { declaredValueFen: '' }, 'declaredValueFen: must be whole fen'],
    ['a type we do not know', { type: 'refund' }, 'type: must be one of refund_only, return_refund'],
    ['a time without its zone', { pickedUpAt: '2026-11-01 08:00:00' }, 'pickedUpAt: must be a time with its zone'],
    ['a number that a spreadsheet rewrote', { waybillNo: '7.31E+13' }, 'waybillNo: was rewritten by a spreadsheet'],
    ['a number instead of text', { afterSaleId: 700089311400 }, 'afterSaleId: must be text'],
    ['no waybill', { waybillNo: ' ' }, 'waybillNo: must not be empty'],
    ['a category we do not know', { category: 'toys' }, 'category: must be one of'],
    ['a weight with its unit', { weightGrams: '4.2kg' }, 'weightGrams: must be a whole number'],
    ['more freight than was paid', { paidPostFen: '8901' }, 'paidPostFen: must be a part of paidAmountFen'],
    ['a field we do not know', { refundAmout: '1' }, 'refundAmout'],
  ])('with %s is refused with the reason', (_, over, problem) => {
    const read = readRow('dy-main', { ...ROW, ...over });
    expect(read.ok ? '' : read.problem.en).toContain(problem);
  });

  it('names every problem of it, in both languages', () => {
    const read = readRow('dy-main', { ...ROW, type: 'x', declaredValueFen: 'y' });
    expect(read.ok ? '' : read.problem).toEqual({
      zh: 'type：须为 refund_only、return_refund 之一；declaredValueFen：必须是以分为单位的整数，例如 8900',
      en: 'type: must be one of refund_only, return_refund; declaredValueFen: must be whole fen, such as 8900',
    });
  });
});

const HEAD = Object.keys(ROW).join(',');
const LINE = Object.values(ROW).join(',');

describe('a CSV file', () => {
  it('is cut into rows with their line numbers, with or without a BOM, CRLF or LF', async () => {
    for (const [name, text] of [
      ['bom.csv', `\uFEFF${HEAD}\r\n${LINE}\r\n\r\n${LINE}\r\n`],
      ['plain.csv', `${HEAD}\n${LINE}\n\n${LINE}`],
    ] as const) {
      const rows = await all(fileOf(name, text));
      expect(rows.map((row) => row.line)).toEqual([2, 4]);
      expect(rows[0]).toEqual({ line: 2, fields: ROW });
    }
  });

  it('tells a line with too few columns, and goes on with the next', async () => {
    const rows = await all(fileOf('short.csv', `${HEAD}\n${LINE}\na,b\n${LINE}\n`));
    const said = rows.map((row) => [row.line, row.problem ? 'bad' : 'good']);
    expect(said).toEqual([
      [2, 'good'],
      [3, 'bad'],
      [4, 'good'],
    ]);
  });

  it.each([
    ['an unknown column', `${HEAD},colour\n`, 'Unknown columns: colour'],
    ['a missing column', `${HEAD.replace(',carrier', '')}\n`, 'missing: carrier'],
    ['a column twice', `${HEAD},reason\n`, 'twice: reason'],
  ])('with %s is refused as a whole, before anything is applied', async (_, text, why) => {
    const failure = await all(fileOf('head.csv', `${text}${LINE}\n`)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreadableFile);
    expect(String(failure)).toContain(why);
  });
});

describe('a JSON lines file', () => {
  it('is cut into rows; a line that is no object is told', async () => {
    const rows = await all(fileOf('a.jsonl', `\uFEFF${JSON.stringify(ROW)}\n\n[1]\n{"a":\n`));
    expect(rows.map((row) => [row.line, row.problem?.en ?? 'good'])).toEqual([
      [1, 'good'],
      [3, 'this line is no JSON object'],
      [4, 'this line is no JSON object'],
    ]);
  });
});

describe('the encoding', () => {
  it('is told when it is not UTF-8, with the line, because a GBK file would import garbage', async () => {
    const gbk = Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.from([0xcd, 0xcb, 0xbf, 0xee]), Buffer.from('\n')]);
    await expect(surveyBytes(createReadStream(fileOf('gbk.csv', gbk)))).rejects.toThrow(
      /not UTF-8 \(line 2\); it may be GBK/,
    );
  });

  it('may cut a character at the end of a read', async () => {
    const text = `${HEAD}\n${'退'.repeat(70_000)}\n`;
    expect(await surveyBytes(createReadStream(fileOf('long.csv', text)))).toBe(2);
  });
});

describe('rows whose source breaks', () => {
  it.each(['csv', 'jsonl'] as const)('end with its error, never as if %s were whole', async (format) => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(format === 'csv' ? `${HEAD}\n${LINE}\n` : `${JSON.stringify(ROW)}\n`);
      throw new Error('the database went away');
    }
    const reading = async () => {
      for await (const row of rowsOf(breaking(), format)) expect(row.problem).toBeUndefined();
    };
    await expect(reading()).rejects.toThrow('the database went away');
  });
});
