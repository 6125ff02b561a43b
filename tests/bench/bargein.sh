# orders under a reply (people; the reply is synthetic, 10 dB louder in the microphone, in two rooms): of the clean figure (PPM: clocks so far apart; LEAD_S: seconds of the reply before them)
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
has rir
cafe_orders
espeak-ng -v en-us -s 165 -w voice.wav "Your order from Thursday is on its way and should be with you on Monday before noon.
  I found twelve kinds of bread. The first three are: whole grain bread for three dollars and twenty nine cents, rye bread
  for four dollars, and a country loaf for five dollars and ten cents. Which one would you like? You have four things in
  your basket: two bottles of milk, a dozen eggs, coarse salt, and a bag of oranges, and that makes twenty one dollars and
  sixty cents. The store opens at eight in the morning and closes at nine in the evening, and on Sundays at six."
sox voice.wav -r 16000 -c 1 -b 16 reply.wav

share() { # HALF: of the orders heard.echo, heard.cancelled and heard.clean
  jq -rn --slurpfile labels labels --rawfile names "$1" --arg half "$1" --slurpfile clean heard.clean --slurpfile echo heard.echo \
    --slurpfile cancelled heard.cancelled "$order_right"'
    ($names | split("\n")) as $names |
    def right($heard; $accepted): ($heard | map({key: (.file | split("/") | last | rtrimstr(".wav")), value: .}) | from_entries) as $h |
      [$labels[] | select(.file as $f | $names | index($f)) | . as $l | $h[$l.file] as $got |
        select(($got.accepted or ($accepted | not)) and ($got | order_right($l.slots)))] | length;
    def percent($n; $of): $n * 1000 / $of | round / 10;
    right($clean; true) as $c | right($clean; false) as $ca |
    "  \($half) half, \($names | length - 1) clips: slots right and accepted: clean \($c), under the reply \(right($echo; true)), cancelled \(right($cancelled; true)) = \(percent(right($cancelled; true); $c)) % of clean",
    "    slots right, accepted or not: \($ca), \(right($echo; false)), \(right($cancelled; false)) = \(percent(right($cancelled; false); $ca)) %"'
}

for room in "$data"/rir/*.flac; do
  rm -rf mixed && mkdir -p mixed/clean mixed/echo mixed/cancelled
  printf '  room %s: ' "$(basename "$room" .flac)"
  "$bin/bench_bargein" -l "${LEAD_S:-5}" -d "${PPM:-0}" 10 "$room" reply.wav mixed "$data"/coffee/*.flac
  for part in clean echo cancelled; do
    [ $part = clean ] && [ -e heard.clean ] && continue
    "$sk" --shop "$cafe" --json hear mixed/$part/*.wav >heard.$part 2>/dev/null
  done
  for half in heldout learned; do share $half; done
done
