# end of speech: cut off early, and the wait until there is a result, also on a core six times slower (people, held-out half)
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
has noise/kitchen-a.flac
cafe_orders
# tuned on the other half (MD5 of the file name below 8), in the same noise
mkdir -p orders split
while read -r name; do sox "$data/coffee/$name.flac" -b 16 "orders/$name.wav" pad 1 2.5; done <heldout
"$bin/bench_endpoint" pause 550 "$cafe" split orders/*.wav
measure() { # WHAT, CLEAN FOLDER, SNR, NOISE
  mkdir -p mixed && rm -f mixed/*
  "$bin/bench_mix" "$3" mixed "$4" "$2"/*.wav
  "$bin/bench_endpoint" hear "$cafe" "$2" mixed/*.wav >heard 2>/dev/null
  jq -rs --slurpfile labels labels --arg what "$1" "$order_right"'
    def at($p): sort | .[((length - 1) * $p | round)];
    def share(f): "\(map(select(f)) | length) (\((map(select(f)) | length) * 1000 / length | round / 10) %)";
    ($labels | map({key: .file, value: .slots}) | from_entries) as $want |
    map(. + {wait: (.result_ms - .end_ms), slow: (.slow_ms - .end_ms), right: (.accepted and order_right($want[.file]))}) |
    "  \($what), \(length) clips of people: cut off early \(share(.wait < 0)), every slot right \(share(.right)), heard a second time as a whole \(share(.whole)), no result \(share(.result | not))",
    (map(select(.wait >= 0)) |
    "    from the end of speech to the words: median \(map(.wait) | at(0.5)) ms, 95 % within \(map(.wait) | at(0.95)) ms; on a core six times slower \(map(.slow) | at(0.5)) and \(map(.slow) | at(0.95)) ms")' heard
}
for folder in orders split; do
  what="cafe orders" && [ $folder = split ] && what="with a pause of 550 ms between two words"
  measure "$what, clean" $folder clean -
  measure "$what, 15 dB of kitchen" $folder 15 "$data/noise/kitchen-a.flac"
done
