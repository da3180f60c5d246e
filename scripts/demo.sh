#!/bin/sh
# npm run demo: sets up and builds what is missing or stale, then runs the demo.
set -eu
here=$(dirname "$0")
sh "$here/setup.sh" modules services build
exec node --enable-source-maps "$here/../dist/scripts/demo/main.js" "$@"
