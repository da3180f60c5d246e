interface ExpressRow {
  readonly zh: string;
  /** Our courier; null: another company or another service, whose intercepts are not ours to send. */
  readonly courier: string | null;
}

/**
 * `expressCode`, from the platform's official table of couriers (reference/platforms.md 5.3). Freight, postal and
 * re-branded services (中通快运, 邮政标准快递, 新顺丰 …) have numbers of their own and are not taken for the courier whose name they
 * resemble (R66).
 */
const EXPRESS_CODES: Readonly<Record<string, ExpressRow>> = {
  '2': { zh: 'EMS', courier: 'ems' },
  '3': { zh: '申通快递', courier: 'sto' },
  '4': { zh: '顺丰速运', courier: 'sf' },
  '6': { zh: '圆通速递', courier: 'yto' },
  '7': { zh: '韵达快运', courier: null },
  '8': { zh: '邮政快递包裹', courier: null },
  '9': { zh: '中通快递', courier: 'zto' },
  '11': { zh: '韵达快递', courier: 'yunda' },
  '12': { zh: '中通快运', courier: null },
  '14': { zh: '京东', courier: 'jd' },
  '17': { zh: '德邦', courier: 'deppon' },
  '53': { zh: '德邦快递', courier: 'deppon' },
  '97': { zh: '邮政标准快递', courier: null },
  '109': { zh: '极兔速递', courier: 'jtexpress' },
  '113': { zh: '菜鸟速递', courier: null },
  '119': { zh: 'EMS包裹', courier: null },
  '121': { zh: '新顺丰(NSF)', courier: null },
  '136': { zh: '京东快运', courier: null },
  '139': { zh: '邮政电商标快', courier: null },
};

/** The platform's own name for a courier's number; null where the table has none. */
export function expressName(code: string): string | null {
  return EXPRESS_CODES[code]?.zh ?? null;
}

/** Numbers and names that mean one of our couriers. */
export const CARRIER_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(EXPRESS_CODES).flatMap(([code, { zh, courier }]) =>
    courier === null
      ? []
      : [
          [code, courier],
          [zh, courier],
        ],
  ),
);
