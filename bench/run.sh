#!/bin/sh
# npm run bench -- [storm|limiter|throughput|backlog|latency|memory|intake|ui|rss|all] [--small] [--json FILE] [--profile DIR] [--rows N]: docs/performance.md says what each does.
# Compiles everything anew into .data/bench, so that what is measured is what is written, whatever dist holds.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh modules services
mkdir -p .data/bench
# The version is read from beside the folder of the build.
cp package.json .data/bench/package.json
node_modules/.bin/tsc -p bench/tsconfig.json
exec node .data/bench/built/bench/main.js "$@"
