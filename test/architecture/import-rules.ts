/**
 * Who may import whom. `from` matches the importing file's path; of what it imports, everything must match one of
 * `only` (where given) and nothing may match one of `never`. A group captured by `from` is the file's own folder, which
 * it may always import.
 */
export interface ImportRule {
  why: string;
  from: RegExp;
  only?: readonly RegExp[];
  never?: readonly RegExp[];
}

const BUILTIN = /^node:/;
const NETWORK = [/^node:(http|https|http2|net|tls|dgram)$/, /^(express|undici|helmet|ioredis|bullmq)($|[-/])/];
const SQL = [/^typeorm($|\/)/, /^mysql2($|\/)/];
/** Files shared by all couriers or all platforms lie beside their folders, except the list that names them all. */
const SHARED_BY_CARRIERS = /^src\/workers\/carriers\/(?!index\.ts)[^/]+\.ts$/;
const SHARED_BY_PLATFORMS = /^src\/producers\/platforms\/(?!index\.ts)[^/]+\.ts$/;
const DOMAIN = /^src\/domain\/(?!store\/)/;

export const IMPORT_RULES = {
  'domain is pure': {
    why: 'the rules of the trade are read, tested and trusted without a queue, a server or a database',
    from: /^src\/domain\/(?!store\/)/,
    only: [/^src\/domain\//, BUILTIN, /^(zod|lossless-json|ulid|yaml|@marcbachmann\/cel-js)$/],
    never: NETWORK,
  },
  'the store knows SQL and nothing above it': {
    why: 'the store is part of the domain: no queue, no HTTP',
    from: /^src\/domain\/store\//,
    only: [/^src\/domain\//, BUILTIN, /^(zod|lossless-json|ulid)$/, ...SQL],
    never: NETWORK,
  },
  'only the store imports SQL': {
    why: 'one folder answers for every statement; the embedded server asks only SELECT 1',
    from: /^src\/(?!domain\/store\/|embedded\/)/,
    never: SQL,
  },
  'a courier knows the port and its own folder': {
    why: 'a courier can be added, read or removed alone',
    from: /^(src\/workers\/carriers\/[^/]+\/)/,
    only: [/^src\/domain\/(carrier|tracking)\//, /^src\/domain\/[^/]+\.ts$/, SHARED_BY_CARRIERS, BUILTIN, /^zod$/],
  },
  'a platform knows the port and its own folder': {
    why: 'a platform can be added, read or removed alone',
    from: /^(src\/producers\/platforms\/[^/]+\/)/,
    only: [DOMAIN, SHARED_BY_PLATFORMS, BUILTIN, /^zod$/],
  },
  'couriers are reached through their list': {
    why: 'code that names one courier would have to change for the next one',
    from: /^src\/(?!workers\/carriers\/)/,
    never: [/^src\/workers\/carriers\/[^/]+\//],
  },
  'platforms are reached through their list': {
    why: 'code that names one platform would have to change for the next one',
    from: /^src\/(?!producers\/platforms\/)/,
    never: [/^src\/producers\/platforms\/[^/]+\//],
  },
  'producers stand alone': {
    why: 'what puts work in must run without what takes it out',
    from: /^src\/producers\//,
    never: [/^src\/(workers|dashboard)\//, /^src\/(main|cli)\.ts$/],
  },
  'workers stand alone': {
    why: 'what takes work out must run without what puts it in',
    from: /^src\/workers\//,
    never: [/^src\/(producers|dashboard)\//, /^src\/(main|cli)\.ts$/],
  },
  'the dashboard stands alone': {
    why: 'it shows the domain; it is no part of the path of an event',
    from: /^src\/dashboard\//,
    never: [/^src\/(producers|workers)\//, /^src\/(main|cli)\.ts$/],
  },
  'the embedded servers stand alone': {
    why: 'they run before there is a configuration or a schema',
    from: /^src\/embedded\//,
    only: [/^src\/embedded\//, BUILTIN, /^(zod|ioredis|mysql2\/promise|proper-lockfile)$/],
  },
  'the product does not need its surroundings': {
    why: 'src is what is shipped',
    from: /^src\//,
    never: [/^(sandbox|test|scripts|bench)\//],
  },
  'a twin shares nothing with what it tests': {
    why: 'a twin that shared code with an adapter would agree with its bugs',
    from: /^sandbox\//,
    never: [/^(src|test|scripts|bench)\//],
  },
} as const satisfies Record<string, ImportRule>;

export type ImportRuleName = keyof typeof IMPORT_RULES;

/** Names of the rules that an import of `target` in the file `path` breaks. */
export function brokenRules(path: string, target: string): ImportRuleName[] {
  const rules: [string, ImportRule][] = Object.entries(IMPORT_RULES);
  const broken = rules.filter(([, { from, only, never }]) => {
    const match = from.exec(path);
    if (match === null) return false;
    if (match[1] !== undefined && target.startsWith(match[1])) return false;
    const isAllowed = only === undefined || only.some((pattern) => pattern.test(target));
    return !isAllowed || (never ?? []).some((pattern) => pattern.test(target));
  });
  return broken.map(([name]) => name as ImportRuleName);
}
