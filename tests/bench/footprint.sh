# what it takes: start, resident memory of each program, code and data, instructions for a second of sound (callgrind), and what that is of each board
. "$(dirname "$0")/lib.sh"
printf '[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n[shop]\ndir = %s\ndb = %s/shop.db\n[web]\nport = %s\n' "$work" "$grocer" "$work" $((20000 + RANDOM % 20000)) >d.ini
echo "  starting and resident memory, the grocer:"
measure() {
  local began
  began=$(date +%s%N)
  "$bin/shopkeeperd" --config d.ini 2>/dev/null &
  pid=$!
  until "$sk" --config d.ini ctl status >/dev/null 2>&1; do sleep 0.01; done
  awk -v what="$1" -v ms=$((($(date +%s%N) - began) / 1000000)) -v hz="$(getconf CLK_TCK)" \
    '{printf "    %s: listening after %d ms, of them %d of processor time\n", what, ms, ($14 + $15) * 1000 / hz}' /proc/$pid/stat
}
resident() { # WHAT PID
  awk -v what="$1" '/VmRSS/{all = $2} /VmHWM/{peak = $2} /RssAnon/{own = $2} /RssFile/{file = $2}
    END {printf "    %-22s %5.1f MB (%.1f its own, %.1f of files, %.1f at its peak)\n", what, all / 1024, own / 1024, file / 1024, peak / 1024}' "/proc/$2/status"
}
measure "first start, loads the shop"
kill $pid; wait $pid || true
measure "next start"
sleep 3
resident shopkeeperd $pid
kill $pid; wait $pid || true
"$bin/shopkeeper-syncd" --config d.ini 2>/dev/null &
pid=$!
sleep 3
resident shopkeeper-syncd $pid
kill $pid; wait $pid || true
"$bin/shopkeeper-webd" --config d.ini 2>/dev/null &
pid=$!
sleep 3
resident shopkeeper-webd $pid
kill $pid; wait $pid || true
mkfifo typed
"$sk" --config d.ini chat <typed >/dev/null 2>&1 &
pid=$!
exec 8>typed
echo "find oat milk" >&8
sleep 3
resident "shopkeeper chat" $pid
exec 8>&-
wait $pid || true

echo "  code and data of the programs, of the libraries apart, and of models and shops on the disk:"
size "$bin/shopkeeperd" "$bin/shopkeeper-syncd" "$bin/shopkeeper-webd" "$sk" |
  awk 'NR > 1 {n = split($6, path, "/"); printf "    %-22s code %4.0f kB, data %3.0f kB, zeroed %3.0f kB\n", path[n], $1 / 1024, $2 / 1024, $3 / 1024}'
echo "    models/en-US $(du -sk --apparent-size "$src/models/en-US" | cut -f 1) kB, a database of the grocer $(($(stat -c %s shop.db) / 1024)) kB"

command -v valgrind >/dev/null || { echo "  instructions: not counted, there is no valgrind"; exit 0; }
# instructions COMMAND...: that it takes, of all its threads
instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >said.json | awk '/Collected/{print $NF}'
}
# per_second FEW MANY SECONDS: starting is in both, and goes out
per_second() { awk -v few="$1" -v many="$2" -v s="$3" 'BEGIN {printf "%.1f", (many - few) / s / 1e6}'; }

echo "  millions of instructions for a second of sound, starting apart:"
if [ -e "$data/noise/kitchen-a.flac" ]; then
  sox "$data/noise/kitchen-a.flac" short.wav trim 0 5
  sox "$data/noise/kitchen-a.flac" long.wav trim 0 25
  sox -n -r 16000 -b 16 -c 1 quiet5.wav synth 5 pinknoise vol 0.002
  sox -n -r 16000 -b 16 -c 1 quiet25.wav synth 25 pinknoise vol 0.002
  quiet=$(per_second "$(instructions "$sk" wake quiet5.wav)" "$(instructions "$sk" wake quiet25.wav)" 20)
  kitchen=$(per_second "$(instructions "$sk" wake short.wav)" "$(instructions "$sk" wake long.wav)" 20)
  echo "    wake stage, a quiet room:    $quiet"
  echo "    wake stage, a busy kitchen:  $kitchen"
fi
if [ -e "$data/coffee/labels.json" ]; then
  few=() many=()
  for f in "$data"/coffee/*.flac; do
    [ ${#few[@]} -ge 2 ] || few+=("$f")
    [ ${#many[@]} -ge 8 ] || many+=("$f")
  done
  a=$(instructions "$sk" --shop "$cafe" --json hear "${few[@]}")
  a_ms=$(jq -s 'map(.audio_ms) | add' said.json)
  b=$(instructions "$sk" --shop "$cafe" --json hear "${many[@]}")
  b_ms=$(jq -s 'map(.audio_ms) | add' said.json)
  order=$(per_second "$a" "$b" "$(((b_ms - a_ms) / 1000))")
  echo "    command stage, café orders of people: $order"
fi
[ -n "${quiet:-}" ] && [ -n "${order:-}" ] || exit 0
echo "  of one core of each board, computed: instructions a second of sound / (clock x IPC); the clocks are data sheets', the IPC is assumed"
"$sk" --json board | jq -r 'select(.budget.mhz > 0) | [.board, .budget.mhz, .budget.ipc, .budget.core_percent, .budget.memory_mb, .budget.resident_mb] | @tsv' |
  awk -F '\t' -v quiet="$quiet" -v kitchen="$kitchen" -v order="$order" \
    '{c = $2 * $3; printf "    %-12s %d MHz x %.1f: waits in quiet %.1f %%, in a kitchen %.1f %% (at most %d), hears an order %.0f %%; %d of %d MB may be taken\n", $1, $2, $3, 100 * quiet / c, 100 * kitchen / c, $4, 100 * order / c, $6, $5}'
