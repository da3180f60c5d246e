import type { Text } from '../text.js';

/**
 * The states of one claim against a courier and every way out of them (R33, R52). A draft is found by the system and costs
 * nothing; it goes by itself when the goods come back. What was filed only a person moves, by the courier's word.
 */
export const CLAIM_TRANSITIONS = {
  draft: { file: 'filed', drop: 'dropped', find: 'draft' },
  filed: { accept: 'accepted', reject: 'rejected', drop: 'dropped' },
  accepted: { pay: 'paid', receive: 'accepted', reverse: 'accepted', reject: 'rejected' },
  rejected: { file: 'filed', drop: 'dropped' },
  paid: { reverse: 'accepted' },
  dropped: { find: 'draft' },
} as const satisfies Record<string, Record<string, string>>;

export type ClaimState = keyof typeof CLAIM_TRANSITIONS;
export type ClaimEvent = { [S in ClaimState]: keyof (typeof CLAIM_TRANSITIONS)[S] }[ClaimState];
export const CLAIM_STATES = Object.keys(CLAIM_TRANSITIONS) as ClaimState[];

/** The pure transition function; null: the table has no such edge. */
export function claimStep(from: ClaimState, event: ClaimEvent): ClaimState | null {
  const edges: Readonly<Record<string, ClaimState | undefined>> = CLAIM_TRANSITIONS[from];
  return (Object.hasOwn(edges, event) ? edges[event] : undefined) ?? null;
}

/** What a person does with a claim through the API; money received is booked on its own. */
export const CLAIM_STEPS = ['file', 'accept', 'reject', 'drop'] as const satisfies readonly ClaimEvent[];
export type ClaimPersonStep = (typeof CLAIM_STEPS)[number];

export const CLAIM_STATE_TEXTS = {
  draft: { zh: '待提交', en: 'to be filed' },
  filed: { zh: '已提交', en: 'filed' },
  accepted: { zh: '快递同意赔付', en: 'accepted' },
  rejected: { zh: '快递拒绝', en: 'rejected' },
  paid: { zh: '已到账', en: 'paid' },
  dropped: { zh: '无需索赔', en: 'dropped' },
} as const satisfies Record<ClaimState, Text>;
