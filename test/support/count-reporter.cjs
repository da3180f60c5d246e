const { writeFileSync } = require('node:fs');

/** Passed and failed tests of one project. A skipped or todo test is one nobody ran: it counts as failed. */
function count(results) {
  let passed = 0;
  let failed = 0;
  for (const file of results) {
    for (const { status } of file.testResults) {
      if (status === 'passed') passed += 1;
      else failed += 1;
    }
    // A file that could not be loaded has no tests to count, but it is a failure.
    if (file.testExecError !== undefined && file.testExecError !== null && file.testResults.length === 0) failed += 1;
  }
  return { passed, failed };
}

/** Names of the tests that passed at their second try only: each is a test to mend. */
function secondTries(results) {
  return results.flatMap((file) =>
    file.testResults
      .filter(({ status, invocations }) => status === 'passed' && invocations > 1)
      .map(({ fullName }) => fullName),
  );
}

const tierOf = (file) => file.displayName?.name ?? 'tests';

/**
 * Prints the counts of each tier and, last, `N passed, N failed`. With JIEJIAN_COUNT_FILE set that last line goes to
 * the file instead, for a script that has more to print before it.
 */
class CountReporter {
  #failed = 0;

  onRunComplete(_contexts, { testResults }) {
    const tiers = new Set(testResults.map(tierOf));
    const lines = [...tiers].map((tier) => {
      const { passed, failed } = count(testResults.filter((file) => tierOf(file) === tier));
      return `${tier.padEnd(14)}${String(passed).padStart(6)} passed ${String(failed).padStart(6)} failed`;
    });
    const total = count(testResults);
    this.#failed = total.failed;
    for (const name of secondTries(testResults)) lines.push(`passed at the second try: ${name}`);
    process.stdout.write(`\n${lines.join('\n')}\n`);
    const lastLine = `${total.passed} passed, ${total.failed} failed\n`;
    if (process.env.JIEJIAN_COUNT_FILE) writeFileSync(process.env.JIEJIAN_COUNT_FILE, lastLine);
    else process.stdout.write(lastLine);
  }

  /** Makes jest end with an error when something was only skipped. */
  getLastError() {
    return this.#failed === 0 ? undefined : new Error(`${this.#failed} tests failed or were skipped`);
  }
}

module.exports = CountReporter;
