# The quick tests of the plug-in, as far as there is time. usage: in_time.sh SOURCES
# script/test says until when (SHOP_TEST_UNTIL, seconds since 1970): a real shop takes some five minutes, and whoever waits for all
# tests waits for twenty at most. Ends with 77, and says why, if they are skipped.
set -u
skip() { echo "skipped: tests/http/medusa, $1; script/test-shop test runs them"; exit 77; }
[ -n "${SHOP_TEST_UNTIL:-}" ] || skip "which fetch a real shop"
left=$((SHOP_TEST_UNTIL - $(date +%s)))
[ $left -gt 300 ] || skip "for which there are only $left s left"
KILL_ROUNDS=${KILL_ROUNDS:-2} timeout --signal=INT --kill-after=20 $left bash "$1/script/test-shop" test quick
status=$?
case $status in
  124 | 137) skip "which were not through after $left s" ;;
  *) exit $status ;;
esac
