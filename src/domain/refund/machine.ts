/**
 * The states of one refund decision and every way out of them. Agreeing a refund is paying (R73), so it is claimed and
 * recorded like a send: `started` means that the claim is committed and bytes may have left; `unknown` that no trustworthy
 * answer came. Neither has a way back to `waiting` but the proof that nothing left: an unknown one is read back, never
 * sent again. `asked` stays with the person (R63).
 */
export const REFUND_TRANSITIONS = {
  waiting: { rewait: 'waiting', claim: 'started', hand_over: 'asked', drop: 'dropped', approve: 'waiting' },
  asked: { approve: 'waiting', done_by_hand: 'dropped', drop: 'dropped' },
  started: { acknowledge: 'acknowledged', lose_answer: 'unknown', refuse: 'asked', not_sent: 'waiting' },
  acknowledged: { confirm: 'confirmed', contradict: 'asked', doubt: 'acknowledged' },
  unknown: {
    acknowledge: 'acknowledged',
    confirm: 'confirmed',
    contradict: 'asked',
    refuse: 'asked',
    doubt: 'unknown',
  },
  dropped: { revive: 'waiting' },
  confirmed: {},
} as const satisfies Record<string, Record<string, string>>;

export type RefundState = keyof typeof REFUND_TRANSITIONS;
export type RefundEvent = { [S in RefundState]: keyof (typeof REFUND_TRANSITIONS)[S] }[RefundState];
export const REFUND_STATES = Object.keys(REFUND_TRANSITIONS) as RefundState[];

/** What is done with an after-sale at its platform: paying it, or answering in time that it is not paid. */
export const REFUND_OPERATIONS = ['agree', 'reject'] as const;
export type RefundOperation = (typeof REFUND_OPERATIONS)[number];

/** The pure transition function; null: the table has no such edge. */
export function refundStep(from: RefundState, event: RefundEvent): RefundState | null {
  const edges: Readonly<Record<string, RefundState | undefined>> = REFUND_TRANSITIONS[from];
  return (Object.hasOwn(edges, event) ? edges[event] : undefined) ?? null;
}

/** Has the call of this decision perhaps reached the platform? */
export function mayHavePaid(state: RefundState): boolean {
  return state === 'started' || state === 'acknowledged' || state === 'unknown' || state === 'confirmed';
}
