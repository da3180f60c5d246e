import { z } from 'zod';
import { CarrierFault, type FaultDetail } from './fault.js';
import type { CancelAnswer, CarrierRequest, CodeRow, CreateAnswer, RawAnswer } from './port.js';

type Meaning = CodeRow['means'];
type FaultMeaning = 'throttled' | 'unavailable' | 'outcome_unknown' | 'credentials' | 'bad_request';

/** What a failure says about the parcel; null: nobody explained it to us. */
export type Verdict = Exclude<Meaning, FaultMeaning> | null;

/** What a refused order may be taught to mean. */
export const ORDER_MEANINGS = [
  'courier_too_late',
  'courier_already_delivered',
  'courier_not_allowed',
  'courier_not_ours',
  'courier_lost',
  'courier_limit_reached',
  'courier_bad_data',
  'courier_unknown_waybill',
  'not_yet',
  'duplicate',
  'already_returning',
  'throttled',
  'unavailable',
  'outcome_unknown',
  'credentials',
  'bad_request',
] as const satisfies readonly Meaning[];

/** What an account may teach of a courier that publishes no list of its codes. */
const TEACHABLE = [...ORDER_MEANINGS, 'cancel_too_late', 'cancel_not_allowed'] as const satisfies readonly Meaning[];

/** For an account's credentials: a code, or Chinese words of the courier's text, to what it means. */
export const taughtMeanings = z.record(z.string().min(2), z.enum(TEACHABLE)).default({});
export type TaughtMeanings = z.output<typeof taughtMeanings>;

const isWords = (key: string): boolean => /\p{Script=Han}/u.test(key);

/**
 * What the account says of this answer: by the code to the letter, else by the longest of its words that the text holds.
 * Keys without a Chinese character are codes and are not looked for in texts, where any number may turn up.
 */
export function taughtMeaning(taught: TaughtMeanings, code: string, text: string): Meaning | undefined {
  if (Object.hasOwn(taught, code)) return taught[code];
  const found = Object.keys(taught).filter((key) => isWords(key) && text.includes(key));
  const longest = found.reduce((best, key) => (key.length > best.length ? key : best), '');
  return found.length > 0 ? taught[longest] : undefined;
}

/** Throws CarrierFault for a meaning that says nothing of the parcel: the call failed, not the intercept. */
export function verdictOf(
  means: Meaning | undefined,
  effect: CarrierRequest['effect'],
  message: string,
  detail: FaultDetail,
): Verdict {
  switch (means) {
    case 'outcome_unknown':
      throw new CarrierFault(effect === 'write' ? 'outcome_unknown' : 'unavailable', message, detail);
    case 'throttled':
    case 'unavailable':
    case 'credentials':
    case 'bad_request':
      throw new CarrierFault(means, message, detail);
    default:
      return means ?? null;
  }
}

/** A courier's no to an order. Undocumented, or the answer to another question: a no nobody can explain, never a yes. */
export function refusedCreate(verdict: Verdict, raw: RawAnswer): CreateAnswer {
  switch (verdict) {
    case 'duplicate':
    case 'already_returning':
    case 'not_yet':
      return { kind: verdict, ...raw };
    case null:
    case 'cancel_too_late':
    case 'cancel_not_allowed':
      return { kind: 'refused', refusal: 'courier_unknown_code', ...raw };
    default:
      return { kind: 'refused', refusal: verdict, ...raw };
  }
}

/** A courier's no to taking an order back. */
export function refusedCancel(verdict: Verdict, raw: RawAnswer): CancelAnswer {
  switch (verdict) {
    case 'cancel_too_late':
    case 'courier_too_late':
    case 'courier_already_delivered':
      return { kind: 'too_late', ...raw };
    default:
      return { kind: 'not_allowed', ...raw };
  }
}
