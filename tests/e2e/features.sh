# Each feature heard once through the whole voice loop, in both shops: features.tsv says what is said and what must follow.
# The voice is synthetic. The pauses are as long as the replies, which the typed conversation tells.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
printf '[voice]\nname = en-us\n' >shopper.ini
printf '[voice]\nname = en-us\nrate = 450\n' >assistant.ini # in a hurry: the pauses are most of the recording
AFTER_SPEECH=1.0 AFTER_REPLY=1.5                                   # seconds

seconds() { # WHO TEXT: how long it is spoken; the sound is in part.wav
  "$sk" --config "$1.ini" say "$2" --out part.wav || bad "cannot say $2"
  soxi -D part.wav
}

# record: talk.wav of the lines "say<TAB>idle|listens<TAB>reply" on standard input, with the wake phrase where it waits for it
record() {
  local n=0 said state reply pause
  seconds shopper "okay shopkeeper" >/dev/null
  sox part.wav wake.wav pad 0 0.4
  rm -f turn-*.wav
  echo 1000 >starts
  while IFS=$'\t' read -r said state reply; do
    n=$((n + 1))
    pause=$(awk "BEGIN {print $AFTER_SPEECH + $(seconds assistant "$reply" </dev/null) + $AFTER_REPLY}")
    seconds shopper "$said" </dev/null >/dev/null
    sox part.wav said.wav pad 0 "$pause"
    if [ "$state" = idle ]; then sox wake.wav said.wav "turn-$(printf %03d $n).wav"; else mv said.wav "turn-$(printf %03d $n).wav"; fi
    awk -v s="$(tail -n 1 starts)" -v d="$(soxi -D "turn-$(printf %03d $n).wav")" 'BEGIN {print int(s + 1000 * d)}' >>starts
  done
  sox -n -r 16000 -c 1 -b 16 begin.wav trim 0 1
  sox begin.wav turn-*.wav -r 16000 talk.wav
}

# speak SHOP: the typed conversation is spoken, and the turns in the file `again` once more, as a shopper does who was not understood
speak() {
  awk -F '\t' -v OFS='\t' 'FILENAME == "again" {again[$1] = 1; next} FNR in again {print $1, $2, "Sorry, I did not get that."; $2 = "listens"} {print}' again turns | record
  "$sk" --config assistant.ini --shop "$src/catalog/$1" --json listen --in talk.wav --out answer.wav >"events.$1" 2>err || bad "listen failed: $(cat err)"
  # what was heard and said in each turn of the table, by the time at which the turn begins in the recording
  jq -c --slurpfile starts starts --slurpfile again again 'select(.event == "heard" or .event == "saying")
    | .turn = (.at_ms as $t | [$starts[] | select(. <= $t)] | length)
    | .turn as $n | .turn = last(range(1; $n + 1) | select(. as $t | $t + ([$again[] | select(. < $t)] | length) <= $n))' "events.$1" >heard
}

# converse SHOP: the lines of the table on standard input are typed, then spoken
converse() {
  local n=0 said intent pattern heard replied unheard
  cat >lines
  : >again
  cut -f 1 lines | "$sk" --shop "$src/catalog/$1" --json chat | grep '^{' >typed
  jq -rs '[foreach .[] as $t ({after: "idle"}; {before: .after, after: $t.state, t: $t})] | .[]
    | [.t.text, (if .before == "idle" then "idle" else "listens" end), (.t.replies | join(" "))] | @tsv' typed >turns
  speak "$1"
  while unheard=$(jq -s 'first(.[] | select(.event == "heard" and (.accepted | not)) | .turn)' heard) && [ "$(wc -l <again)" -lt 2 ]; do
    [ -n "$unheard" ] || break
    grep -qx "$unheard" again && break
    echo "$unheard" >>again
    speak "$1"
  done
  [ -s again ] && printf '%s: said again: turn %s\n' "$1" "$(paste -sd, again)"
  while IFS=$'\t' read -r said intent pattern; do
    n=$((n + 1))
    heard=$(jq -r --argjson n $n 'select(.turn == $n and .event == "heard") | "\(.intent) (\(.text))"' heard | tail -n 1)
    replied=$(jq -r --argjson n $n 'select(.turn == $n and .event == "saying") | .text' heard)
    expect "$1, turn $n, \"$said\"" "^$intent " "$heard"
    expect "$1, turn $n, \"$said\", the reply" "$pattern" "$replied"
  done <lines
}

for shop in grocer cafe; do
  awk -v shop="$shop" '/^#shop/ {ours = $2 == shop} ours && !/^#/' "$src/tests/e2e/features.tsv" >"table.$shop"
  converse $shop <"table.$shop"
done
finish
