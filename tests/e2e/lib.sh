# Sourced by the end-to-end tests: bash TEST.sh PROGRAMS SOURCES WORKDIR
set -uo pipefail
bin=$1 src=$2 work=$3
rm -rf "$work" && mkdir -p "$work"
cd "$work" || exit 1
export SHOPKEEPER_DATA=$src
grocer=$src/catalog/grocer cafe=$src/catalog/cafe
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'not as expected: %s\n' "$*"; }

# expect WHAT PATTERN TEXT: the text matches the extended regular expression
expect() {
  if grep -qiE -- "$2" <<<"$3"; then ok; else bad "$1: no /$2/ in: ${3:0:800}"; fi
}

# refuses WHAT PATTERN COMMAND...: exits non-zero, with one sentence on standard error that matches
refuses() {
  local what=$1 pattern=$2 status=0 said
  shift 2
  "$@" >out 2>err </dev/null || status=$?
  said=$(grep -v '^[^:]*:[0-9]*: .*the row is left out$' err)
  if [ $status = 0 ]; then bad "$what: exits with 0"
  elif [ $status -gt 2 ]; then bad "$what: exits with $status: $said"
  elif [ "$(grep -c . <<<"$said")" != 1 ]; then bad "$what: not one sentence: $said"
  else expect "$what" "$pattern" "$said"; fi
}

finish() {
  printf '%d passed, %d failed\n' $passed $failed
  [ $failed = 0 ]
  exit
}
