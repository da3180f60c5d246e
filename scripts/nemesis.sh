#!/bin/sh
# npm run test:nemesis -- [--minutes 30] [--seed N] [--rate 100] [--calm]: faults at random, by a seed, for so long. Prints the
# seed and a summary; the histories of a run that failed stay in .data/nemesis-<seed>. Calm: the same events without faults,
# to see what the machine can follow.
set -eu
cd "$(dirname "$0")/.."
JIEJIAN_NEMESIS_MINUTES=30
JIEJIAN_NEMESIS_SEED=$(date +%s)
JIEJIAN_NEMESIS_RATE=100
JIEJIAN_NEMESIS_CALM=
while [ $# -gt 0 ]; do
  case "$1" in
    --calm)
      JIEJIAN_NEMESIS_CALM=1
      shift
      continue
      ;;
    --minutes) JIEJIAN_NEMESIS_MINUTES=$2 ;;
    --seed) JIEJIAN_NEMESIS_SEED=$2 ;;
    --rate) JIEJIAN_NEMESIS_RATE=$2 ;;
    *)
      echo "unknown option: $1 (--minutes, --seed, --rate, --calm)" >&2
      exit 2
      ;;
  esac
  shift 2
done
export JIEJIAN_NEMESIS_MINUTES JIEJIAN_NEMESIS_SEED JIEJIAN_NEMESIS_RATE JIEJIAN_NEMESIS_CALM
sh scripts/setup.sh modules services build
exec node_modules/.bin/jest --selectProjects nemesis --testTimeout 86400000
