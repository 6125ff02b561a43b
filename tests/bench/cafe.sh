# real orders of coffee (people, clean): every labelled slot right, and what a command costs
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
cafe_orders
"$sk" --shop "$cafe" --json hear "$data"/coffee/*.flac >heard
jq -rn --slurpfile heard heard --slurpfile labels labels "$order_right"'
  ($heard | map({key: (.file | split("/") | last | rtrimstr(".flac")), value: .}) | from_entries) as $h |
  [$labels[] | . as $l | $h[$l.file] as $got | {right: ($got.accepted and ($got | order_right($l.slots))), accepted: $got.accepted, got: $got, want: $l.slots}] as $r |
  "  \($r | length) clips of people: every slot right and accepted \(($r | map(select(.right)) | length) * 1000 / ($r | length) | round / 10) %, accepted \(($r | map(select(.accepted)) | length) * 1000 / ($r | length) | round / 10) %",
  "  real-time factor on one core \(([$heard[].decode_ms] | add) / ([$heard[].audio_ms] | add) * 10000 | round / 10000)",
  ($r[] | select(.right | not) | "    wrong: \(.got.text) (\(.got.score))  wanted \(.want | [.[]] | join(", "))")'
