# Buying by voice, in real time: the read-back asks for a word that nobody knows before, and that word orders. Then "cancel
# that" takes the order back. The voice is synthetic, and the sound card is made of two files.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
printf '[audio]\ncapture = default\nplayback = default\ncapture_rate_hz = 16000\nplayback_rate_hz = 16000\n[voice]\nname = en-us\n' >sound.ini
mkfifo orders.fifo events.fifo
"$bin/sk_feed" mic mic.wav <orders.fifo >feed.log &
feeder=$!
exec 3>orders.fifo
until [ -p mic ]; do sleep 0.05; done
printf 'add cold brew concentrate to my basket\n' | "$sk" --shop "$grocer" --db shop.db chat >basket
ALSA_CONFIG_PATH=$src/tests/audio/asound.conf WAVIN=$work/mic WAVOUT=$work/loudspeaker.raw \
  "$sk" --config sound.ini --shop "$grocer" --db shop.db --json listen >events.fifo 2>listen.log &
loop=$!
trap 'kill $feeder $loop 2>/dev/null || true' EXIT
exec 4<events.fifo
: >events

# until_listens SECONDS: the events until it listens again after it has spoken; what it said last is in $said
until_listens() {
  local began=$SECONDS event spoke=no
  while [ $((SECONDS - began)) -lt "$1" ]; do
    IFS= read -r -t 1 -u 4 event || { kill -0 $loop 2>/dev/null || return 1; continue; }
    printf '%s\n' "$event" >>events
    case $event in
      *'"event":"ready"'*) return 0 ;;
      *'"event":"saying"'*) said=$(jq -r .text <<<"$event") ;;
      *'"event":"sounded"'*) spoke=yes ;;
      *'"event":"listening"'*) [ $spoke = no ] || return 0 ;;
    esac
  done
  return 1
}

# utter TEXT...: said one after the other
utter() {
  local n=0
  for text in "$@"; do
    "$sk" --config sound.ini say "$text" --out "part$n.wav" && sox "part$n.wav" "padded$n.wav" pad 0.3 0.3
    n=$((n + 1))
  done
  sox $(for i in $(seq 0 $((n - 1))); do echo "padded$i.wav"; done) turn.wav
  echo "PLAY turn.wav" >&3
  until_listens 60
}

until_listens 60 || bad "it did not start: $(cat listen.log)"
utter "okay shopkeeper" "place my order"
expect "the read-back" 'cold brew concentrate.*\$13\.98.*confirm [a-z]+' "$said"
word=$(sed -E 's/.*confirm ([a-z]+).*/\1/' <<<"$said")
utter "yes"
expect "a yes orders nothing" 'confirm [a-z]+' "$said"
expect "and no order is there" '^0$' "$("$sk" --shop "$grocer" --db shop.db --json orders | grep -c '"state":"saved".*13\.98')"
next=$(sed -E 's/.*confirm ([a-z]+).*/\1/' <<<"$said")
utter "confirm ${next:-$word}"
expect "the word orders" 'order.*\$13\.98' "$said"
expect "the order" 'saved' "$("$sk" --shop "$grocer" --db shop.db orders)"
utter "okay shopkeeper" "cancel that"
expect "taken back" 'nothing is ordered' "$said"
kill -INT $loop; wait $loop 2>/dev/null
echo QUIT >&3
wait $feeder 2>/dev/null
expect "the basket has it again" 'cold brew' "$(echo "what is in my basket" | "$sk" --shop "$grocer" --db shop.db chat)"
expect "the words that were said" 'confirm_order' "$(grep '"event":"heard"' events)"
finish
