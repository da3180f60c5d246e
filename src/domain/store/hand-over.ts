import type { Ready } from '../intercept/ready.js';
import type { JudgeEnv } from './case-store.js';

/** Judgements, and what becomes of the rows that they make ready. */
export interface HandOver {
  /** What they are made from; may let rows go straight to Redis. */
  readonly env: () => JudgeEnv;
  /** Is told what they made ready, after their commit. Never rejects. */
  readonly onReady: (ready: Ready) => Promise<void>;
}

/** Whatever these judgements make ready waits for the next filling of its lane. */
export function patient(env: () => JudgeEnv): HandOver {
  return { env, onReady: async () => undefined };
}
