# the typed wordings of CLINC and Bitext, odd lines, spoken by two eSpeak NG and two flite voices (synthetic): the right intent
. "$(dirname "$0")/lib.sh"
has text
each=${EACH:-8} # wordings of an intent
"$bin/bench_understand" "$data/text" --list "$each" ${TUNING:+--tuning} >lines
voices=${VOICES:-espeak:en-us espeak:en-gb flite:slt flite:rms}
for voice in $voices; do
  name=${voice/:/-} n=0
  mkdir "$name"
  while IFS=$'\t' read -r intents text; do
    n=$((n + 1)) wav=$name/$(printf %04d $n).wav
    case $voice in
      espeak:*) espeak-ng -v "${voice#*:}" -s 150 -w "$wav" "$text" ;;
      flite:*) flite -voice "${voice#*:}" -t "$text" -o "$wav" ;;
    esac
  done <lines
  "$sk" --shop "$grocer" --json hear "$name"/*.wav >"$name.heard" 2>/dev/null
  jq -r '[.text, .intent // "-", .accepted, .decode_ms, .audio_ms] | @tsv' "$name.heard" | paste lines - | tee -a "${KEEP:-/dev/null}" |
    awk -F '\t' -v name="$voice" '
      {n++; right += $5 == "true" && index("|" $1 "|", "|" $4 "|"); wrong += $5 == "true" && !index("|" $1 "|", "|" $4 "|")
       decode += $6; audio += $7}
      END {printf "  %-13s intent right %d of %d, %.1f %%; another intent %.1f %%; decoding %.3f of the time\n", name, right, n,
        100 * right / n, 100 * wrong / n, decode / audio; print right, n >>"all"}'
done
awk '{r += $1; n += $2} END {printf "  all voices: intent right %.1f %%\n", 100 * r / n}' all
