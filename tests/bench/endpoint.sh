# end of speech: cut off early, and the wait until there is a result, also on a core six times slower (people, held-out half)
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
has noise/kitchen-a.flac
jq -c 'to_entries[] | {key: (.key | rtrimstr(".flac")), value: (.value | with_entries(.key |= ({"coffeeDrink":"drink","numberOfShots":"shots",
  "milkAmount":"milk","sugarAmount":"sugar"}[.] // .)))}' "$data/coffee/labels.json" >labels
# tuned on the other half (MD5 of the file name below 8), in the same noise
mkdir -p orders split
for f in "$data"/coffee/*.flac; do
  case $(printf %s "$(basename "$f")" | md5sum) in [0-7]*) ;; *) sox "$f" -b 16 "orders/$(basename "$f" .flac).wav" pad 1 2.5 ;; esac
done
"$bin/bench_endpoint" pause 550 "$cafe" split orders/*.wav
measure() { # WHAT, CLEAN FOLDER, SNR, NOISE
  mkdir -p mixed && rm -f mixed/*
  "$bin/bench_mix" "$3" mixed "$4" "$2"/*.wav
  "$bin/bench_endpoint" hear "$cafe" "$2" mixed/*.wav >heard 2>/dev/null
  jq -rs --slurpfile labels labels --arg what "$1" '
    def at($p): sort | .[((length - 1) * $p | round)];
    def share(f): "\(map(select(f)) | length) (\((map(select(f)) | length) * 1000 / length | round / 10) %)";
    ($labels | from_entries) as $want |
    map(. as $g | . + {wait: (.result_ms - .end_ms), slow: (.slow_ms - .end_ms), right: (.accepted and .intent == "add_to_cart" and
      ([$want[.file] | to_entries[] | $g.slots[.key] == .value] | all))}) |
    "  \($what), \(length) clips of people: cut off early \(share(.wait < 0)), every slot right \(share(.right)), heard a second time as a whole \(share(.whole)), no result \(share(.result | not))",
    (map(select(.wait >= 0)) |
    "    from the end of speech to the words: median \(map(.wait) | at(0.5)) ms, 95 % within \(map(.wait) | at(0.95)) ms; on a core six times slower \(map(.slow) | at(0.5)) and \(map(.slow) | at(0.95)) ms")' heard
}
for folder in orders split; do
  what="cafe orders" && [ $folder = split ] && what="with a pause of 550 ms between two words"
  measure "$what, clean" $folder clean -
  measure "$what, 15 dB of kitchen" $folder 15 "$data/noise/kitchen-a.flac"
done
