import { z } from 'zod';
import { sha256 } from '../../domain/ids.js';
import { claimKey, keepAnswer } from '../../domain/store/idempotency-store.js';
import { check } from './field-errors.js';
import { type Answer, problem, type RawInput } from './route.js';

export const IDEMPOTENCY_HEADERS = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,191}$/)
    .optional()
    .meta({ description: 'the same key and body get the same answer; the same key with another body is 409' }),
});

const REPLAYED = { 'Idempotent-Replayed': 'true' };

/**
 * Runs `work` once for each `Idempotency-Key` of a caller and gives its answer to every repeat. Only what was carried out
 * is kept: a problem may be mended and sent again under the same key. `work` itself must be repeatable.
 */
export async function onceForKey(
  input: Pick<RawInput, 'deps' | 'caller' | 'header'>,
  body: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const given = check(IDEMPOTENCY_HEADERS, { 'Idempotency-Key': input.header('idempotency-key') }, 'header');
  if (!given.ok) return { problem: 'invalid_fields', errors: given.errors };
  const key = given.value['Idempotency-Key'];
  if (key === undefined) return work();
  const { db, now } = input.deps;
  const owner = `${input.caller.kind}:${input.caller.id}`;
  const claim = await claimKey(db, owner, key, sha256(JSON.stringify(body)), now());
  if (claim.kind === 'other_body') return problem('idempotency_key_reused');
  if (claim.kind === 'answered') return { status: claim.status, body: JSON.parse(claim.answer), headers: REPLAYED };
  const answer = await work();
  if ('body' in answer) await keepAnswer(db, owner, key, answer.status, JSON.stringify(answer.body));
  return answer;
}
