import { z } from 'zod';
import type { Text } from '../text.js';
import { ERROR_COLUMNS } from './columns.js';

/** Both languages in one message: only a message reaches the issue of every kind of check. */
const BETWEEN = '\n';
export const why = (zh: string, en: string) => ({ error: `${en}${BETWEEN}${zh}` });

/** An empty cell and a null are a field that was not filled in. */
export const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** Numbers from outside stay text: a JSON number or a spreadsheet's 7.00E+18 has lost its last digits already. */
export const outsideId = z
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

export const moment = z
  .string()
  .trim()
  .refine(
    (text) => z.iso.datetime({ offset: true }).safeParse(text).success,
    why('须带时区，例如 2026-11-01T08:00:00+08:00', 'must be a time with its zone: 2026-11-01T08:00:00+08:00'),
  )
  .transform((text) => new Date(text));

/** What is wrong with a row, in both languages. */
export function problemOf(error: z.ZodError): Text {
  const parts = error.issues.map((issue) => {
    const [en = '', zh = en] = issue.message.split(BETWEEN);
    const field = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.');
    return { zh: `${field}：${zh}`, en: `${field}: ${en}` };
  });
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
}

/** The cells of a row without those that an error file put in front of it. */
export function ownCells(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !ERROR_COLUMNS.some((column) => column === name)));
}
