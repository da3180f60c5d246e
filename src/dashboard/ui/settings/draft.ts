import { tariffId } from '../../../domain/money/tariff.js';
import type { ConfigAnswer, FormFieldAnswer, FormsAnswer } from '../http/answers.js';
import type { FieldProblem } from '../http/problem.js';
import type { Text } from '../texts/text.js';
import type { Section } from './parts.js';

/** A row as it is typed: what the file would hold, secrets only where somebody entered one. */
export type Draft = Readonly<Record<string, unknown>>;

/** What a form begins with, and what it knows of the row that is stored. */
export interface RowStart {
  readonly draft: Draft;
  /** By secret part the fields that are set. */
  readonly set: Readonly<Record<string, readonly string[]>>;
  readonly isNew: boolean;
}

/** Cautious beginnings of a new row, where the schema has none of its own: nothing is sent until somebody says so. */
const BEGIN = {
  shops: { crossBorder: false, status: 'active', agreementSignedAt: null, mode: 'observe' },
  carrierAccounts: { shops: '*' },
  policies: {},
  tariffs: {},
  retention: {},
  notifications: { events: ['alert.*'] },
  endpoints: { events: ['intercept.*'] },
} as const satisfies Record<Section, Draft>;

/** What `apply` would put in for a field that is left out. */
function fallbacks(fields: readonly FormFieldAnswer[]): Draft {
  return Object.fromEntries(fields.flatMap(({ key, fallback }) => (fallback === undefined ? [] : [[key, fallback]])));
}

/** The form of a row: of a stored one, or of a new one (`id` null). null: there is no such row. */
export function startRow(
  config: ConfigAnswer,
  forms: FormsAnswer,
  section: Section,
  id: string | null,
): RowStart | null {
  if (section === 'retention') {
    return {
      draft: config.retention ?? fallbacks(forms.sections.retention),
      set: {},
      isNew: config.retention === null,
    };
  }
  if (id === null) {
    return { draft: { ...fallbacks(forms.sections[section]), ...BEGIN[section] }, set: {}, isNew: true };
  }
  if (section === 'tariffs') {
    const tariff = config.tariffs.find((one) => tariffId(one) === id);
    return tariff ? { draft: { ...tariff }, set: {}, isNew: false } : null;
  }
  const stored = config[section].find((row) => row.id === id);
  if (!stored) return null;
  const enabled = section === 'carrierAccounts' ? { enabled: stored.enabled } : {};
  return { draft: { ...stored.row, ...enabled }, set: stored.set, isNew: false };
}

/** The part of a configuration file that this draft is. */
export function fileOf(section: Section, draft: Draft): object {
  return section === 'retention' ? { retention: draft } : { [section]: [draft] };
}

/** The keys that were stored go to the address they were entered for, and to no other. */
export function keepsKeys(before: Draft, draft: Draft): boolean {
  return ['platform', 'carrier', 'baseUrl'].every((key) => (before[key] ?? null) === (draft[key] ?? null));
}

/** What is wrong, by the path within the row: `credentials.appSecret`; the row as a whole is ''. */
export type FieldProblems = ReadonlyMap<string, readonly Text[]>;

/** The server's problems with a file of one row, put where its fields are. */
export function problemsByPath(section: Section, fields: readonly FieldProblem[]): FieldProblems {
  const prefix = section === 'retention' ? 'file.retention' : `file.${section}[0]`;
  const byPath = new Map<string, Text[]>();
  for (const { field, text } of fields) {
    const path = field.startsWith(prefix) ? field.slice(prefix.length).replace(/^\./, '') : '';
    byPath.set(path, [...(byPath.get(path) ?? []), text]);
  }
  return byPath;
}
