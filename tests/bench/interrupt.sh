# interrupting a reply 10 dB louder in two rooms: the wake phrase (people, held-out half), "stop" and other words by the whole program; the replies are synthetic
. "$(dirname "$0")/lib.sh"
has wake
has rir
has negative
speak() { # VOICE OUT TEXT: an eSpeak NG voice, or flite's with a colon before its name
  case $1 in :*) flite -voice "${1#:}" -t "$3" -o said.wav ;; *) espeak-ng -v "$1" -w said.wav "$3" ;; esac
  sox said.wav -r 16000 -c 1 -b 16 "$2"
}
speak en-us reply.wav "Your order from Thursday is on its way and should be with you on Monday before noon. I found twelve kinds of bread.
  The first three are: whole grain bread for three dollars and twenty nine cents, rye bread for four dollars, and a country loaf for five dollars
  and ten cents. Which one would you like? You have four things in your basket: two bottles of milk, a dozen eggs, coarse salt, and a bag of oranges."

# The wake phrase, three seconds into what the canceller leaves of the reply; halves as in wake.sh.
BEFORE_S=3
for phrase in "$data"/wake/*; do
  name=$(basename "$phrase")
  for f in "$phrase"/*.flac; do
    case $(basename "$f" .flac | md5sum) in [0-7]*) ;; *) echo "$f" ;; esac
  done >heldout
  for room in "$data"/rir/*.flac; do
    rm -rf mixed && mkdir -p mixed/clean mixed/echo mixed/cancelled
    xargs -d '\n' "$bin/bench_bargein" -b $BEFORE_S 10 "$room" reply.wav mixed <heldout >/dev/null
    for part in clean cancelled; do
      "$sk" --json wake --phrase "${name//-/ }" mixed/$part/*.wav >found 2>/dev/null
      jq -rn --arg part $part --argjson before $((BEFORE_S * 1000)) '[inputs] as $all | ($part == "clean" | not) as $late |
        [$all[] | select(($late | not) or .at_ms >= $before) | .file] | unique | length' found >n.$part
    done
    jq -rn --argjson before $((BEFORE_S * 1000)) '[inputs | select(.at_ms < $before)] | length' found >alarms
    echo "  \"${name//-/ }\", room $(basename "$room" .flac), heard of $(wc -l <heldout): alone $(cat n.clean), under the reply $(cat n.cancelled);" \
      "false alarms in $(awk "BEGIN{print $BEFORE_S * $(wc -l <heldout)}") s of the reply alone: $(cat alarms)"
  done
done

# The whole program: a question wakes it, and the word comes five seconds into the answer, its loudest 128 ms 10 dB below those of the echo.
LEAD_S=5
printf '[audio]\nroom_db = -6\n' >room.ini
speak en-us wake.wav "okay shopkeeper"
speak en-us ask.wav "show me headphones"
sox -n -r 16000 -c 1 -b 16 second.wav trim 0 1
sox -n -r 16000 -c 1 -b 16 gap.wav trim 0 0.4
sox -n -r 16000 -c 1 -b 16 rest.wav trim 0 16
sox second.wav wake.wav gap.wav ask.wav rest.wav question.wav
loudest() { sox "$@" stats -w 0.128 2>&1 | awk '/^RMS Pk dB/{print $4}'; }
listen() { "$sk" --config room.ini --shop "$grocer" --json listen --in "$1" --out answer.wav --room "$room" >events 2>/dev/null || true; }
under() { # WORD: under the reply
  sox "$1" part.wav gain "$(awk "BEGIN{print $echo - 10 - $(loudest "$1" -n)}")" pad "$at" 0
  sox -m -v 1 question.wav -v 1 part.wav asked.wav
  listen asked.wav
}
# of the last second of it that sounds, ms behind the event that ended it
silent_ms() { # AT_MS
  awk "BEGIN{print $(sox answer.wav -n reverse silence 1 0.01 0.1% stat 2>&1 | awk '/^Length/{print $3}') * 1000 - $1}"
}
for room in "$data"/rir/*.flac; do
  listen question.wav
  at=$(jq -rn --argjson lead $LEAD_S '[inputs | select(.event == "sounded")][0].at_ms / 1000 + $lead' events)
  sox "$room" -t dat - | awk '!/;/{v[n++] = $2; sum += $2 * $2} END{for (i = 0; i < n; i++) print v[i] * 10 ^ (-6 / 20) / sqrt(sum)}' >response
  echo=$(loudest answer.wav -n fir response trim "$at" 1)
  stops=0 wakes=0 orders=0 n=0 others=0 n_others=0 slowest=0
  for voice in en-us en-gb en-us+f2 en-us+f3 en-us+f4 en-us+m2 en-us+m4 en-gb+m7 :slt :rms :awb :kal16; do
    n=$((n + 1))
    speak $voice word.wav stop
    under word.wav
    heard=$(jq -rn '[inputs | select(.event == "heard")][1] | select(.intent == "stop" and .accepted) | .at_ms' events)
    if [ -n "$heard" ]; then
      stops=$((stops + 1))
      slowest=$(awk "BEGIN{s = $(silent_ms "$heard"); print (s > $slowest ? s : $slowest)}")
    fi
    speak $voice again.wav "okay shopkeeper"
    speak $voice basket.wav "what is in my basket"
    sox again.wav gap.wav basket.wav order.wav
    under order.wav
    wakes=$((wakes + ($(grep -c '"event":"woke"' events) > 1)))
    orders=$((orders + $(jq -rn '[inputs | select(.event == "heard")][1] | select(.intent == "show_cart" and .accepted) | 1' events | wc -l)))
  done
  for f in $(ls "$data"/negative/word-*.flac | awk 'NR % 20 == 1'); do
    n_others=$((n_others + 1))
    under "$f"
    others=$((others + ($(grep -c '"event":"heard"\|"event":"woke"' events) > 2)))
  done
  echo "  room $(basename "$room" .flac), of $n synthetic voices: \"stop\" $stops (silent after it at most $slowest ms), wake phrase $wakes, the order after it $orders;" \
    "other words (people) that interrupted: $others of $n_others"
done
