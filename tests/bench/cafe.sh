# real orders of coffee (people, clean): every labelled slot right, and what a command costs
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
"$sk" --shop "$cafe" --json hear "$data"/coffee/*.flac >heard
jq -c 'to_entries[] | {file: .key, slots: (.value | with_entries(.key |= ({"coffeeDrink":"drink","numberOfShots":"shots",
  "milkAmount":"milk","sugarAmount":"sugar"}[.] // .)))}' "$data/coffee/labels.json" >labels
jq -rn --slurpfile heard heard --slurpfile labels labels '
  ($heard | map({key: (.file | split("/") | last), value: .}) | from_entries) as $h |
  [$labels[] | . as $l | $h[$l.file] as $got | {right: ($got.intent == "add_to_cart" and
    ([$l.slots | to_entries[] | $got.slots[.key] == .value] | all)), accepted: $got.accepted, got: $got, want: $l.slots}] as $r |
  "  \($r | length) clips of people: every slot right and accepted \(($r | map(select(.right)) | length) * 1000 / ($r | length) | round / 10) %, accepted \(($r | map(select(.accepted)) | length) * 1000 / ($r | length) | round / 10) %",
  "  real-time factor on one core \(([$heard[].decode_ms] | add) / ([$heard[].audio_ms] | add) * 10000 | round / 10000)",
  ($r[] | select(.right | not) | "    wrong: \(.got.text) (\(.got.score))  wanted \(.want | [.[]] | join(", "))")'
