#!/bin/sh
# npm test [-- jest arguments]: sets up, builds, and runs every tier but the fault suite.
# npm run test:faults: the fault suite alone (sh scripts/test.sh --faults); prints what each fault was seen to do.
# The last line is always "N passed, N failed"; exit 0 only if tests ran and none failed or was skipped.
set -u
cd "$(dirname "$0")/.."

tiers='--ignoreProjects faults nemesis'
if [ "${1:-}" = --faults ]; then
  # Each of its files runs a whole installation; three at once would measure each other.
  tiers='--maxWorkers=2 --selectProjects faults'
  shift
fi
mkdir -p .data
JIEJIAN_COUNT_FILE=$PWD/.data/test-counts.$$
JIEJIAN_FAULT_RESULTS=$PWD/.data/fault-results.$$
export JIEJIAN_COUNT_FILE JIEJIAN_FAULT_RESULTS
trap 'rm -f "$JIEJIAN_COUNT_FILE" "$JIEJIAN_FAULT_RESULTS"' EXIT

status=1
if sh scripts/setup.sh modules services browser build; then
  # The tiers come last: both options take every word that follows them.
  # shellcheck disable=SC2086
  node_modules/.bin/jest "$@" $tiers 2>&1
  status=$?
fi
if [ -s "$JIEJIAN_FAULT_RESULTS" ]; then node scripts/fault-table.mjs "$JIEJIAN_FAULT_RESULTS"; fi
if [ -s "$JIEJIAN_COUNT_FILE" ]; then
  cat "$JIEJIAN_COUNT_FILE"
  exit "$status"
fi
# Nothing was counted: the set-up failed, or no test was found.
echo '0 passed, 1 failed'
exit 1
