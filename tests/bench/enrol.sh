# a voice of one's own: word errors before and after, by the speaker, and how often it is kept
. "$(dirname "$0")/lib.sh"
has an4/transcripts.tsv
# AN4 (people): of each speaker every fourth utterance, and those beyond ten others, are heard, the others read; any
# words of AN4 in any order are listened for
awk -F '\t' '{split($1, part, "-"); print part[2] "\t" $0}' "$data/an4/transcripts.tsv" | sort | awk -F '\t' -v dir="$data/an4" '
  {
    if ($1 != last) {last = $1; at = 0; reads = 0; speaker++}
    use = ++at % 4 == 3 || reads >= 10 ? "heard" : "read"; reads += use == "read"
    print $1 "\t" use "\t" dir "/" $2 "\t" $3 >(speaker % 2 ? "odd" : "even")
  }'
# summary NAME: of what bench_enrol prints
summary() {
  awk -F '\t' -v name="$1" '
    {n++; read += $2; refused += $3; words += $8; before += $9; own += $10; other += $11}
    $7 {kept++; k_words += $8; k_before += $9; k_own += $10; k_other += $11}
    {gated += $7 ? $10 : $9}
    END {
      printf "  %s: %d voices, %d sentences read, %d refused as not read; kept for %d\n", name, n, read, refused, kept
      printf "    word errors of %d words: %d without, %d with every voice, %d with those kept, %d with that of another\n", words, before, own, gated, other
      printf "    of those kept, %d words: %d without, %d with, %d with that of another\n", k_words, k_before, k_own, k_other
    }'
}
"$bin/bench_enrol" <odd | summary "AN4, people, odd speakers, tuned on"
"$bin/bench_enrol" <even | summary "AN4, people, even speakers, looked at when the least gain was chosen"

# synthetic voices: the ten sentences read, requests heard
grep -v '^#' "$src/models/en-US/enrol.txt" >sentences
cat >requests <<'TEXT'
show me coffee under ten dollars
where is the order I placed on Thursday
add two bottles of olive oil to my basket
find a jar of honey and a box of tea
how much is the leather bag with the long cable
I would like a small espresso machine
TEXT
for voice in en-us en-us+f3 en-gb en-gb-scotland en-gb-x-rp en-029; do
  for use in read heard; do
    [ $use = read ] && list=sentences || list=requests
    at=0
    while read -r text; do
      at=$((at + 1))
      espeak-ng -v $voice -w part.wav "$text" && sox -v 0.8 part.wav -r 16000 -c 1 $voice-$use-$at.wav
      printf '%s\t%s\t%s\t%s\n' $voice $use "$work/$voice-$use-$at.wav" "$(tr 'A-Z' 'a-z' <<<"$text" | tr -cd "a-z' ")"
    done <$list
  done
done >synthetic
grep -vE '^(en-gb-x-rp|en-029)' synthetic | "$bin/bench_enrol" | summary "eSpeak NG, synthetic, four voices, tuned on"
grep -E '^(en-gb-x-rp|en-029)' synthetic | "$bin/bench_enrol" | summary "eSpeak NG, synthetic, two voices, not tuned on"

# a stranger's voice kept by mistake: orders of coffee (people, clean) with the voice of the first AN4 speaker that has one
has coffee/labels.json
cafe_orders
slots_right() { # FILE of `hear --json`
  jq -rn --slurpfile heard "$1" --slurpfile labels labels "$order_right"'
    ($labels | map({key: .file, value: .slots}) | from_entries) as $want |
    [$heard[] | order_right($want[.file | split("/") | last | rtrimstr(".flac")])] |
    "\(map(select(.)) | length) of \(length)"'
}
grep -P '\tread\t' even | awk -F '\t' 'NR == 1 {s = $1} $1 == s' >stranger
cut -f 4 stranger >said
printf '[enrol]\ngain = -9\nsure = -99\n' >any.ini # keep it whatever it is worth
mkdir -p data/models && cp -r "$src/models/en-US" data/models && ln -s "$src/catalog" "$src/boards" data/
sed -i -e '/^\[enrol\]/,$d' data/models/en-US/hearing.ini && cat any.ini >>data/models/en-US/hearing.ini
cut -f 3 stranger | SHOPKEEPER_DATA=$work/data xargs "$sk" --db stranger.db enrol --sentences said >/dev/null
"$sk" --shop "$cafe" --json hear "$data"/coffee/*.flac >without
"$sk" --shop "$cafe" --db stranger.db --json hear "$data"/coffee/*.flac >with
echo "  coffee orders, people, clean, every slot right: $(slots_right without) without, $(slots_right with) with a stranger's voice"
