import { stableJson } from './diff.js';
import { unknownWord } from './issues.js';
import type { Problem } from './problem.js';

/** What references are checked on: only ids and who names whom, read without trust, so that a faulty file is checked too. */
export interface Outline {
  readonly shops: readonly {
    id: string;
    policy: string | null;
    platform: string;
    platformShopId: string;
    enabled: boolean;
  }[];
  readonly accounts: readonly {
    id: string;
    carriers: readonly string[];
    shops: readonly string[] | '*';
    isDefault: boolean;
    enabled: boolean;
  }[];
  readonly policies: readonly { id: string }[];
  readonly tariffs: readonly { id: string }[];
  readonly notifications: readonly { id: string }[];
  readonly endpoints: readonly { id: string }[];
}

export const NOTHING_STORED: Outline = {
  shops: [],
  accounts: [],
  policies: [],
  tariffs: [],
  notifications: [],
  endpoints: [],
};

type Loose = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const items = (file: unknown, key: string): Loose[] => {
  const list = typeof file === 'object' && file !== null ? (file as Loose)[key] : undefined;
  if (!Array.isArray(list)) return [];
  return list.map((item): Loose => (typeof item === 'object' && item !== null ? item : {}));
};
/** Two prices of a day differ by when they hold. */
const conditionsOf = ({ when }: Loose): string => (when ? stableJson(when).replace(/^\{\}$/, '') : '');
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);

/** The outline of a file, parsed or not. Rows keep their position; what cannot be read is empty and clashes with nothing. */
export function outlineOf(file: unknown): Outline {
  const named = (key: string) => items(file, key).map((row) => ({ id: text(row.id) }));
  return {
    shops: items(file, 'shops').map((row) => ({
      id: text(row.id),
      policy: text(row.policy) || null,
      enabled: true,
      platform: text(row.platform),
      platformShopId: text(row.platformShopId),
    })),
    accounts: items(file, 'carrierAccounts').map((row) => ({
      id: text(row.id),
      carriers: [text(row.carrier), ...strings(row.serves)].filter((slug) => slug !== ''),
      shops: row.shops === '*' ? '*' : strings(row.shops),
      isDefault: row.default === true,
      enabled: row.enabled !== false,
    })),
    policies: named('policies'),
    tariffs: items(file, 'tariffs').map((row) => ({
      id: row.carrier && row.from ? `${text(row.carrier)} ${text(row.from)} ${conditionsOf(row)}`.trim() : '',
    })),
    notifications: named('notifications'),
    endpoints: named('endpoints'),
  };
}

const SECTIONS = [
  ['shops', 'shops'],
  ['accounts', 'carrierAccounts'],
  ['policies', 'policies'],
  ['tariffs', 'tariffs'],
  ['notifications', 'notifications'],
  ['endpoints', 'endpoints'],
] as const;

function duplicates(file: Outline): Problem[] {
  const problems: Problem[] = [];
  for (const [part, key] of SECTIONS) {
    const ids = file[part].map((row) => row.id);
    ids.forEach((id, i) => {
      if (id === '' || ids.indexOf(id) === i) return;
      const path = part === 'tariffs' ? [key, i] : [key, i, 'id'];
      problems.push({ path, why: { zh: `“${id}”重复出现`, en: `"${id}" is there twice` } });
    });
  }
  return problems;
}

const platformShop = (shop: Outline['shops'][number]): string => JSON.stringify([shop.platform, shop.platformShopId]);

/**
 * One shop on a platform is one shop here, for ever: two would take each other's events, and a new id would forget what
 * the old one has already asked for. Disabled shops count too.
 */
function sharedShops(file: Outline, stored: Outline): Problem[] {
  const kept = stored.shops.filter((shop) => !file.shops.some(({ id }) => id === shop.id));
  return file.shops.flatMap((shop, i): Problem[] => {
    if (shop.platform === '' || shop.platformShopId === '') return [];
    const other = [...kept, ...file.shops.slice(0, i)].find(
      (s) => s.id !== shop.id && platformShop(s) === platformShop(shop),
    );
    return other
      ? [
          {
            path: ['shops', i, 'platformShopId'],
            why: { zh: `与店铺 ${other.id} 是同一个平台店铺`, en: `is the same platform shop as ${other.id}` },
          },
        ]
      : [];
  });
}

function dangling(file: Outline, stored: Outline): Problem[] {
  const known = (rows: readonly { id: string }[]) => [...new Set(rows.map((row) => row.id))].filter((id) => id !== '');
  const policies = known([...file.policies, ...stored.policies]);
  const shops = known([...file.shops, ...stored.shops.filter((shop) => shop.enabled)]);
  return [
    ...file.shops.flatMap((shop, i): Problem[] =>
      shop.policy === null || policies.includes(shop.policy)
        ? []
        : [{ path: ['shops', i, 'policy'], why: unknownWord(shop.policy, policies, { zh: '策略', en: 'policy' }) }],
    ),
    ...file.accounts.flatMap((account, i): Problem[] =>
      (account.shops === '*' ? [] : account.shops)
        .map((shop, at) => ({ shop, at }))
        .filter(({ shop }) => !shops.includes(shop))
        .map(({ shop, at }) => ({
          path: ['carrierAccounts', i, 'shops', at],
          why: unknownWord(shop, shops, { zh: '店铺', en: 'shop' }),
        })),
    ),
  ];
}

type Candidate = Outline['accounts'][number] & { readonly at: number | null };

function candidates(file: Outline, stored: Outline): Candidate[] {
  const kept = stored.accounts.filter((account) => !file.accounts.some(({ id }) => id === account.id));
  return [
    ...file.accounts.map((account, at) => ({ ...account, at })),
    ...kept.map((account) => ({ ...account, at: null })),
  ].filter((account) => account.enabled);
}

/** Accounts that fit a shop equally well, by courier and shop; `*` is a pool of its own, since an exact shop beats it. */
function pools(accounts: readonly Candidate[]): { carrier: string; shop: string; rows: Candidate[] }[] {
  const byPlace = new Map<string, { carrier: string; shop: string; rows: Candidate[] }>();
  for (const row of accounts) {
    for (const carrier of new Set(row.carriers)) {
      for (const shop of row.shops === '*' ? ['*'] : new Set(row.shops)) {
        const pool = byPlace.get(`${carrier} ${shop}`) ?? { carrier, shop, rows: [] };
        pool.rows.push(row);
        byPlace.set(`${carrier} ${shop}`, pool);
      }
    }
  }
  return [...byPlace.values()];
}

/** Two accounts that fit a shop equally well need one `default: true`: which one pays must never be chance. */
function undecided(file: Outline, stored: Outline): Problem[] {
  const byRivals = new Map<string, { carrier: string; shops: string[]; rows: Candidate[] }>();
  for (const { carrier, shop, rows } of pools(candidates(file, stored))) {
    if (rows.length < 2 || rows.filter((row) => row.isDefault).length === 1) continue;
    const key = `${carrier} ${rows.map((row) => row.id).join(' ')}`;
    const group = byRivals.get(key) ?? { carrier, shops: [], rows };
    group.shops.push(shop);
    byRivals.set(key, group);
  }
  return [...byRivals.values()].map(({ carrier, shops, rows }) => {
    const names = rows.map((row) => row.id).join(', ');
    const at = rows.findLast((row) => row.at !== null)?.at ?? null;
    return {
      path: at === null ? ['carrierAccounts'] : ['carrierAccounts', at],
      why: {
        zh: `${names} 对 ${carrier} 的店铺 ${shops.join(', ')} 同样适用，请在其中恰好一个上设置 default: true`,
        en: `${names} fit ${shops.join(', ')} at ${carrier} equally well: set default: true on exactly one of them`,
      },
    };
  });
}

/** Everything that rows say about each other. `stored`: what the database holds and the file may build on. */
export function checkReferences(file: Outline, stored: Outline): Problem[] {
  return [...duplicates(file), ...sharedShops(file, stored), ...dangling(file, stored), ...undecided(file, stored)];
}
