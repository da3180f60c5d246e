import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Sighting } from '../tracking/sighting.js';
import type { Sql } from './database.js';

/** One step of an intercept as it was written. */
export interface TransitionView {
  readonly version: number;
  readonly from: InterceptState | null;
  readonly event: string;
  readonly to: InterceptState;
  readonly actor: string;
  readonly reason: Reason;
  readonly rule: string | null;
  readonly note: string | null;
  readonly at: Date;
}

/** One call to the courier; `exchange` was masked when it was stored. */
export interface AttemptView {
  readonly seq: number;
  readonly kind: 'send' | 'query' | 'cancel';
  readonly requestId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: string | null;
  readonly httpStatus: number | null;
  readonly rawCode: string | null;
  readonly rawText: string | null;
  readonly exchange: string | null;
}

export interface SightingView extends Sighting {
  /** When we learnt of it. */
  readonly seenAt: Date;
}

/** Everything that happened to one intercept and to its parcel, oldest first. */
export interface History {
  readonly transitions: readonly TransitionView[];
  readonly attempts: readonly AttemptView[];
  readonly sightings: readonly SightingView[];
}

export async function readHistory(sql: Sql, interceptId: string, parcelId: string): Promise<History> {
  const transitions = await sql.rows<TransitionView>(
    `SELECT version, from_state AS \`from\`, event, to_state AS \`to\`, actor, reason, rule, note, at
     FROM transition WHERE intercept_id = ? ORDER BY version`,
    [interceptId],
  );
  const attempts = await sql.rows<AttemptView>(
    `SELECT seq, kind, request_id AS requestId, started_at AS startedAt, finished_at AS finishedAt, outcome,
       http_status AS httpStatus, raw_code AS rawCode, raw_text AS rawText, exchange
     FROM attempt WHERE intercept_id = ? ORDER BY seq`,
    [interceptId],
  );
  const sightings = await sql.rows<SightingView>(
    `SELECT at, seen_at AS seenAt, phase, raw_code AS rawCode, text, place, source
     FROM sighting WHERE parcel_id = ? ORDER BY at, id`,
    [parcelId],
  );
  return { transitions, attempts, sightings };
}
