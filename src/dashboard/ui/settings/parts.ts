/** The parts of the page, in the order of their tabs. */
export const PARTS = ['shops', 'accounts', 'policies', 'tariffs', 'targets', 'deliveries', 'retention'] as const;
export type Part = (typeof PARTS)[number];

/** Sections of the configuration file. */
export type Section =
  | 'shops'
  | 'carrierAccounts'
  | 'policies'
  | 'tariffs'
  | 'retention'
  | 'notifications'
  | 'endpoints';
/** Those whose rows have an id, secrets, and can be switched off. */
export type RowSection = Exclude<Section, 'tariffs' | 'retention'>;

const PART_OF = {
  shops: 'shops',
  carrierAccounts: 'accounts',
  policies: 'policies',
  tariffs: 'tariffs',
  retention: 'retention',
  notifications: 'targets',
  endpoints: 'targets',
} as const satisfies Record<Section, Part>;

export function isPart(word: string | null): word is Part {
  return PARTS.some((part) => part === word);
}

export function isSection(word: string | null): word is Section {
  return word !== null && Object.hasOwn(PART_OF, word);
}

export const partOf = (section: Section): Part => PART_OF[section];

export const partAddress = (part: Part): string => `/settings?part=${part}`;

/** The address of a row's form; `id` null: of a new row. */
export function editAddress(section: Section, id: string | null): string {
  const at = id === null ? 'new=1' : `id=${encodeURIComponent(id)}`;
  return `/settings?part=${partOf(section)}&edit=${section}&${at}`;
}
