#!/bin/sh
# npm run dev [-- start options]: Jiejian from the sources, compiled and restarted at every change.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh modules services build
node_modules/.bin/tsc -p tsconfig.json --watch --preserveWatchOutput &
compiler=$!
trap 'kill "$compiler" 2>/dev/null' EXIT
trap 'exit 130' INT TERM
node --watch --watch-preserve-output --enable-source-maps dist/src/cli.js start "$@"
