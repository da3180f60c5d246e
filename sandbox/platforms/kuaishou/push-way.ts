import type { RetryPlan } from '../../frame/ledger-entry.js';
import { readJsonObject } from '../../frame/wire-json.js';

/** The receiver must answer within 3000 ms. */
export const ACK_WITHIN_MS = 3_000;
const LONGEST_GAP_MS = 3_600_000;
/** The first and five more. */
const SENDS = 6;

/** HTTP 200 with `{"result":1}`; everything else is sent again. */
export function acknowledged(status: number, body: string): boolean {
  return status === 200 && readJsonObject(body)?.result === 1;
}

/** Documented are gaps of 5, 10, 20, 30 and 60 minutes; the frame doubles, so the fourth is 40. */
export function retryPlan(firstMs: number): RetryPlan {
  return { firstMs, factor: 2, maxMs: LONGEST_GAP_MS, maxAttempts: SENDS, timeoutMs: ACK_WITHIN_MS };
}
