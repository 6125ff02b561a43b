# What script/demo, script/test and script/bench share: packages, progress, building. Sourced by bash, from anywhere.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/build/logs
mkdir -p "$logs"

build_packages=(build-essential cmake ninja-build pkg-config
  libpocketsphinx-dev libsphinxbase-dev pocketsphinx-en-us portaudio19-dev libasound2-dev libasound2-plugins
  libsndfile1-dev libspeexdsp-dev libkissfft-dev libsqlite3-dev libicu-dev libespeak-ng-dev espeak-ng-data libinih-dev libjansson-dev libmicrohttpd-dev nettle-dev libcurl4-openssl-dev libcrypt-dev libgpiod-dev
  tzdata)

say() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# step WHAT COMMAND...: runs it with its output in a log, shows the seconds as they pass, and the log's end if it fails
step() {
  local what=$1 log began=$SECONDS pid status=0
  shift
  log=$logs/$(tr -cs 'a-z0-9\n' - <<<"${what,,}").log
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ -t 2 ]; then printf '\r%s ... %d s ' "$what" $((SECONDS - began)) >&2
    elif [ $(((SECONDS - began) % 30)) = 29 ]; then say "$what ... $((SECONDS - began)) s"; sleep 1; fi
    sleep 0.2
  done
  wait "$pid" || status=$?
  [ -t 2 ] && printf '\r\033[K' >&2
  if [ $status != 0 ]; then
    tail -n 30 "$log" >&2
    die "$what failed; all of it is in ${log#"$root"/}"
  fi
  [ $((SECONDS - began)) -lt 2 ] || say "$what: $((SECONDS - began)) s"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then env DEBIAN_FRONTEND=noninteractive "$@"
  else sudo env DEBIAN_FRONTEND=noninteractive "$@"; fi
}

# need PACKAGE...: installs the Debian packages that are missing
need() {
  local missing=() p
  for p in "$@"; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || die "this needs Debian's apt-get; install by hand: ${missing[*]}"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || die "run this once as root, to install: ${missing[*]}"
  [ "$(id -u)" = 0 ] || sudo -v || die "sudo is needed once, to install: ${missing[*]}"
  step "Fetching the package lists" as_root apt-get -q update
  step "Installing ${#missing[@]} Debian packages" as_root apt-get -q install -y --no-install-recommends "${missing[@]}"
}

# Where mmdebstrap gets Debian from: this machine's own sources, if it is a Debian 12; else mmdebstrap's own default.
debian_sources() {
  local file
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if grep -q bookworm "$file" 2>/dev/null && grep -q debian "$file"; then echo "$file"; return; fi
  done
}

# build PRESET [CMAKE OPTION...]: configures and builds it in build/PRESET
build() {
  local preset=$1
  shift
  step "Configuring ($preset)" cmake -S "$root" --preset "$preset" "$@"
  step "Building ($preset)" cmake --build "$root/build/$preset"
}
