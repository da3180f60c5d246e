import { z } from 'zod';
import type { InterceptRequest } from '../store/request-store.js';
import type { Text } from '../text.js';
import { ERROR_COLUMNS, type ImportColumn } from './columns.js';

/** Ten million yuan is beyond every parcel. */
const MOST_FEN = 1_000_000_000;

/** Both languages in one message: only a message reaches the issue of every kind of check. */
const BETWEEN = '\n';
const why = (zh: string, en: string) => ({ error: `${en}${BETWEEN}${zh}` });

/** An empty cell and a null are a field that was not filled in. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** Numbers from outside stay text: a JSON number or a spreadsheet's 7.00E+18 has lost its last digits already. */
const outsideId = z
  .string(why('必须是文本（加引号），数字会丢失末位', 'must be text in quotes: a number loses its last digits'))
  .trim()
  .min(1, why('不能为空', 'must not be empty'))
  .max(191, why('最多 191 个字符', 'may hold 191 characters'))
  .refine((text) => !/\p{Cc}/u.test(text), why('含有控制字符', 'holds a control character'))
  .refine(
    (text) => !/^\d(\.\d+)?E\+?\d+$/i.test(text),
    why(
      '被表格软件改成了科学计数，末位已丢失；请设为文本列',
      'was rewritten by a spreadsheet (1.2E+18) and lost digits; make it a text column',
    ),
  );

const fen = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value),
  z
    .int(why('必须是以分为单位的整数，例如 8900', 'must be whole fen, such as 8900'))
    .min(0, why('不能为负', 'must not be negative'))
    .max(MOST_FEN, why('金额过大', 'is too large')),
);

const moment = z
  .string()
  .trim()
  .refine(
    (text) => z.iso.datetime({ offset: true }).safeParse(text).success,
    why('须带时区，例如 2026-11-01T08:00:00+08:00', 'must be a time with its zone: 2026-11-01T08:00:00+08:00'),
  )
  .transform((text) => new Date(text));

const oneOf = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words, why(`须为 ${words.join('、')} 之一`, `must be one of ${words.join(', ')}`));

/** One line of a file: one parcel of one after-sale (docs/import.md). */
const ROW = z.strictObject({
  afterSaleId: outsideId,
  orderId: outsideId,
  type: oneOf(['refund_only', 'return_refund']),
  refundAmountFen: optional(fen),
  paidAmountFen: optional(fen),
  carrier: outsideId,
  waybillNo: outsideId,
  declaredValueFen: fen,
  pickedUpAt: optional(moment),
  reason: optional(z.string().trim().max(500, why('最多 500 个字符', 'may hold 500 characters'))),
  category: optional(oneOf(['normal', 'fresh', 'virtual', 'custom'])),
} satisfies Record<ImportColumn, z.ZodType>);

export type RowResult =
  | { readonly ok: true; readonly request: InterceptRequest }
  | { readonly ok: false; readonly problem: Text };

function problemOf(error: z.ZodError): Text {
  const parts = error.issues.map((issue) => {
    const [en = '', zh = en] = issue.message.split(BETWEEN);
    const field = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.');
    return { zh: `${field}：${zh}`, en: `${field}: ${en}` };
  });
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
}

/** Reads one line as a request for one parcel. Amounts in fen; absent amounts stay absent (R60). */
export function readRow(shopId: string, row: Readonly<Record<string, unknown>>): RowResult {
  const known = Object.entries(row).filter(([name]) => !ERROR_COLUMNS.some((column) => column === name));
  const read = ROW.safeParse(Object.fromEntries(known));
  if (!read.success) return { ok: false, problem: problemOf(read.error) };
  const { carrier, waybillNo, declaredValueFen, pickedUpAt, ...afterSale } = read.data;
  return {
    ok: true,
    request: { shopId, ...afterSale, parcels: [{ carrier, waybillNo, declaredValueFen, pickedUpAt }] },
  };
}
