# any product of 19,406 by voice (two eSpeak NG and two flite voices, synthetic): how well "find <query>" finds beside the typed query; loading (processor time)
. "$(dirname "$0")/lib.sh"
has catalog
every=${EVERY:-1} # EVERY=3: a third of the queries, for a quick look
mkdir shop
gunzip -c "$data/catalog/icecat-19406.csv.gz" >shop/products.csv
printf '[shop]\nname = Catalogue\nassistant = Robin\ncurrency = USD\ntimezone = UTC\n' >shop/shop.ini
awk -F '\t' 'NR > 1 && !seen[$1]++ {print ++n "\t" $1}' "$data/catalog/ratings.tsv" | awk -v every="$every" 'NR % every == 0' >queries
here() { "$sk" --shop shop --db shop.db "$@"; }

# seconds LABEL COMMAND...: processor and wall time of it, and its memory
seconds() {
  local label=$1
  shift
  /usr/bin/time -f '%U %S %e %M' -o took "$@" >/dev/null
  awk -v label="$label" '{printf "  %s: %.1f s of one core, %.1f s by the clock, %.0f MB\n", label, $1 + $2, $3, $4 / 1024}' took
}
sox -q -n -r 16000 -c 1 -b 16 silence.wav trim 0 0.1
seconds "import with the names that sound alike" "$sk" --db alike.db catalog import shop/products.csv
seconds "import of the same again" "$sk" --db alike.db catalog import shop/products.csv
awk -F , 'NR == 1 {print "id,title"} NR == 100 {print $1 ",Zebra crossing wallpaper"}' shop/products.csv >one.csv
seconds "import of one changed product" "$sk" --db alike.db catalog import one.csv
seconds "import alone" "$sk" --shop shop --db shop.db search usb
seconds "first start of the recogniser" "$sk" --db shop.db hear silence.wav
seconds "next start" "$sk" --db shop.db hear silence.wav
sed -i '100s/,/,Zebra /' shop/products.csv
seconds "start after one product has changed (its import too)" "$sk" --shop shop --db shop.db hear silence.wav

cut -f 2 queries | here --json search --limit 10 >typed
for voice in ${VOICES:-espeak:en-us espeak:en-gb flite:slt flite:rms}; do
  name=${voice/:/-}
  mkdir -p "$name"
  while IFS=$'\t' read -r n query; do
    case $voice in
      espeak:*) espeak-ng -v "${voice#*:}" -s 150 -w "$name/$n.wav" "find $query" ;;
      flite:*) flite -voice "${voice#*:}" -t "find $query" -o "$name/$n.wav" ;;
    esac
  done <queries
  cut -f 1 queries | sed "s|.*|$name/&.wav|" | xargs "$sk" --shop shop --db shop.db --json hear >"$name.heard" 2>/dev/null
  jq -r '.slots.query // .slots.product // "-"' "$name.heard" | here --json search --limit 10 >"$name.found"
done

# ndcg FOUND: one line a query that has a relevant product: its number and nDCG@10
ndcg() {
  jq -r '[.results[].id] | join(" ")' "$1" | paste queries - | awk -F '\t' -v ratings="$data/catalog/ratings.tsv" '
    function gain(grade, place) { return (2 ^ grade - 1) / (log(place + 1) / log(2)) }
    BEGIN { while ((getline <ratings) > 0) if ($3 ~ /^[0-3]$/) { grade[$1, $2] = $3; count[$1, $3]++ } }
    {
      ideal = sum = place = 0
      for (g = 3; g > 0; g--) for (i = 0; i < count[$2, g] && place < 10; i++) ideal += gain(g, ++place)
      n = split($3, id, " ")
      for (i = 1; i <= n && i <= 10; i++) sum += gain(grade[$2, id[i]], i)
      if (ideal > 0) printf "%d\t%f\n", $1, sum / ideal
    }'
}
ndcg typed >typed.ndcg
awk '{sum += $2; n++} END {printf "  typed: nDCG@10 %.3f over %d queries that have a relevant product\n", sum / n, n}' typed.ndcg
for voice in ${VOICES:-espeak:en-us espeak:en-gb flite:slt flite:rms}; do
  name=${voice/:/-}
  ndcg "$name.found" | paste typed.ndcg - | sed "s/^/$voice\t/" | tee -a all |
    awk -v voice="$voice" '{s = $2 % 2; typed[s] += $3; said[s] += $5}
      END {printf "  %s: %.0f %% of typed (even queries, not tuned on: %.0f %%)\n", voice, 100 * (said[0] + said[1]) / (typed[0] + typed[1]), 100 * said[0] / (typed[0] ? typed[0] : 1)}'
done
awk '{s = $2 % 2; typed[s] += $3; said[s] += $5}
  END {printf "  all voices: %.0f %% of typed (even queries: %.0f %%, odd ones, tuned on: %.0f %%)\n", 100 * (said[0] + said[1]) / (typed[0] + typed[1]), 100 * said[0] / (typed[0] ? typed[0] : 1), 100 * said[1] / (typed[1] ? typed[1] : 1)}' all
cat ./*.heard | jq -s '[(map(.decode_ms) | add), (map(.audio_ms) | add)] | .[0] / .[1]' |
  awk '{printf "  processor time a second of speech: %.2f s\n", $1}'
[ -z "${VERBOSE:-}" ] || for voice in ./*.heard; do paste queries <(jq -r '.text' "$voice") | sed "s|^|    $voice |"; done
