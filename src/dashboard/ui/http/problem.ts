import { isState } from '../../../domain/intercept/machine.js';
import type { MeanwhileAnswer } from '../../api/schemas/meanwhile.js';
import type { LastStepAnswer } from '../../api/schemas/step.js';
import type { Text } from '../texts/text.js';

/** One field that the server did not take. */
export interface FieldProblem {
  readonly field: string;
  readonly text: Text;
}

/** Why a request was not carried out: what the server said (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  constructor(
    /** 0: there was no answer. */
    readonly status: number,
    readonly code: string,
    /** The server's words; null: it gave none. */
    readonly text: Text | null,
    readonly requestId: string | null = null,
    readonly retryAfterS: number | null = null,
    readonly fields: readonly FieldProblem[] = [],
    /** With 409: who did what to it last. */
    readonly lastStep: LastStepAnswer | null = null,
    /** With `too_many_rows`: how many there are. */
    readonly total: number | null = null,
    /** With 409: what others did since this person looked. */
    readonly meanwhile: readonly MeanwhileAnswer[] = [],
  ) {
    super(code);
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function textOf(value: unknown): Text | null {
  const zh = fieldOf(value, 'zh');
  const en = fieldOf(value, 'en');
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null;
}

/** A problem's own words; failing those its `detail` or `title`, which stand in one language. */
function wordsOf(body: unknown): Text | null {
  const both = textOf(fieldOf(body, 'text'));
  if (both) return both;
  const single = fieldOf(body, 'detail') ?? fieldOf(body, 'title');
  return typeof single === 'string' ? { zh: single, en: single } : null;
}

function fieldsOf(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    const field = fieldOf(error, 'field');
    const text = textOf(fieldOf(error, 'text'));
    return typeof field === 'string' && text ? [{ field, text }] : [];
  });
}

/** Who did what last, as a 409 tells it. */
function lastStepOf(value: unknown): LastStepAnswer | null {
  const [version, event, actor, at] = ['version', 'event', 'actor', 'at'].map((name) => fieldOf(value, name));
  const [from, to, note] = ['from', 'to', 'note'].map((name) => fieldOf(value, name));
  if (typeof version !== 'number' || typeof event !== 'string' || typeof actor !== 'string') return null;
  if (typeof at !== 'string' || !isState(to)) return null;
  return {
    version,
    event,
    actor,
    at,
    to,
    from: isState(from) ? from : null,
    note: typeof note === 'string' ? note : null,
  };
}

function meanwhileOf(list: unknown): MeanwhileAnswer[] {
  // The server's own schema (api/schemas/meanwhile.ts); an entry without its two certain parts is left out.
  const isOne = (one: unknown): one is MeanwhileAnswer =>
    typeof fieldOf(one, 'at') === 'string' && typeof fieldOf(one, 'actor') === 'string';
  return Array.isArray(list) ? list.filter(isOne) : [];
}

/** Reads an answer that is not a success. `body` is its JSON, or undefined if it had none. */
export function problemFrom(status: number, retryAfter: string | null, body: unknown): Problem {
  const code = fieldOf(body, 'code');
  const requestId = fieldOf(body, 'requestId');
  const total = fieldOf(body, 'total');
  const seconds = Number(retryAfter ?? Number.NaN);
  return new Problem(
    status,
    typeof code === 'string' ? code : `http_${status}`,
    wordsOf(body),
    typeof requestId === 'string' ? requestId : null,
    Number.isFinite(seconds) ? seconds : null,
    fieldsOf(fieldOf(body, 'errors')),
    lastStepOf(fieldOf(body, 'lastStep')),
    typeof total === 'number' ? total : null,
    meanwhileOf(fieldOf(body, 'meanwhile')),
  );
}
