#!/bin/sh
# npm run generate: writes the files that are made from code. Each program in scripts/generate/ writes one of them; a
# test compares every generated file with what its program would write now.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh modules build
for program in dist/scripts/generate/*.js; do
  [ -f "$program" ] || continue
  node --enable-source-maps "$program"
done
# This one is made of what the contract suites find.
JIEJIAN_WRITE_DOCS=1 node_modules/.bin/jest --selectProjects contract architecture --testPathPatterns "matrix|security-controls|reliability-doc|cases-doc" --silent
