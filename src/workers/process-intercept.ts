import type { CreateAnswer, InterceptCommand } from '../domain/carrier/port.js';
import { failpoint } from '../domain/failpoint.js';
import type { Answer } from '../domain/store/answer-store.js';
import { type Claim, renewLease } from '../domain/store/claim-store.js';
import { commandFor } from './command.js';
import { asFault, type Lane, type WorkerDeps } from './lane.js';
import type { Slots } from './limiter.js';
import { type Verdict, verdictOfAnswer, verdictOfFault } from './verdict.js';

/** What Redis holds of a row: which one, and which hand-over of it. Nothing about the parcel or the buyer. */
export interface LaneJob {
  readonly id: string;
  readonly dispatch: number;
}

/** Longest wait for a slot of the limiter before the claim is given back, ms. */
const SLOT_WAIT_MS = 2_000;
/** Beyond the call's own deadline a lease lasts this much longer, ms: a frozen process gets no second chance after it. */
const LEASE_MARGIN_MS = 3_000;

/** A row that met a closed lane is handed over again this much later, ms. */
const CLOSED_AGAIN_MS = 5_000;

export type SendOutcome = 'stale' | 'lane closed' | 'not ours' | 'no slot' | 'answered' | 'lost answer';

/**
 * The life of one send. Read this first.
 *
 * Redis said that this row is next. Redis may be wrong in every way, so the row is read and judged again, then claimed:
 * from the commit of the claim until its answer is recorded is the one dangerous stretch, in which bytes may have left
 * and nobody else may send. A process that dies in it leaves `submitting` behind; its lease runs out, the row becomes
 * `uncertain`, and the courier is asked (process-probe.ts).
 */
export async function processIntercept(deps: WorkerDeps, lane: Lane, job: LaneJob): Promise<SendOutcome> {
  const moveUp = await lane.ahead.enter();
  if (!moveUp) {
    await deps.desk.takeBack(job);
    return 'lane closed';
  }
  try {
    return await sendOnce(deps, lane, job, moveUp);
  } finally {
    moveUp();
  }
}

/** `moveUp` tells the next in line that this one has its slot. */
async function sendOnce(deps: WorkerDeps, lane: Lane, job: LaneJob, moveUp: () => void): Promise<SendOutcome> {
  const row = await deps.desk.read(job.id);
  if (row?.state !== 'queued' || row.dispatch !== job.dispatch) return 'stale';
  if (deps.safeMode || lane.paused() || !lane.breaker.allows()) {
    const soon = new Date(deps.now().getTime() + CLOSED_AGAIN_MS);
    await deps.desk.takeBack(job, lane.breaker.allows() ? soon : lane.breaker.until());
    return 'lane closed';
  }
  const leaseMs = lane.timeoutMs + SLOT_WAIT_MS + LEASE_MARGIN_MS;
  // Read before the claim: between that and the answer nothing may fail that need not.
  const command = await commandFor(deps, lane, row);
  const claimedFrom = performance.now();
  const claim = await deps.desk.claim({ ...job, leaseMs, parcelId: row.parcelId });
  if (!claim) return 'not ours';
  const lease = { until: claimedFrom + leaseMs };
  const gotSlot = await lane.orders.take(performance.now() + SLOT_WAIT_MS);
  moveUp();
  return sendClaimed(deps, lane, claim, command, gotSlot && (await stillMine(deps, lane, claim, lease)), lease);
}

/** The dangerous stretch: the claim is committed, its answer is not. */
async function sendClaimed(
  deps: WorkerDeps,
  lane: Lane,
  claim: Claim,
  command: InterceptCommand,
  mine: boolean,
  lease: { readonly until: number },
): Promise<SendOutcome> {
  const { resend } = lane.adapter.manifest;
  const history = { earlierSends: claim.earlierSends, tries: claim.row.tries, resend };
  if (!mine) {
    await record(
      deps,
      claim,
      { outcome: 'not_sent', event: 'not_sent', reason: 'ready', againInMs: 0, lane: 'healthy' },
      null,
    );
    return 'no slot';
  }
  // A process that was frozen up to here may wake up after its lease, on any clock but this one.
  const call = lane.openCall(() => performance.now() < lease.until);
  const beganAt = performance.now();
  let verdict: Verdict;
  let answered: Omit<Answered, 'exchange'>;
  try {
    const answer = await lane.adapter.create(command, call.context);
    verdict = verdictOfAnswer(answer, history);
    answered = { rawCode: answer.rawCode, rawText: answer.rawText, taken: answer.kind === 'accepted' ? answer : null };
  } catch (error) {
    const fault = asFault(error);
    verdict = verdictOfFault(fault, history);
    answered = { rawCode: fault.rawCode, rawText: fault.message, taken: null };
  }
  failpoint('courier.answered');
  await tellLane(lane, verdict, { subject: claim.row.parcelId, beganAt }, lane.orders);
  const exchange = call.exchange();
  await record(deps, claim, verdict, { ...answered, exchange });
  deps.log('intercept.answered', {
    id: claim.row.id,
    lane: lane.id,
    outcome: verdict.outcome,
    reason: verdict.reason,
    code: answered.rawCode,
  });
  if (verdict.event !== 'accept') deps.wake();
  return verdict.outcome === 'unknown' ? 'lost answer' : 'answered';
}

/** A claim that waited long for its slot proves that it still owns the row before a byte leaves. */
async function stillMine(deps: WorkerDeps, lane: Lane, claim: Claim, lease: { until: number }): Promise<boolean> {
  if (claim.row.deadlineAt <= deps.now()) return false;
  const waited = deps.now().getTime() - claim.row.updatedAt.getTime();
  if (waited < LEASE_MARGIN_MS) return true;
  const leaseMs = lane.timeoutMs + LEASE_MARGIN_MS;
  const renewedFrom = performance.now();
  if (!(await renewLease(deps.db, claim, leaseMs))) return false;
  lease.until = renewedFrom + leaseMs;
  return true;
}

/** The lane learns from every call: breaker, lock-out, and the limiter whose slot the call used. */
export async function tellLane(
  lane: Lane,
  verdict: Pick<Verdict, 'lane'>,
  call: { readonly subject: string; readonly beganAt: number },
  slots: Slots,
): Promise<void> {
  switch (verdict.lane) {
    case 'healthy':
      return lane.breaker.healthy();
    case 'failing':
      return lane.breaker.failed(call.subject, call.beganAt);
    case 'throttled':
      return slots.slowDown();
    case 'locked_out':
      return lane.breaker.lockedOut();
    default:
      return verdict.lane satisfies never;
  }
}

interface Answered {
  readonly rawCode: string | null;
  readonly rawText: string | null;
  /** What an order that was taken says beside "yes". */
  readonly taken: Pick<Extract<CreateAnswer, { kind: 'accepted' }>, 'carrierRef' | 'feeFen' | 'otherGoods'> | null;
  readonly exchange: { readonly status: number | null; readonly text: string } | null;
}

async function record(deps: WorkerDeps, claim: Claim, verdict: Verdict, answered: Answered | null): Promise<void> {
  const now = deps.now();
  const taken = answered?.taken ?? null;
  const answer: Answer = {
    record: {
      outcome: verdict.outcome,
      rawCode: answered?.rawCode ?? null,
      rawText: answered?.rawText ?? null,
      httpStatus: answered?.exchange?.status ?? null,
      exchange: answered?.exchange?.text ?? null,
    },
    step: { event: verdict.event, reason: verdict.reason },
    changes: {
      ...(verdict.againInMs === null ? {} : { next_at: new Date(now.getTime() + verdict.againInMs) }),
      ...(verdict.reason === 'asked_elsewhere' ? { origin: 'external' } : {}),
      ...(taken?.carrierRef ? { carrier_ref: taken.carrierRef.slice(0, 191) } : {}),
      // Nothing stated, or nothing to pay on line: the tariff holds.
      ...(taken?.feeFen ? { stated_fee_fen: taken.feeFen } : {}),
    },
    question: taken?.otherGoods ? 'other_goods_stopped' : null,
  };
  await deps.desk.answer({ claim, answer });
}
