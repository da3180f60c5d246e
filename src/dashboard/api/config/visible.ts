import type { ConfigRow, ConfigView } from '../../../domain/store/config-reader.js';

type Shops = readonly string[] | null;

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);

/** The shops of an account that this caller may know of; null: none of his are among them. */
function accountFor(account: ConfigRow, shops: readonly string[]): ConfigRow | null {
  if (account.row.shops === '*') return account;
  const seen = strings(account.row.shops).filter((shop) => shops.includes(shop));
  return seen.length === 0 ? null : { ...account, row: { ...account.row, shops: seen } };
}

/**
 * What whoever is limited to some shops (null: nobody) may see of the configuration: those shops, the accounts that serve
 * them and the policies they go by. Endpoints and bots hear of all shops, and who changed what may name others.
 */
export function visibleConfig(config: ConfigView, shops: Shops): ConfigView {
  if (shops === null) return config;
  const seen = config.shops.filter(({ id }) => shops.includes(id));
  const policies = seen.map(({ row }) => row.policy);
  return {
    ...config,
    last: null,
    shops: seen,
    carrierAccounts: config.carrierAccounts.flatMap((account) => accountFor(account, shops) ?? []),
    policies: config.policies.filter(({ id }) => policies.includes(id)),
    notifications: [],
    endpoints: [],
  };
}

/** May a caller of these shops use this account? */
export function seesAccount(account: { readonly shops: readonly string[] | '*' }, shops: Shops): boolean {
  return shops === null || account.shops === '*' || account.shops.some((shop) => shops.includes(shop));
}
