import type { Reason } from '../reasons.js';
import type { DeadlineSource } from './deadline.js';
import type { InterceptState } from './machine.js';

/** One wish to stop one parcel, as the database holds it. Times are UTC, money integer fen. */
export interface Intercept {
  readonly id: string;
  readonly parcelId: string;
  /** 1 for the first try at this parcel; a replay or a new after-sale after an end opens the next. */
  readonly round: number;
  readonly shopId: string;
  readonly platform: string;
  readonly carrier: string;
  readonly accountId: string | null;
  readonly laneId: string | null;
  readonly channel: string;
  readonly waybillNo: string;
  readonly origin: string;
  readonly requestId: string;
  readonly carrierRef: string | null;
  readonly state: InterceptState;
  readonly reason: Reason;
  readonly rule: string | null;
  readonly valueFen: number | null;
  /** How likely the stop was, 0 to 1, when the row was judged last. */
  readonly stopChance: number;
  /** What the stop would cost by the tariff when the row was judged last, fen; null: there was none. */
  readonly priceFen: number | null;
  readonly policyId: string | null;
  readonly releasedBy: string | null;
  readonly deadlineAt: Date;
  readonly deadlineSource: DeadlineSource;
  readonly outcomeDueAt: Date | null;
  readonly nextAt: Date | null;
  readonly leaseUntil: Date | null;
  /** Raised by every step; the writer's compare-and-set. */
  readonly version: number;
  /** Raised by every claim: the number of the current owner. */
  readonly epoch: number;
  readonly tries: number;
  /** Raised each time the row is handed to Redis; part of the job's id. */
  readonly dispatch: number;
  readonly dispatchedAt: Date | null;
  /** Since when a lost answer is asked for. */
  readonly askSince: Date | null;
  /** When the courier first said "no record" in this round of asking. */
  readonly absentSince: Date | null;
  readonly cancelReason: Reason | null;
  readonly acceptedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
