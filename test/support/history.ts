import { grouped } from '../../src/domain/grouped.js';

/**
 * The three histories of a run: what was sent to us and how we answered, what MySQL says, and what the courier's own
 * ledger says (fsynced before each answer, so it also knows what we never heard). Each check looks for what no database
 * alone can see. Pure: `read-histories.ts` brings the rows.
 */
export interface Histories {
  /** One delivery of a platform's event: its ids, and whether we acknowledged it. */
  readonly deliveries: readonly { readonly eventIds: readonly string[]; readonly acknowledged: boolean }[];
  /** Ids of the events that are kept. */
  readonly inbox: ReadonlySet<string>;
  readonly intercepts: readonly {
    readonly id: string;
    readonly waybillNo: string;
    readonly state: string;
    readonly requestId: string;
    readonly deadlineAtMs: number;
    /** Fees that stand: posted, not reversed. */
    readonly standingFees: number;
  }[];
  readonly sends: readonly {
    readonly waybillNo: string;
    readonly requestId: string;
    readonly startedAtMs: number;
    readonly outcome: string | null;
  }[];
  /** Rows that are due, were not handed over for this long, or were and have no job. */
  readonly dueWithoutJob: readonly string[];
  /** When MySQL came back from a backup: it cannot know of the attempts before; 0: never. */
  readonly restoredAtMs: number;
  /** The courier's calls in the order of its ledger. */
  readonly calls: readonly CourierCall[];
  /** Parcels that the courier turned around, whoever asked for it. */
  readonly turnedAround: ReadonlySet<string>;
  /** Waybills that the test made. Nothing else may appear anywhere. */
  readonly made: ReadonlySet<string>;
  /** Calls for a refund that reached the platform, in the order of its ledger. */
  readonly refundCalls: readonly {
    readonly afterSaleId: string;
    readonly verdict: string;
    /** What it paid on our word; null: nothing. */
    readonly paidFen: number | null;
  }[];
  /** Our decisions to agree. */
  readonly refunds: readonly {
    readonly afterSaleId: string;
    readonly state: string;
    readonly amountFen: number | null;
    /** Calls of it that are known to have done nothing. */
    readonly knownUndone: number;
  }[];
  /** The lane's limit and the most that the courier saw within one such period; null: no limit. */
  readonly rate: { readonly max: number; readonly seen: number } | null;
}

export interface CourierCall {
  readonly kind: 'create' | 'query' | 'cancel' | 'track';
  readonly atMs: number;
  readonly waybillNo: string;
  /** Empty: the twin answered without reading it. */
  readonly requestId: string;
  readonly verdict: string;
  /** Accepted although the parcel had a live order already. */
  readonly duplicate: boolean;
}

export interface Broken {
  readonly invariant: string;
  readonly subject: string;
}

/** Clocks of two processes on one machine, and the milliseconds that MySQL keeps, ms. */
const SKEW_MS = 2_000;

/** Answers that say for sure that nothing was done: the order may leave again at once. */
const DID_NOTHING = new Set(['throttled', 'refused', 'bad_signature', 'bad_request']);
/** What we made of an answer that said so without the twin's reading of the order (429 and the like). */
const TOLD_NOTHING_WAS_DONE = new Set(['not_sent', 'not_yet']);
const PROOFS = 2;

type Check = (h: Histories) => Iterable<string>;

const creates = (h: Histories) => h.calls.filter(({ kind }) => kind === 'create');

function* acknowledgedButLost({ deliveries, inbox }: Histories): Iterable<string> {
  for (const { acknowledged, eventIds } of deliveries) {
    if (acknowledged) yield* eventIds.filter((id) => !inbox.has(id));
  }
}

function* acceptedTwice(h: Histories): Iterable<string> {
  const seen = new Set<string>();
  for (const call of creates(h)) {
    if (call.verdict !== 'accepted') continue;
    if (call.duplicate || seen.has(call.requestId)) yield call.waybillNo;
    seen.add(call.requestId);
  }
}

function* wrongFees({ intercepts, turnedAround }: Histories): Iterable<string> {
  const byWaybill = grouped(intercepts, ({ waybillNo }) => waybillNo);
  for (const waybillNo of new Set([...turnedAround, ...byWaybill.keys()])) {
    const rows = byWaybill.get(waybillNo) ?? [];
    // What a person has to decide about is not settled yet.
    if (rows.some(({ state }) => state === 'needs_review')) continue;
    const fees = rows.reduce((sum, row) => sum + row.standingFees, 0);
    if (fees !== (turnedAround.has(waybillNo) ? 1 : 0)) yield waybillNo;
  }
}

function* sentWithoutAttempt(h: Histories): Iterable<string> {
  const byWaybill = grouped(h.sends, ({ waybillNo }) => waybillNo);
  for (const call of creates(h)) {
    if (call.atMs < h.restoredAtMs) continue;
    const isIt = (send: Histories['sends'][number]) =>
      (call.requestId === '' || send.requestId === call.requestId) && send.startedAtMs <= call.atMs + SKEW_MS;
    const known = byWaybill.get(call.waybillNo)?.some(isIt) === true;
    if (!known) yield `${call.waybillNo} ${call.requestId}`;
  }
}

function* sentAgainWithoutProof(h: Histories): Iterable<string> {
  const told = new Set(
    h.sends.filter((s) => TOLD_NOTHING_WAS_DONE.has(s.outcome ?? '')).map(({ waybillNo }) => waybillNo),
  );
  const didNothing = ({ verdict, waybillNo }: CourierCall) =>
    DID_NOTHING.has(verdict) || (verdict === 'not_acted' && told.has(waybillNo));
  const last = new Map<string, { call: CourierCall; asked: number }>();
  for (const call of h.calls) {
    const before = last.get(call.waybillNo);
    if (call.kind === 'query' && before) before.asked += 1;
    if (call.kind !== 'create') continue;
    if (before && !didNothing(before.call) && before.asked < PROOFS) yield call.waybillNo;
    last.set(call.waybillNo, { call, asked: 0 });
  }
}

function* foreignRequestId(h: Histories): Iterable<string> {
  const known = new Set(h.intercepts.map((row) => `${row.waybillNo} ${row.requestId}`));
  for (const { waybillNo, requestId } of creates(h)) {
    if (requestId !== '' && !known.has(`${waybillNo} ${requestId}`)) yield `${waybillNo} ${requestId}`;
  }
}

function* sentTooLate(h: Histories): Iterable<string> {
  const deadlines = new Map(h.intercepts.map((row) => [row.requestId, row.deadlineAtMs]));
  for (const { atMs, requestId, waybillNo } of creates(h)) {
    if (atMs > (deadlines.get(requestId) ?? Number.POSITIVE_INFINITY) + SKEW_MS) yield waybillNo;
  }
}

function* changedIds({ calls, intercepts, made }: Histories): Iterable<string> {
  for (const { waybillNo } of [...calls, ...intercepts]) if (!made.has(waybillNo)) yield waybillNo;
}

/** One call a refund, and one more for each that is known to have done nothing; none after money moved. */
function* agreedAgain({ refundCalls, refunds }: Histories): Iterable<string> {
  const undone = new Map(refunds.map((row) => [row.afterSaleId, row.knownUndone]));
  const calls = new Map<string, number>();
  const paid = new Set<string>();
  for (const { afterSaleId, paidFen } of refundCalls) {
    const count = (calls.get(afterSaleId) ?? 0) + 1;
    if (paid.has(afterSaleId) || count > 1 + (undone.get(afterSaleId) ?? 0)) yield afterSaleId;
    calls.set(afterSaleId, count);
    if (paidFen !== null) paid.add(afterSaleId);
  }
}

/** At rest the platform has paid exactly what our rows say was paid. */
function* wrongRefunds({ refundCalls, refunds }: Histories): Iterable<string> {
  const paid = new Map(
    refundCalls.flatMap((call) => (call.paidFen === null ? [] : [[call.afterSaleId, call.paidFen]])),
  );
  const agreed = refunds.filter(({ state }) => state === 'confirmed');
  const known = new Map(agreed.map((row) => [row.afterSaleId, row.amountFen]));
  for (const id of new Set([...paid.keys(), ...known.keys()])) if (paid.get(id) !== known.get(id)) yield id;
}

/** One more than the limit may arrive in a period: the promise is measured at the sender (design.md "Limits"). */
function* tooFast({ rate }: Histories): Iterable<string> {
  if (rate && rate.seen > rate.max + 1) yield `${rate.seen} of ${rate.max}`;
}

/** Invariants that take more than one history to see (I-numbers: docs/reliability.md; R-numbers: rules). */
export const HISTORY_CHECKS = {
  I1_acknowledged_is_kept: acknowledgedButLost,
  I3_accepted_once: acceptedTwice,
  I4_due_has_job: ({ dueWithoutJob }) => dueWithoutJob,
  I5_fee_iff_turned_around: wrongFees,
  I8_attempt_before_send: sentWithoutAttempt,
  I9_proof_before_resend: sentAgainWithoutProof,
  I10_request_id: foreignRequestId,
  I11_in_time: sentTooLate,
  I19_rate: tooFast,
  I23_ids: changedIds,
  R73_called_once: agreedAgain,
  R73_paid_iff_confirmed: wrongRefunds,
} as const satisfies Record<string, Check>;

/** What the three histories, laid side by side, show to be broken. */
export function compareHistories(histories: Histories): Broken[] {
  return Object.entries(HISTORY_CHECKS).flatMap(([invariant, check]: [string, Check]) =>
    [...check(histories)].map((subject) => ({ invariant, subject })),
  );
}
