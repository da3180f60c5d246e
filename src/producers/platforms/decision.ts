import { CarrierFault } from '../../domain/carrier/fault.js';
import { UnreadableEvent } from '../../domain/platform/port.js';
import type { RefundAnswer } from '../../domain/platform/refund.js';

/**
 * Reads the answer to a write with the platform's ways of reading: what a read may simply ask again (out of service, not
 * readable, a code that nobody explained) leaves open what a write has done. Throws CarrierFault and nothing else.
 */
export function answerOfDecision(read: () => RefundAnswer): RefundAnswer {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableEvent) throw new CarrierFault('outcome_unknown', error.message);
    if (error instanceof CarrierFault && (error.kind === 'unavailable' || error.kind === 'contract_broken')) {
      throw new CarrierFault('outcome_unknown', error.message, { rawCode: error.rawCode ?? undefined });
    }
    throw error;
  }
}

/** Nothing was sent, because what the platform must be told is not known. */
export function notTold(what: string): CarrierFault {
  return new CarrierFault('bad_request', `${what} is not known, so nothing was sent`);
}
