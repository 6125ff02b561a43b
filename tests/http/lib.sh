# Sourced by the tests of a real shop: it runs already (script/test-shop run), SHOP_URL, SHOP_SEED, SHOP_DB and SHOP_DIR are set.
set -uo pipefail
[ -n "${SHOP_URL:-}" ] || { echo "run it by script/test-shop run" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
base=$SHOP_URL/shopkeeper/v1
passed=0 failed=0 token='' answer='' status='' headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

ok() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); printf 'not as expected: %s\n' "$*"; }
finish() {
  printf '%s: %d passed, %d failed\n' "$(basename "$0" .sh)" $passed $failed
  [ $failed = 0 ]
  exit
}

seed() { jq -r "$1" "$SHOP_SEED"; }
sql() { psql -qAtX "$SHOP_DB" -c "$1"; }
# new_key: a key as a device makes it
new_key() { cat /proc/sys/kernel/random/uuid; }
now() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }

# send METHOD URL [CURL OPTION...]: fills status, answer and the file $headers
send() {
  local method=$1 url=$2 out
  shift 2
  out=$(curl -s -m 90 -D "$headers" -w '\n%{http_code}' -X "$method" -H 'Content-Type: application/json' "$@" "$url")
  status=${out##*$'\n'} answer=${out%$'\n'*}
}
# as the device / as staff / as a customer who is logged in (of login): METHOD PATH [BODY [CURL OPTION...]]
api() { local m=$1 p=$2 b=${3-}; shift $(($# < 3 ? $# : 3)); send "$m" "$base$p" -H "Authorization: Bearer $token" ${b:+--data-binary "$b"} "$@"; }
staff() { local m=$1 p=$2 b=${3-}; send "$m" "$SHOP_URL/admin$p" -u "$(seed .secret):" ${b:+--data-binary "$b"}; }
login() {
  send POST "$SHOP_URL/auth/customer/emailpass" --data-binary "{\"email\":\"$1@example.com\",\"password\":\"only for tests\"}"
  customer_token=$(jq -r .token <<<"$answer")
}
customer() { local m=$1 p=$2 b=${3-}; send "$m" "$base$p" -H "Authorization: Bearer $customer_token" ${b:+--data-binary "$b"}; }

# gives WHAT STATUS [JQ CONDITION]: of the last answer
gives() {
  if [ "$status" != "$2" ]; then bad "$1: $status and not $2: ${answer:0:600}"; return; fi
  if jq -e "${3:-.}" <<<"$answer" >/dev/null 2>&1; then ok; else bad "$1: not $3: ${answer:0:1200}"; fi
}
# refuses WHAT STATUS CODE: with one sentence
refuses() {
  gives "$1" "$2" ".code == \"$3\" and (.message | type == \"string\" and length > 10 and (test(\"\\n\") | not) and (test(\"undefined|null|\\\\[object\") | not))"
}
get() { jq -r "$1" <<<"$answer"; }
header() { grep -i "^$1:" "$headers" | tail -n 1 | sed 's/^[^:]*: *//' | tr -d '\r'; }

# pair NAME CUSTOMER: a paired device; its token is in $token
pair() {
  send POST "$base/pairings" --data-binary "{\"name\":\"$1\"}"
  local id code secret
  id=$(get .pairing) code=$(get .code) secret=$(get .secret)
  staff POST /shopkeeper/pairings "{\"code\":\"$code\",\"customer\":\"$(seed ".customers.$2")\"}"
  send POST "$base/pairings/$id/token" --data-binary "{\"secret\":\"$secret\"}"
  token=$(get .token)
  sql "delete from shopkeeper_pairing" # the limit of one address is a test of its own
}

# variant SKU: its id
variant() { sql "select id from product_variant where sku = '$1' and deleted_at is null"; }
# lines SKU QUANTITY [SKU QUANTITY...]: the field "lines" of a request
lines() {
  local out=''
  while [ $# -gt 1 ]; do
    out+=",{\"variant\":\"$(variant "$1")\",\"quantity\":\"$2\"}"
    shift 2
  done
  printf '"lines":[%s]' "${out#,}"
}
# buy KEY FIELDS: quotes and orders what it costs
buy() {
  api POST /quote "{$2}"
  local total
  total=$(get .total)
  api PUT "/orders/$1" "{$2,\"agreed\":\"$total\"}"
}
