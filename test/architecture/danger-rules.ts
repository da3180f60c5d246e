import type { SourceFile } from './source-tree.js';

/** Something that opens a door; where it is needed it is named with the reason. */
export interface Danger {
  readonly pattern: RegExp;
  readonly why: string;
  /** Only files whose path begins so. */
  readonly within: string;
  /** Paths in which it is right. */
  readonly except?: readonly string[];
  /** A line that must be found. */
  readonly planted: string;
}

/** Patterns are put together from parts where this file would else break its own rule. */
export const DANGERS: Readonly<Record<string, Danger>> = {
  'a lenient HTTP parser': {
    pattern: /insecure-?http-?parser/i,
    why: 'it lets requests be smuggled past a proxy (S8)',
    within: '',
    except: ['test/architecture/danger-rules.ts'],
    planted: 'node --insecure-http-parser x.js',
  },
  'a proxy believed without being named': {
    pattern: /trust proxy'?,\s*true/,
    why: 'anybody could write the address that limits count by (S8)',
    within: 'src/',
    planted: "app.set('trust proxy', true)",
  },
  'TLS that is not verified': {
    pattern: /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/,
    why: 'whoever stands between could read every key (S12)',
    within: 'src/',
    planted: 'connect({ rejectUnauthorized: false })',
  },
  'a signature compared letter by letter': {
    pattern: /(?<![.\w])(?:\w*(?:[sS]ignature|[hH]mac|[dD]igest)|sign)\s*[!=]==(?!\s*(?:undefined|null|'|\w+\.length))/,
    why: 'the time of the comparison tells how much was right (S3)',
    within: 'src/',
    planted: 'return signature === expected;',
  },
  'markup from data': {
    pattern: /innerHTML|dangerouslySetInnerHTML|document\.write\(|insertAdjacentHTML|new Function\(|(?<!\.)\beval\(/,
    why: 'what a buyer writes would run in an operator’s browser (S23)',
    within: 'src/',
    planted: 'node.innerHTML = text',
  },
  'several statements in one query': {
    pattern: /multipleStatements:\s*true/,
    why: 'an injected statement would run as well (S24)',
    within: 'src/',
    planted: 'extra: { multipleStatements: true }',
  },
  headersDistinct: {
    pattern: /headersDistinct/,
    why: 'a header named __proto__ crashes it on old versions of Node',
    within: 'src/',
    planted: 'req.headersDistinct.a',
  },
  'a pattern made of data': {
    pattern: /new RegExp\((?!['`/]|\[)/,
    why: 'a pattern that somebody else writes can take for ever (S27)',
    within: 'src/',
    planted: 'new RegExp(given)',
  },
  'a merge of raw input': {
    pattern: /Object\.assign\(\s*(?!new\b)\w+\s*,\s*(?:JSON\.parse|req\.|body\b|input\b)/,
    why: 'a key named __proto__ would reach every object (S6)',
    within: 'src/',
    planted: 'Object.assign(target, JSON.parse(text))',
  },
};

/** `path: line` of each place that opens the door. */
export function dangersIn(files: readonly SourceFile[], { pattern, within, except = [] }: Danger): string[] {
  return files
    .filter(({ path }) => path.startsWith(within) && !except.includes(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && pattern.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
}

/** A statement put together with something that is not a name of our own (S24). */
const SQL_START = /`\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE|DROP)\b[^`]*`/g;
/** Constants, conditions made by `Where`, and lists of the machine's own states may stand in any statement. */
const OWN_WORDS = /^(?:[A-Z_][A-Z_0-9]*(?:\.\w+)*|\w*[wW]here(?:\.sql)?|\w+\.sql|table|column|names\..*)$/;

/** Everything else that stands in a statement, looked at one by one: each is a constant or a table's row of that very file. */
export const LOOKED_AT: ReadonlySet<string> = new Set([
  'src/domain/store/dispatch-store.ts: INDEX[order.queue]',
  "src/domain/store/follow-store.ts: ranges.map(() => '(id > ? AND id <= ?)').join(' OR ')",
  'src/domain/store/lane-reader.ts: inTime',
  'src/domain/store/reseal-store.ts: place.table',
  'src/domain/store/reseal-store.ts: place.column',
  'src/domain/store/reseal-store.ts: more',
  'src/domain/store/retention-store.ts: age',
  'src/domain/store/retention-store.ts: done',
  'src/domain/store/retention-store.ts: blank',
  "src/domain/store/risk-reader.ts: sums('TRUE', 'now')",
  "src/domain/store/risk-reader.ts: sums('i.deadline_at < @soon', 'hour').replaceAll('@soon', '?')",
  "src/domain/store/risk-reader.ts: sums('TRUE', 'lost')",
  'src/domain/store/stats-reader.ts: select',
  'src/domain/store/stats-reader.ts: from',
  'src/domain/store/verify-store.ts: sql',
  "src/domain/store/refund-checks.ts: FACT('status')",
  "src/domain/store/refund-checks.ts: FACT('refundAmountFen')",
  'src/domain/store/dispatch-store.ts: WAITING[order.queue]',
  'src/domain/store/dispatch-store.ts: WAITING[queue]',
  "src/domain/store/intercept-store.ts: Object.keys(columns).join(', ')",
  'src/domain/store/people-store.ts: columns.set',
]);

/** Interpolations in the statements of a file that are not obviously names of our own. */
export function looseInterpolations(text: string): string[] {
  return [...text.matchAll(SQL_START)].flatMap(([statement]) =>
    [...statement.matchAll(/\$\{([^}]*)\}/g)].map(([, part = '']) => part).filter((part) => !OWN_WORDS.test(part)),
  );
}
