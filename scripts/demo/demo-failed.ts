import { readFileSync } from 'node:fs';
import type { Sentence, Words } from './labels.js';

const TAIL_LINES = 20;

/** The demo cannot go on, for a reason that has a sentence for people; `detail` is what a child or a log said. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
  constructor(
    readonly sentence: Sentence,
    readonly words: Words = {},
    readonly detail = '',
  ) {
    super(sentence);
  }
}

/** The last lines of a child's log. */
export function logTail(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}
