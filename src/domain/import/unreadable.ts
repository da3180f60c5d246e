import type { Text } from '../text.js';

/** A file of rows that cannot be read as a whole: not UTF-8, or a header that is not ours. Nothing of it is applied. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    /** What is wrong and what to do; follows the name of the file in a sentence. */
    readonly why: Text,
  ) {
    super(why.en);
  }
}
