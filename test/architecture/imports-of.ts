import { posix } from 'node:path';
import { parseSync } from '@swc/core';
import { z } from 'zod';
import type { SourceFile } from './source-tree.js';

const literal = z.object({ type: z.literal('StringLiteral'), value: z.string() });
const withSource = z.object({
  type: z.enum(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']),
  source: literal,
});
const importCall = z.object({
  type: z.literal('CallExpression'),
  callee: z.object({ type: z.literal('Import') }),
  arguments: z.tuple([z.object({ expression: literal })]).rest(z.unknown()),
});
const importType = z.object({ type: z.literal('TsImportType'), argument: literal });
const importing = z.union([
  withSource.transform(({ source }) => source.value),
  importCall.transform((call) => call.arguments[0].expression.value),
  importType.transform(({ argument }) => argument.value),
]);

const IMPORTING: readonly unknown[] = [...withSource.shape.type.options, 'CallExpression', 'TsImportType'];

function collect(node: unknown, found: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && IMPORTING.includes(node.type)) {
    const result = importing.safeParse(node);
    if (result.success) found.push(result.data);
  }
  for (const child of Object.values(node)) collect(child, found);
}

/**
 * Everything a file imports or re-exports, type imports and `import()` included: project files as paths from the root
 * (`src/domain/ids.ts`), all else as written (`node:fs`, `mysql2/promise`).
 */
export function importsOf({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  collect(parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2023' }), found);
  return found.map((specifier) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier).replace(/\.js(x?)$/, '.ts$1') : specifier,
  );
}
