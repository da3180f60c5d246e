import { chinaMinutes } from '../china-time.js';
import type { Text } from '../text.js';
import type { Whereabouts } from '../tracking/whereabouts.js';

/**
 * What a policy's conditions may look at, as it was when the decision was made: plain values, kept with the decision so
 * that a draft can be tried on it later. null: not known. Fen, ms.
 */
export interface ConditionFacts {
  readonly amountFen: number | null;
  readonly valueFen: number | null;
  /** What a stop would cost; null: no tariff. */
  readonly feeFen: number | null;
  /** How likely the courier is to stop it, 0 to 1, by the scorecards. */
  readonly chance: number;
  readonly reason: string | null;
  readonly category: string;
  /** null: no source told us the goods. */
  readonly skus: readonly string[] | null;
  readonly carrier: string | null;
  readonly stage: Whereabouts;
  readonly shop: string;
  readonly platform: string;
  readonly atMs: number;
}

/** What sending is worth on average: nothing is charged for a stop that fails (R30). Fen; null: something is not known. */
export function gainFen({ valueFen, feeFen, chance }: ConditionFacts): number | null {
  return valueFen === null || feeFen === null ? null : Math.round(chance * (valueFen - feeFen));
}

type Value = bigint | number | string | readonly string[];

interface Variable {
  /** Its type in the expression language. */
  readonly type: 'int' | 'double' | 'string' | 'list<string>';
  /** How a literal that it is compared with is read aloud. */
  readonly unit: 'fen' | 'share' | 'hour' | 'word';
  readonly name: Text;
  /** null: not known, and whatever needs it does not hold. */
  readonly of: (facts: ConditionFacts) => Value | null;
}

const whole = (n: number | null) => (n === null ? null : BigInt(n));

/** The words of a condition, what each means, and how it is read aloud. docs/policies.md is checked against this table. */
export const VARIABLES = {
  amountFen: { type: 'int', unit: 'fen', name: { zh: '退款金额', en: 'the refund' }, of: (f) => whole(f.amountFen) },
  valueFen: {
    type: 'int',
    unit: 'fen',
    name: { zh: '包裹价值', en: 'the value of the parcel' },
    of: (f) => whole(f.valueFen),
  },
  feeFen: { type: 'int', unit: 'fen', name: { zh: '拦截费', en: 'the fee' }, of: (f) => whole(f.feeFen) },
  gainFen: {
    type: 'int',
    unit: 'fen',
    name: { zh: '预期收益', en: 'the expected gain' },
    of: (f) => whole(gainFen(f)),
  },
  chance: {
    type: 'double',
    unit: 'share',
    name: { zh: '拦截成功率', en: 'the chance of success' },
    of: (f) => f.chance,
  },
  reason: { type: 'string', unit: 'word', name: { zh: '退款原因', en: 'the buyer’s reason' }, of: (f) => f.reason },
  category: { type: 'string', unit: 'word', name: { zh: '商品类别', en: 'the category' }, of: (f) => f.category },
  skus: { type: 'list<string>', unit: 'word', name: { zh: '商品 SKU', en: 'the SKUs' }, of: (f) => f.skus },
  carrier: { type: 'string', unit: 'word', name: { zh: '快递', en: 'the courier' }, of: (f) => f.carrier },
  stage: { type: 'string', unit: 'word', name: { zh: '运输阶段', en: 'the stage of the trip' }, of: (f) => f.stage },
  hour: {
    type: 'int',
    unit: 'hour',
    name: { zh: '北京时间', en: 'the hour in China' },
    of: (f) => BigInt(Math.floor(chinaMinutes(new Date(f.atMs)) / 60)),
  },
  shop: { type: 'string', unit: 'word', name: { zh: '店铺', en: 'the shop' }, of: (f) => f.shop },
  platform: { type: 'string', unit: 'word', name: { zh: '平台', en: 'the platform' }, of: (f) => f.platform },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

export function isVariable(name: string): name is VariableName {
  return Object.hasOwn(VARIABLES, name);
}

/** The known values by name; what is not known is left out. */
export function valuesOf(facts: ConditionFacts): Record<string, Value> {
  const rows: readonly (readonly [string, Variable])[] = Object.entries(VARIABLES);
  return Object.fromEntries(
    rows.flatMap(([name, { of }]) => {
      const value = of(facts);
      return value === null ? [] : [[name, value] as const];
    }),
  );
}
