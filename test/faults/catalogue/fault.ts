/** A test that shows it: the file, and the beginning of the test's name as it stands there. */
export interface Shown {
  readonly file: string;
  readonly test: string;
}

/** One row of the catalogue: what is done to the product, what it must do, and which test shows it. */
export interface Fault {
  readonly injected: string;
  readonly expected: string;
  /** What is looked at beside the standing check of everything (I1-I25, docs/reliability.md). */
  readonly invariants: readonly string[];
  readonly shownBy: readonly Shown[];
  /** Where the fault itself is not injected here as it comes in the wild: why, and what is done in its place. */
  readonly instead?: string;
}

const here = (file: string, id: string): Shown => ({ file: `test/faults/${file}.test.ts`, test: id });

/** Injected into the whole running product, by the tests of this folder that bear the fault's number. */
export const live = (file: string, id: string): readonly Shown[] => [here(file, id)];
