#!/bin/sh
# Compiles the sources into dist/ and the admin UI, if it is out of date, into dist/ui. dist/.built bears the time of the
# start, so that what is edited meanwhile counts as newer.
set -eu
cd "$(dirname "$0")/.."
mkdir -p dist
touch dist/.building

node_modules/.bin/tsc -p tsconfig.json

# Files the compiler does not carry over: Lua scripts, SQL, templates.
find src sandbox scripts -type f ! -path 'src/dashboard/ui/*' ! -name '*.ts' ! -name '*.tsx' ! -name '*.md' ! -name '*.sh' |
  while IFS= read -r file; do
    mkdir -p "dist/$(dirname "$file")"
    cp "$file" "dist/$file"
  done

# Compiled files whose source is gone.
find dist -type f -name '*.js' ! -path 'dist/ui/*' | while IFS= read -r file; do
  source=${file#dist/}
  [ -f "${source%.js}.ts" ] || [ -f "$source" ] || rm -f "$file" "$file.map"
done

# The UI holds tables of the domain too.
if [ ! -f dist/ui/index.html ] ||
  [ -n "$(find src/dashboard/ui src/domain package-lock.json -type f -newer dist/ui/index.html | head -n 1)" ]; then
  # Whoever builds it, a test run too, builds what people get.
  NODE_ENV=production node_modules/.bin/vite build --logLevel warn --config src/dashboard/ui/vite.config.ts src/dashboard/ui
  touch -r dist/.building dist/ui/index.html
fi
if [ -f dist/src/cli.js ]; then chmod +x dist/src/cli.js; fi
mv dist/.building dist/.built
