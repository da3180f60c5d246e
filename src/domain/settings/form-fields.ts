import { z } from 'zod';
import { ACCOUNT, ENDPOINT, NOTIFICATION, RETENTION, SHOP, TARIFF } from './file-schema.js';
import { POLICY } from './policy-schema.js';

/** A value that a form offers to choose. */
export type Choice = string | number | boolean;

/**
 * One field of a form as its schema describes it. `either`: one of several forms, such as `"*"` or a list of shops.
 * `other`: the schema says nothing that a form could use; it is edited as JSON.
 */
export interface FormField {
  readonly key: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'map' | 'group' | 'either' | 'other';
  readonly required: boolean;
  /** null may stand here and means something of its own. */
  readonly nullable: boolean;
  /** What an absent value counts as. */
  readonly fallback?: unknown;
  readonly choices?: readonly Choice[];
  readonly min?: number;
  readonly max?: number;
  /** Of a group its fields; of `either` its forms. */
  readonly fields?: readonly FormField[];
  /** Of a list its items, of a map its values. */
  readonly of?: FormField;
}

type Shape = Omit<FormField, 'key'>;
type Schema = z.core.$ZodType;

const PLAIN = { required: true, nullable: false } as const;

const isChoice = (value: unknown): value is Choice => ['string', 'number', 'boolean'].includes(typeof value);

/** Bounds of a number, or of the length of a text. */
function boundsOf(schema: Schema): { min?: number; max?: number } {
  const isText = schema instanceof z.ZodString;
  if (!isText && !(schema instanceof z.ZodNumber)) return {};
  const [min, max] = isText ? [schema.minLength, schema.maxLength] : [schema.minValue, schema.maxValue];
  // An integer that nobody bounded is bounded by what a number can hold: that is no rule of ours.
  const isBound = (value: unknown): value is number =>
    Number.isSafeInteger(value) && Math.abs(Number(value)) < Number.MAX_SAFE_INTEGER;
  return { ...(isBound(min) ? { min } : {}), ...(isBound(max) ? { max } : {}) };
}

/** Choices of a union of literals alone; null: some form of it is more than a value. */
function literals(options: readonly Schema[]): Choice[] | null {
  const values = options.map((option) => {
    const { def } = (option as z.core.$ZodTypes)._zod;
    return def.type === 'literal' ? def.values.filter(isChoice) : null;
  });
  return values.includes(null) ? null : values.flatMap((list) => list ?? []);
}

function shapeOf(schema: Schema): Shape {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'pipe':
      return shapeOf(def.in._zod.def.type === 'transform' ? def.out : def.in);
    case 'optional':
      return { ...shapeOf(def.innerType), required: false };
    case 'nullable':
      return { ...shapeOf(def.innerType), nullable: true };
    case 'default':
    case 'prefault':
      return { ...shapeOf(def.innerType), required: false, fallback: def.defaultValue };
    case 'string':
      return { ...PLAIN, kind: 'text', ...boundsOf(schema) };
    case 'number':
      return { ...PLAIN, kind: 'number', ...boundsOf(schema) };
    case 'boolean':
      return { ...PLAIN, kind: 'boolean' };
    case 'enum':
      return { ...PLAIN, kind: 'choice', choices: Object.values(def.entries) };
    case 'literal':
      return { ...PLAIN, kind: 'choice', choices: def.values.filter(isChoice) };
    case 'array':
      return { ...PLAIN, kind: 'list', of: { key: '', ...shapeOf(def.element) } };
    case 'record':
      return { ...PLAIN, kind: 'map', of: { key: '', ...shapeOf(def.valueType) } };
    case 'object':
      return { ...PLAIN, kind: 'group', fields: fieldsIn(def.shape) };
    case 'union': {
      const choices = literals(def.options);
      if (choices) return { ...PLAIN, kind: 'choice', choices };
      return { ...PLAIN, kind: 'either', fields: def.options.map((option) => ({ key: '', ...shapeOf(option) })) };
    }
    default:
      return { ...PLAIN, kind: 'other' };
  }
}

function fieldsIn(shape: Readonly<Record<string, Schema>>): FormField[] {
  return Object.entries(shape).map(([key, schema]) => ({ key, ...shapeOf(schema) }));
}

/** The fields of an object's schema, through defaults and transforms; none if it is no object. */
export function fieldsOf(schema: Schema): readonly FormField[] {
  return shapeOf(schema).fields ?? [];
}

/** The forms of the configuration's sections, read from the schemas that `apply` checks with. */
export const SECTION_FIELDS = {
  shops: fieldsOf(SHOP),
  carrierAccounts: fieldsOf(ACCOUNT),
  policies: fieldsOf(POLICY),
  tariffs: fieldsOf(TARIFF),
  retention: fieldsOf(RETENTION),
  notifications: fieldsOf(NOTIFICATION),
  endpoints: fieldsOf(ENDPOINT),
} as const;
