# hearing people in a kitchen: cafe orders in noise and what they cost; what is refused, numbers, interrupting, the end of speech, a large shop, own voices, the wake phrase
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")
has coffee/labels.json
has noise/kitchen-a.flac
apart=$(ls "$data"/noise/kitchen20/{dishwasher,plates,juicer}-*.flac | paste -sd,)
cafe_orders
orders() { # NAME OF THE CONDITION, SNR, NOISE
  mkdir -p mixed
  "$bin/bench_mix" "$2" mixed "$3" "$data"/coffee/*.flac
  "$sk" --shop "$cafe" --json hear mixed/*.wav >heard 2>/dev/null
  for half in heldout learned; do
    jq -rn --slurpfile heard heard --slurpfile labels labels --rawfile names $half --arg half $half --arg what "$1" "$order_right"'
      ($names | split("\n")) as $names | ($heard | map({key: (.file | split("/") | last | rtrimstr(".wav")), value: .}) | from_entries) as $h |
      [$labels[] | select(.file as $f | $names | index($f)) | . as $l | $h[$l.file] as $got |
        {accepted: $got.accepted,
         right: ($got.accepted and ($got | order_right($l.slots)))}] as $r |
      "  cafe orders, \($what), \($half) half, \($r | length) clips of people: every slot right and accepted \(($r | map(select(.right)) | length) * 1000 / ($r | length) | round / 10) %, accepted \(($r | map(select(.accepted)) | length) * 1000 / ($r | length) | round / 10) %"'
  done
  jq -rs '"    real-time factor on one core \((map(.decode_ms) | add) / (map(.audio_ms) | add) * 10000 | round / 10000)"' heard
}
orders clean clean -
for snr in 24 15 6; do orders "$snr dB of kitchen" $snr "$data/noise/kitchen-a.flac"; done
orders "6 dB of kinds of kitchen noise that nothing was trained with" 6 "$apart"
for bench in refusal digits bargein endpoint catalogue enrol wake; do
  if [ -f "$here/$bench.sh" ]; then
    echo "  $bench: $(sed -n '1s/^# *//p' "$here/$bench.sh")"
    bash "$here/$bench.sh" "$bin" "$src" "$data"
  else
    echo "  $bench: not measured, there is nothing to measure yet"
  fi
done
