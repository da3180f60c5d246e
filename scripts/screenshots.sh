#!/bin/sh
# npm run screenshots: starts the real server with a realistic day on it and writes docs/screenshots/<page>-<light|dark>.png
# (and some in English). Time stands still in them, so they change only when a page does. Chinese text needs a font:
# without one it says which package to install and writes nothing.
set -eu
cd "$(dirname "$0")/.."
if command -v fc-list >/dev/null && [ -z "$(fc-list :lang=zh)" ]; then
  echo 'No Chinese font is installed: the pictures would show boxes. Debian, Ubuntu: apt-get install fonts-noto-cjk' >&2
  exit 1
fi
sh scripts/setup.sh modules services browser build
JIEJIAN_SCREENSHOTS=docs/screenshots
export JIEJIAN_SCREENSHOTS
exec node_modules/.bin/jest --selectProjects browser --testPathPatterns browser/screenshots "$@"
