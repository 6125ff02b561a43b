# the grocer's products by voice (two eSpeak NG and two flite voices, synthetic): "find <name>", found first
. "$(dirname "$0")/lib.sh"
"$sk" --shop "$grocer" --json catalog list | jq -r '[.id, .title] | @tsv' |
  awk -v every="${EVERY:-1}" 'NR % every == 0' >products # EVERY=3: a third of them, for a quick look
for voice in ${VOICES:-espeak:en-us espeak:en-gb flite:slt flite:rms}; do
  mkdir -p "${voice/:/-}"
  while IFS=$'\t' read -r id title; do
    case $voice in
      espeak:*) espeak-ng -v "${voice#*:}" -s 150 -w "${voice/:/-}/$id.wav" "find $title" ;;
      flite:*) flite -voice "${voice#*:}" -t "find $title" -o "${voice/:/-}/$id.wav" ;;
    esac
  done <products
  "$sk" --shop "$grocer" --json hear "${voice/:/-}"/*.wav >heard
  jq -r '.slots.query // .slots.product // "-"' heard | "$sk" --shop "$grocer" --json search --limit 1 >found
  paste -d '\t' <(jq -r '.file | split("/") | last | rtrimstr(".wav")' heard) <(jq -r '.results[0].id // "-"' found) <(jq -r '.text' heard) >pairs
  awk -F '\t' -v voice="$voice" '{n++; right += $1 == $2} END {printf "  %s: %d of %d found first, %.1f %%\n", voice, right, n, 100 * right / n}' pairs
  awk -F '\t' '$1 != $2' pairs >>wrong
  cat pairs >>all
done
awk -F '\t' '{n++; right += $1 == $2} END {printf "  all four: %.1f %% of %d\n", 100 * right / n, n}' all
[ -z "${VERBOSE:-}" ] || sed 's/^/    /' wrong
