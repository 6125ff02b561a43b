# shopkeeperd in the grocer: from start to listening, and resident memory while it listens
. "$(dirname "$0")/lib.sh"
printf '[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n[shop]\ndir = %s\ndb = %s/shop.db\n' "$work" "$grocer" "$work" >d.ini
measure() {
  local began
  began=$(date +%s%N)
  "$bin/shopkeeperd" --config d.ini 2>/dev/null &
  pid=$!
  until "$sk" --config d.ini ctl status >/dev/null 2>&1; do sleep 0.01; done
  echo "  $1: listening after $((($(date +%s%N) - began) / 1000000)) ms"
}
measure "first start, loads the shop"
kill $pid; wait $pid || true
measure "next start"
sleep 3
awk '/VmRSS|RssAnon|RssFile/{printf "  %s %.1f MB\n", $1, $2 / 1024}' /proc/$pid/status
kill $pid; wait $pid || true
