# wake phrases (people): missed at so many false alarms an hour of other speech
. "$(dirname "$0")/lib.sh"
has wake
hours=$(soxi -D "$data"/an4/*.flac "$data"/negative/*.flac | awk '{s += $1} END {printf "%.3f", s / 3600}')
for dir in "$data"/wake/*/; do
  phrase=$(basename "$dir" | tr - ' ')
  "$sk" --json wake --all --phrase "$phrase" "$dir"*.flac >said
  "$sk" --json wake --all --phrase "$phrase" "$data"/an4/*.flac "$data"/negative/*.flac >other
  "$sk" --json wake --phrase "$phrase" "$dir"*.flac >default.said
  "$sk" --json wake --phrase "$phrase" "$data"/an4/*.flac "$data"/negative/*.flac >default.other
  jq -rn --arg phrase "$phrase" --argjson n "$(ls "$dir"*.flac | wc -l)" --argjson hours "$hours" --slurpfile said said \
    --slurpfile other other --slurpfile ds default.said --slurpfile do default.other '
    ($said | group_by(.file) | map(map(.score) | max)) as $best | ($other | map(.score) | sort | reverse) as $alarms |
    def missed($per_hour): ($alarms[($per_hour * $hours | floor)] // -1e9) as $t | ($n - ($best | map(select(. > $t)) | length)) * 1000 / $n | round / 10;
    "  \($phrase): \($n) people; missed \(missed(1)) % at 1 an hour, \(missed(5)) % at 5; at the default threshold \(($n - ($ds | group_by(.file) | length)) * 1000 / $n | round / 10) % and \($do | length / $hours * 10 | round / 10) an hour (\($hours) h)"'
done
