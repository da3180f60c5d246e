import { readFileSync } from 'node:fs';

/**
 * Prints what the fault suite has seen: a row a fault, then the recovery figures. The file holds a JSON object a line
 * (test/faults/harness/results.ts); only faults after which every invariant held are in it.
 */
const [file] = process.argv.slice(2);
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .sort((a, b) => Number(a.fault.slice(1)) - Number(b.fault.slice(1)));

const COLUMNS = [
  ['fault', 5, ({ fault }) => fault],
  ['injected', 44, ({ injected }) => injected],
  ['expected', 44, ({ expected }) => expected],
  ['seen', 52, ({ seen }) => seen],
  ['invariants held', 20, ({ invariants }) => invariants],
  ['recovery s', 10, ({ recoveryS }) => (recoveryS === null ? '-' : recoveryS.toFixed(1))],
];

/** A text in lines of at most `width`, broken between words. */
function wrapped(text, width) {
  const lines = [''];
  for (const word of String(text).split(' ')) {
    const last = lines.at(-1);
    if (last === '') lines[lines.length - 1] = word;
    else if (`${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function print(cells) {
  const blocks = cells.map((text, i) => wrapped(text, COLUMNS[i][1]));
  const height = Math.max(...blocks.map((lines) => lines.length));
  for (let at = 0; at < height; at += 1) {
    console.log(
      blocks
        .map((lines, i) => (lines[at] ?? '').padEnd(COLUMNS[i][1]))
        .join('  ')
        .trimEnd(),
    );
  }
}

console.log('');
print(COLUMNS.map(([name]) => name));
print(COLUMNS.map(([, width]) => '-'.repeat(width)));
for (const row of rows) print(COLUMNS.map(([, , cell]) => cell(row)));

const PROMISE_S = 30;
const TARGET_S = 10;
const FIGURES = {
  redis_flush: 'Redis flushed',
  redis_restart: 'Redis restarted',
  mysql_kill: 'MySQL killed',
  worker_kill: 'worker killed',
  courier_outage: 'courier away',
};
console.log(
  `\nRecovery, from healed to normal, without a person (promise ${PROMISE_S} s, median target ${TARGET_S} s):`,
);
for (const [figure, name] of Object.entries(FIGURES)) {
  const seconds = rows
    .filter((row) => row.figure === figure)
    .map((row) => row.recoveryS)
    .sort((a, b) => a - b);
  if (seconds.length === 0) {
    console.log(`  ${name.padEnd(16)} not measured in this run`);
    continue;
  }
  const median = seconds[Math.floor((seconds.length - 1) / 2)];
  const most = seconds.at(-1);
  const verdict = most <= PROMISE_S ? 'kept' : 'BROKEN';
  console.log(
    `  ${name.padEnd(16)} median ${median.toFixed(1).padStart(5)} s, longest ${most.toFixed(1).padStart(5)} s of ${seconds.length}: ${verdict}`,
  );
}
console.log(
  `\n${new Set(rows.map(({ fault }) => fault)).size} faults injected; the others are shown by the tests that test/faults/catalogue names.`,
);
