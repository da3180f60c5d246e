#!/bin/sh
# Makes a clone ready, step by step: sh scripts/setup.sh [modules] [services] [browser] [build]
# Plain POSIX shell, because it runs before `npm ci`. Silent when there is nothing to do; talks on stderr, so that
# `npm run jiejian -- ... --json` stays clean. Outside the clone it changes nothing but system packages.
set -eu
cd "$(dirname "$0")/.."

LOG=.data/setup.log
# Administrators' folders and Homebrew's are not on every PATH. The same list as in src/embedded/binaries.ts.
LOOK_IN="$PATH:/usr/sbin:/usr/local/sbin:/usr/local/bin:/usr/libexec:/opt/homebrew/bin:/opt/homebrew/opt/redis/bin:/opt/homebrew/opt/mariadb/bin:/usr/local/opt/mariadb/bin:/usr/local/mysql/bin"
POLICY=/usr/sbin/policy-rc.d

say() { printf '%s\n' "$*" >&2; }

# has NAME...: whether one of the programs is installed
has() {
  for name in "$@"; do
    if PATH="$LOOK_IN" command -v "$name" >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

# quietly COMMAND...: output goes to the log, its end is shown if the command fails
quietly() {
  mkdir -p .data
  if "$@" >"$LOG" 2>&1 </dev/null; then return 0; fi
  say "failed: $*"
  tail -n 40 "$LOG" >&2
  say "the whole output: $LOG"
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_use_apt() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null 2>&1
}

apt_install() {
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update -q &&
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -q -y \
      --no-install-recommends "$@"
}

# The server packages start a service of their own when they are installed. Jiejian does not use it, so Debian's own
# switch keeps it from starting; the switch is removed again, and one that is already there is left alone.
without_autostart() {
  if [ -e "$POLICY" ]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
  trap 'as_root rm -f "$POLICY"' EXIT
  trap 'exit 130' INT TERM HUP
  as_root chmod 755 "$POLICY"
  done_status=0
  "$@" || done_status=$?
  as_root rm -f "$POLICY"
  trap - EXIT INT TERM HUP
  return "$done_status"
}

ensure_node() {
  if ! command -v node >/dev/null 2>&1; then
    say 'Node.js is not installed. Jiejian needs 20.19 or newer: https://nodejs.org'
    say '未安装 Node.js。截件需要 20.19 或更新版本：https://nodejs.org'
    exit 1
  fi
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
    say "Node.js $(node --version) is too old. Jiejian needs 20.19 or newer."
    say "Node.js $(node --version) 过旧，截件需要 20.19 或更新版本。"
    exit 1
  }
}

ensure_node_modules() {
  ensure_node
  if [ -f node_modules/.package-lock.json ] &&
    [ -z "$(find package-lock.json -newer node_modules/.package-lock.json)" ]; then return 0; fi
  say 'installing npm packages'
  quietly npm ci --include=dev --no-audit --no-fund
  # npm keeps the time of an unchanged file; this is the mark the test above compares with.
  touch node_modules/.package-lock.json
}

ensure_services() {
  if [ -n "${DATABASE_URL:-}" ] && [ -n "${REDIS_URL:-}" ]; then return 0; fi
  wanted=
  has redis-server valkey-server || wanted="$wanted redis-server"
  has mariadbd mysqld || wanted="$wanted mariadb-server"
  [ -n "$wanted" ] || return 0
  if can_use_apt; then
    say "installing$wanted (apt-get)"
    # shellcheck disable=SC2086 # two words are two packages
    if without_autostart apt_install $wanted; then return 0; fi
  fi
  say "Not found on this machine:$wanted. Install them, or start the containers and set DATABASE_URL and REDIS_URL:"
  say "本机未找到：$wanted。请安装，或启动容器并设置 DATABASE_URL 和 REDIS_URL："
  say '  apt-get install redis-server mariadb-server   (Debian, Ubuntu)'
  say '  brew install redis mariadb                    (macOS)'
  say '  docker compose up -d                          (DATABASE_URL, REDIS_URL)'
  exit 1
}

has_browser() {
  has chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable && return 0
  [ -n "${CHROMIUM_PATH:-}" ] && [ -x "$CHROMIUM_PATH" ] && return 0
  [ -x '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' ] || [ -x /Applications/Chromium.app/Contents/MacOS/Chromium ]
}

ensure_browser() {
  # The shell without a window is a fifth quicker; any Chromium or Chrome will do.
  if has chromium-headless-shell; then return 0; fi
  if has_browser && ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then return 0; fi
  for package in chromium-headless-shell chromium; do
    can_use_apt || break
    say "installing $package (apt-get)"
    if without_autostart apt_install "$package"; then break; fi
  done
  if has_browser; then return 0; fi
  say 'The browser tests need Chromium or Chrome. Install it, or set CHROMIUM_PATH to its program:'
  say '浏览器测试需要 Chromium 或 Chrome。请安装，或将 CHROMIUM_PATH 设为其路径：'
  say '  apt-get install chromium-headless-shell   (Debian)'
  say '  snap install chromium                     (Ubuntu)'
  say '  brew install --cask google-chrome         (macOS)'
  exit 1
}

ensure_build() {
  ensure_node_modules
  sources=
  for path in src sandbox scripts bench tsconfig.json package-lock.json; do
    [ ! -e "$path" ] || sources="$sources $path"
  done
  # shellcheck disable=SC2086 # a list of paths without spaces
  if [ -f dist/.built ] && [ -z "$(find $sources -newer dist/.built -type f | head -n 1)" ]; then return 0; fi
  say 'building'
  quietly sh scripts/build.sh
}

for step in "$@"; do
  case "$step" in
    modules) ensure_node_modules ;;
    services) ensure_services ;;
    browser) ensure_browser ;;
    build) ensure_build ;;
    *)
      say "unknown step: $step (modules, services, browser, build)"
      exit 2
      ;;
  esac
done
