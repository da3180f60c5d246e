/** Tiers from the one with the longest files to the quickest: a long file that starts last keeps the other worker idle. */
const SLOW_FIRST = ['browser', 'e2e', 'faults', 'integration', 'contract', 'unit', 'architecture'];

/** Runs long files first: by tier, and in a tier by size, the same order on every machine. */
module.exports = class SlowFirst {
  sort(tests) {
    const tier = (test) => SLOW_FIRST.indexOf(test.context.config.displayName?.name ?? '');
    const size = (test) => test.context.hasteFS.getSize(test.path) ?? 0;
    return [...tests].sort((a, b) => tier(a) - tier(b) || size(b) - size(a));
  }

  /** Nothing is remembered between runs, so each run is like the first. */
  cacheResults() {}
};
