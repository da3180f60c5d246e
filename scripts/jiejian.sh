#!/bin/sh
# npm start, npm run jiejian -- COMMAND: sets up and builds what is missing or stale, then runs the command line.
set -eu
here=$(dirname "$0")
sh "$here/setup.sh" modules services build
exec node --enable-source-maps "$here/../dist/src/cli.js" "$@"
