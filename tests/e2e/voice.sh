# A conversation from a recording through the whole voice loop: wake phrase, hearing, the shop, the answer in a WAV.
# The voices are synthetic, so that this runs anywhere; people are in script/bench.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper

# speak VOICE SECONDS_OF_SILENCE_AFTER TEXT: appends to talk.wav
speak() {
  printf '[voice]\nname = %s\n' "$1" >voice.ini
  "$sk" --config voice.ini say "$3" --out part.wav || bad "cannot say $3"
  sox part.wav padded.wav pad 0 "$2"
  if [ -e talk.wav ]; then sox talk.wav padded.wav joined.wav && mv joined.wav talk.wav; else mv padded.wav talk.wav; fi
}

sox -n -r 16000 -c 1 -b 16 talk.wav trim 0 1
speak en-us 0.4 "okay shopkeeper"
speak en-us 16 "where is my order"
speak en-us+f3 0.4 "okay shopkeeper"
speak en-us 50 "show me headphones"
speak en-us 0.4 "okay shopkeeper"
speak en-us 16 "what is in my basket"

"$sk" --shop "$grocer" --json listen --in talk.wav --out answer.wav >events 2>err || bad "listen failed: $(cat err)"
expect "the wake phrase, three times" '^3$' "$(grep -c '"event":"woke"' events)"
expect "an order status" 'order_status' "$(grep '"event":"heard"' events | sed -n 1p)"
expect "a search" 'search_product' "$(grep '"event":"heard"' events | sed -n 2p)"
expect "the basket" 'show_cart' "$(grep '"event":"heard"' events | sed -n 3p)"
expect "an answer about headphones" "headphones" "$(grep '"event":"saying"' events)"
expect "each answer's time to the first sound" '^3$' "$(grep -c '"latency_ms":' events)"
expect "no sample lost" '"overruns":0' "$(grep '"event":"ended"' events)"
expect "the end" '"event":"ended"' "$(tail -n 1 events)"

in_s=$(soxi -D talk.wav) out_s=$(soxi -D answer.wav)
expect "the answers last as long as the questions, and the tail" '^1$' "$(awk "BEGIN{print ($out_s>=$in_s && $out_s<$in_s+30)}")"
loud=$(sox answer.wav -n stat 2>&1 | awk '/Maximum amplitude/{print ($3>0.1)}')
expect "the answers are heard" '^1$' "$loud"

# the same again gives the same: time is the count of samples
"$sk" --shop "$grocer" --json listen --in talk.wav --out again.wav >events2 2>/dev/null
expect "the same twice" "^$(jq -r 'select(.event=="heard")|.at_ms' events | tr '\n' ' ')$" "$(jq -r 'select(.event=="heard")|.at_ms' events2 | tr '\n' ' ')"

# whoever speaks without end is asked for it in parts, and nothing is guessed
rm talk.wav
sox -n -r 16000 -c 1 -b 16 talk.wav trim 0 1
speak en-us 0.4 "okay shopkeeper"
for part in 1 2 3 4 5; do speak en-us 0 "i would like to find oat milk and headphones and bread and butter and coffee and then some tea"; done
speak en-us 20 "and that is all"
"$sk" --shop "$grocer" --json listen --in talk.wav --out answer.wav >events3 2>/dev/null
expect "too long" '"event":"too_long"' "$(cat events3)"
expect "asked for it in parts" 'in parts|bit by bit|one thing' "$(grep '"event":"saying"' events3 | head -n 1)"
finish
