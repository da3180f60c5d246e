import type { CarrierFault } from '../domain/carrier/fault.js';
import type { CallContext, CancelAnswer, StatusAnswer, TrackAnswer } from '../domain/carrier/port.js';
import type { Intercept } from '../domain/intercept/intercept.js';
import type { AttemptRecord } from '../domain/store/attempt-store.js';
import { asFault, type Lane } from './lane.js';
import { tellLane } from './process-intercept.js';
import { verdictOfFault } from './verdict.js';

/** What a courier said to a question, or why it said nothing, and what is kept of the call. */
export type Said<T> =
  | { readonly answer: T; readonly record: AttemptRecord }
  | { readonly fault: CarrierFault; readonly record: AttemptRecord };

/** One call, with what is kept of it; the lane learns from it. */
export async function say<T extends StatusAnswer | CancelAnswer | TrackAnswer>(
  lane: Lane,
  row: Intercept,
  call: (context: CallContext) => Promise<T>,
): Promise<Said<T>> {
  const open = lane.openCall();
  const about = { subject: row.parcelId, beganAt: performance.now() };
  const kept = (outcome: AttemptRecord['outcome'], rawCode: string | null, rawText: string | null): AttemptRecord => {
    const exchange = open.exchange();
    return { outcome, rawCode, rawText, httpStatus: exchange?.status ?? null, exchange: exchange?.text ?? null };
  };
  try {
    const answer = await call(open.context);
    await tellLane(lane, { lane: 'healthy' }, about, lane.reads);
    const record =
      'rawCode' in answer ? kept('answered', answer.rawCode, answer.rawText) : kept('answered', null, null);
    return { answer, record };
  } catch (error) {
    const fault = asFault(error);
    await tellLane(
      lane,
      verdictOfFault(fault, { earlierSends: 0, tries: 1, resend: lane.adapter.manifest.resend }),
      about,
      lane.reads,
    );
    return { fault, record: kept('failed', fault.rawCode, fault.message) };
  }
}
