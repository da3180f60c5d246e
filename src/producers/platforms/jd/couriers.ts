interface CourierRow {
  readonly zh: string;
  readonly courier: string;
}

/**
 * `logisticsId`. Second-hand: the table of one public client (a second one agrees on 467 and has 466 for YTO, which is
 * left out; so is 2130 德邦物流, which may be freight). The only full table is an API. JD's own courier and J&T are in no
 * source: the shop's `carrierAliases`.
 */
const LOGISTICS_IDS: Readonly<Record<string, CourierRow>> = {
  '463': { zh: '圆通快递', courier: 'yto' },
  '465': { zh: 'EMS', courier: 'ems' },
  '467': { zh: '顺丰快递', courier: 'sf' },
  '470': { zh: '申通快递', courier: 'sto' },
  '1327': { zh: '韵达快递', courier: 'yunda' },
  '1499': { zh: '中通快递', courier: 'zto' },
};

/** The name of a courier's number; null where the table has none. */
export function courierName(logisticsId: string): string | null {
  return Object.hasOwn(LOGISTICS_IDS, logisticsId) ? (LOGISTICS_IDS[logisticsId]?.zh ?? null) : null;
}

/** Numbers and names that mean one of our couriers. */
export const CARRIER_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LOGISTICS_IDS).flatMap(([id, { zh, courier }]) => [
    [id, courier],
    [zh, courier],
  ]),
);
