# numbers by voice (people): whole strings of digits right, in the dialogue's state digits. Tuned on the odd speakers of AN4
. "$(dirname "$0")/lib.sh"
has an4/transcripts.tsv
simple='zero|oh|one|two|three|four|five|six|seven|eight|nine'
grouped="$simple|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen|(twen|thir|for|fif|six|seven|eigh|nine)ty"
# file, speaker's place in the alphabet, whether digits only, words
grep -P "\t($grouped)( ($grouped))+$" "$data/an4/transcripts.tsv" | awk -F '\t' '{split($1, part, "-"); print part[2] "\t" $0}' | sort |
  awk -F '\t' -v simple="^(($simple)( |$))+$" '{n += $1 != last; last = $1; print $2 "\t" n "\t" ($3 ~ simple ? "digits" : "groups") "\t" $3}' >said
# the digits that each line of words means
words() { "$sk" --shop "$grocer" --json understand --state digits | jq -r '.slots.order_number // "-"'; }
cut -f 4 said | words >want
cut -f 1 said | sed "s|^|$data/an4/|" | xargs "$sk" --shop "$grocer" --json hear --state digits >heard
jq -r .text heard | sed 's/^$/-/' | words >got
jq -r '[(.accepted and .intent == "give_number"), .text, .decode_ms, .audio_ms] | @tsv' heard | paste said want got - >all
awk -F '\t' '
  {
    right = $5 == $6; half = $2 % 2 ? "odd speakers, tuned on" : "even speakers, not tuned on"
    for (part in p) delete p[part]; p[$3 ", all"]; p[$3 ", " half]
    for (part in p) {n[part]++; good[part] += right; sure[part] += right && $7 == "true"}
    cpu += $9; sound += $10
  }
  END {
    for (part in n) printf "  %s: %.1f %% of %d strings, %.1f %% right and accepted\n", part, 100 * good[part] / n[part], n[part], 100 * sure[part] / n[part] | "sort"
    close("sort")
    printf "  real-time factor on one core %.4f\n", cpu / sound
  }' all
awk -F '\t' '$5 != $6 {print "    wrong: " $1 ": " $4 ", heard " $8}' all >wrong
[ -z "${VERBOSE:-}" ] || cat wrong
test=/usr/share/pocketsphinx/test/data
if [ -e $test/numbers.raw ]; then # pocketsphinx-testdata: one recording of numbers, one of digits from TIDIGITS
  for name in numbers tidigits/dhd.2934z; do sox -t raw -r 16000 -e signed -b 16 -c 1 $test/$name.raw "$(basename $name).wav"; done
  "$sk" --shop "$grocer" --json hear --state digits numbers.wav dhd.2934z.wav |
    jq -r '"  pocketsphinx-testdata \(.file): \(.text)"'
fi
