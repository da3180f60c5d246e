import type { SqlValue } from './database.js';

/** Conditions of a SELECT with their values, in step. Conditions are constants of ours; what users sent is only ever a value. */
export class Where {
  private readonly conditions: string[] = [];
  readonly values: SqlValue[] = [];

  and(condition: string, ...values: readonly SqlValue[]): this {
    this.conditions.push(condition);
    this.values.push(...values);
    return this;
  }

  /** Adds the condition only if there is a value for it. */
  andIf(value: SqlValue | undefined, condition: string): this {
    return value === undefined ? this : this.and(condition, value);
  }

  /** `column IN (values)`; nothing is in an empty list. */
  andIn(column: string, values: readonly string[]): this {
    return values.length === 0 ? this.and('FALSE') : this.and(`${column} IN (?)`, values);
  }

  get sql(): string {
    return this.conditions.length === 0 ? '' : `WHERE ${this.conditions.join(' AND ')}`;
  }
}

/** `text` as the beginning of a LIKE pattern: its wildcards mean themselves. */
export function startsWith(text: string): string {
  return `${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
}

/**
 * Could this be the value of an ASCII column (ids of ours, codes)? Others are not looked up: the server refuses to compare
 * the two character sets instead of finding nothing.
 */
export function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Which page of a list, newest first. */
export interface Page {
  readonly limit: number;
  /** Rows older than this id; null: from the newest. */
  readonly beforeId: string | null;
}
