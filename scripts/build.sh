#!/bin/sh
# Compiles the sources into dist/ and the admin UI into dist/src/dashboard/ui. dist/.built bears the time of the start,
# so that what is edited meanwhile counts as newer.
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
find dist -type f -name '*.js' ! -path 'dist/src/dashboard/ui/*' | while IFS= read -r file; do
  source=${file#dist/}
  [ -f "${source%.js}.ts" ] || [ -f "$source" ] || rm -f "$file" "$file.map"
done

if [ -f src/dashboard/ui/vite.config.ts ]; then
  node_modules/.bin/vite build --logLevel warn --config src/dashboard/ui/vite.config.ts src/dashboard/ui
fi
if [ -f dist/src/cli.js ]; then chmod +x dist/src/cli.js; fi
mv dist/.building dist/.built
