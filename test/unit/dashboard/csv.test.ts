import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, numberCell, textCell, yuanCell } from '../../../src/dashboard/presenters/csv.js';

describe('a cell of text', () => {
  it.each(['=1', '+1', '-1', '@x', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', '－1', '＋1', '＠x'])(
    '%j is no formula',
    (text) => {
      expect(textCell(text)).toBe(`'${text}`);
      expect(numberCell(text)).toBe(`'${text}`);
    },
  );

  it('never begins as a formula, whatever came from outside', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const cell of [textCell(text), numberCell(text)]) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });
});

describe('a cell of a number', () => {
  it.each(['4835804142146750001', '0123', '12', '1E5', '1-2', '2026/1/2', '10:30', '1, 2'])(
    '%s stays a text',
    (text) => {
      expect(numberCell(text)).toBe(`${text}\t`);
    },
  );
  it.each(['YT8800000000021', '01kaq0000000000000000000aa', 'SF12', ''])('%s needs no help', (text) => {
    expect(numberCell(text)).toBe(text);
  });
});

describe('money', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [12_345, '123.45'],
    [-300, '-3.00'],
  ])('%d fen is %s', (fen, yuan) => {
    expect(yuanCell(fen)).toBe(yuan);
  });
});

describe('a line', () => {
  it('comes back from any reader of CSV as it was', () => {
    const cells = fc
      .array(fc.string(), { minLength: 1, maxLength: 8 })
      .filter((row) => row.some((cell) => cell !== ''));
    fc.assert(
      fc.property(cells, (row) => {
        expect(parse(csvLine(row), { relax_column_count: true, record_delimiter: '\r\n' })).toEqual([row]);
      }),
    );
  });
});
