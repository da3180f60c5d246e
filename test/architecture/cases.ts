import { sourceFiles } from './source-tree.js';

/** Cases of a real seller's desk, by their numbers there; each was once a loss. What must be so, in a line. */
export const CASES: Readonly<Record<number, string>> = {
  4: 'An amount that is missing is neither zero nor full: the parcel waits, and goes to a person at its deadline',
  6: 'A type that changes ends what was not sent; about what was sent a person is asked',
  7: '“Trade completed” is not “delivered”: scans say where a parcel is, and an unknown one is never “not shipped”',
  8: 'The limit of 1000.00 counts the whole parcel',
  11: 'What was given to a person stays with him, whatever arrives later',
  12: 'A second after-sale on the same parcel joins it: no second call, and withdrawing one does not cancel the stop',
  14: 'Another waybill ends the old one, which is shown as withdrawn only when the courier confirmed it',
  15: 'One parcel in many spellings is one; the same digits at two couriers are two',
  16: 'A courier that is not mapped is skipped by its rule, counted, and sent by a replay once it is mapped',
  17: 'No trace yet is no end, however often it is said; the deadline tells a person',
  20: 'A parcel on its way back already is not asked for, and is expected',
  21: 'Out for delivery between decision and send: no call, and the branch is phoned',
  22: 'Accepted and delivered all the same: missed, without a fee, and a claim',
  23: 'A lost answer is asked for: one order, one fee',
  24: 'A stop that somebody asked for elsewhere is due when its bill says so',
  25: 'One outage opens one breaker and gives one alert; nothing goes to a person',
  26: 'Rows that fail every time hold up nobody',
  27: 'Withdrawn before the send: no call, though its job is in Redis',
  29: 'Withdrawn and applied for again: a new round, once; what was stopped is never asked again',
  30: 'Late and stale events revive nothing, and old knowledge is looked at anew before a send',
  31: 'Accepted is not enough for a refund, once is enough, and a changed amount is a person’s',
  32: 'A night’s stop is sent at night; its refund waits for the hours and a new look',
  33: 'The platform’s clock: what was missed is refused before silence refunds it',
  34: 'Where the platform refunds by itself it is told nothing',
  36: 'A combined return ends by its sum; each piece booked counts once',
  37: 'Refunded, goods not back: a number with value and age, and a claim',
  39: 'One bad record and one short page stop nothing else',
  40: 'Each owner of a parcel gets one clear task, without phone or address',
};

export interface CaseTest {
  readonly number: number;
  readonly path: string;
  readonly title: string;
}

const TITLE = /\b(?:it|describe)(?:\.each\([^)]*\))?\(\s*(['`])((?:(?!\1).)+)\1/g;
const NUMBERS = /^(\d+)(?=: )|\b[Cc]ases? (\d+)/g;

/** Every test and group of tests that bears the number of a case in its name. */
export function caseTests(): CaseTest[] {
  return sourceFiles(/\.test\.ts$/).flatMap(({ path, text }) =>
    [...text.matchAll(TITLE)].flatMap(([, , title = '']) =>
      [...title.matchAll(NUMBERS)].map(([, first, named]) => ({ number: Number(first ?? named), path, title })),
    ),
  );
}

/** docs/cases.md. */
export function renderCases(): string {
  const tests = caseTests();
  const rows = Object.entries(CASES).map(([number, says]) => {
    const files = new Set(tests.filter((test) => test.number === Number(number)).map(({ path }) => path.slice(5)));
    return `| ${number} | ${says} | ${[...files].map((file) => `\`${file}\``).join(' ')} |`;
  });
  return [
    '# Cases',
    '',
    'Made by `npm run generate` from `test/architecture/cases.ts` and the names of the tests. Each was once a loss at a real seller’s',
    'desk; a test that bears its number shows that it is none any more: `npx jest -t "<number>: "` or `-t "case <number>"`.',
    '',
    '| # | What must be so | Shown by (below test/) |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
