/**
 * The states of an intercept and every way out of them: the only list of them. The writer, the docs, the UI and the
 * tests read this table; `npm run generate` draws it (docs/states.md).
 *
 * `submitting` means an attempt is committed and bytes may have left: only an answer, proof that nothing left, or an
 * expired lease leaves it. `uncertain` means the courier may have acted: it is asked, never sent again blindly.
 */
export const TRANSITIONS = {
  held: {
    release: 'queued',
    rehold: 'held',
    skip: 'skipped',
    withdraw: 'withdrawn',
    hand_over: 'needs_review',
    expire: 'expired',
    find_delivered: 'missed',
    find_late: 'missed',
    find_returning: 'returned',
    asked_outside: 'accepted',
  },
  queued: {
    claim: 'submitting',
    hold: 'held',
    skip: 'skipped',
    withdraw: 'withdrawn',
    expire: 'expired',
    hand_over: 'needs_review',
    find_delivered: 'missed',
    find_late: 'missed',
    find_returning: 'returned',
    asked_outside: 'accepted',
  },
  submitting: { accept: 'accepted', refuse: 'refused', lose_answer: 'uncertain', not_sent: 'queued', not_yet: 'held' },
  uncertain: {
    accept: 'accepted',
    refuse: 'refused',
    find_delivered: 'missed',
    stop: 'intercepted',
    prove_absent: 'queued',
    give_up: 'needs_review',
  },
  accepted: {
    stop: 'intercepted',
    miss: 'missed',
    find_delivered: 'missed',
    refuse: 'refused',
    cancel: 'withdrawn',
    hand_over: 'needs_review',
  },
  intercepted: { return: 'returned', find_delivered: 'missed', hand_over: 'needs_review' },
  needs_review: {
    release: 'queued',
    hold: 'held',
    skip: 'skipped',
    asked_outside: 'accepted',
    accept: 'accepted',
    refuse: 'refused',
    stop: 'intercepted',
    return: 'returned',
    find_delivered: 'missed',
    cancel: 'withdrawn',
    withdraw: 'withdrawn',
    expire: 'expired',
  },
  missed: { stop: 'intercepted', return: 'returned' },
  returned: { hand_over: 'needs_review' },
  refused: {},
  withdrawn: {},
  expired: {},
  skipped: {},
} as const satisfies Record<string, Record<string, string>>;

export type InterceptState = keyof typeof TRANSITIONS;
export type InterceptEvent = { [S in InterceptState]: keyof (typeof TRANSITIONS)[S] }[InterceptState];
export const INTERCEPT_STATES = Object.keys(TRANSITIONS) as InterceptState[];

export function isState(word: unknown): word is InterceptState {
  return typeof word === 'string' && Object.hasOwn(TRANSITIONS, word);
}

/**
 * States that end an intercept. Two have a way out: `missed`, when the parcel comes back after all (R68), and `returned`, when
 * what came back is not what was sent (R75).
 */
export const FINAL_STATES = ['returned', 'refused', 'missed', 'withdrawn', 'expired', 'skipped'] as const;

const FINAL: ReadonlySet<string> = new Set(FINAL_STATES);

export function isFinal(state: InterceptState): boolean {
  return FINAL.has(state);
}

/** Has an order of ours perhaps reached the courier? Then a wish to stop is a cancel, not a withdrawal (R80). */
export function mayHaveLeft(state: InterceptState): boolean {
  return state === 'submitting' || state === 'uncertain' || state === 'accepted' || state === 'intercepted';
}

export type Step = { readonly ok: true; readonly to: InterceptState } | { readonly ok: false };

/** The pure transition function. An edge that the table does not have is an answer, not an error: the caller must look. */
export function step(from: InterceptState, event: InterceptEvent): Step {
  const edges: Readonly<Record<string, InterceptState | undefined>> = TRANSITIONS[from];
  const to = Object.hasOwn(edges, event) ? edges[event] : undefined;
  return to ? { ok: true, to } : { ok: false };
}

/**
 * What arriving in a state does to the fee ledger, in the same transaction (R30, R32); the only place that says so.
 * `charge`: the stop took, one unreversed fee must stand. `clear`: it did not, none may stand. `keep`: as it is.
 */
export function feeEffect(to: InterceptState): 'charge' | 'clear' | 'keep' {
  switch (to) {
    case 'intercepted':
      return 'charge';
    case 'missed':
    case 'refused':
    case 'withdrawn':
    case 'expired':
    case 'skipped':
      return 'clear';
    default:
      return 'keep';
  }
}
