# A voice of one's own: learned, used, taken back. The voices are synthetic, so that this runs anywhere.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper

# the ten sentences by eSpeak NG's voice
mkdir said
i=0
grep -v '^#' "$src/models/en-US/enrol.txt" >sentences
while read -r sentence; do
  i=$((i + 1))
  "$sk" say "$sentence" --out "said/$(printf %02d $i).wav" || bad "cannot say $sentence"
done <sentences
"$sk" say "find oat milk" --out request.wav

heard() { "$sk" --shop "$grocer" --db shop.db --json hear request.wav 2>warnings | jq -c 'del(.decode_ms)'; }
before=$(heard)
expect "the request is heard" 'oat milk' "$before"

out=$("$sk" --db shop.db --json enrol said/*.wav)
expect "every sentence was read" '^10$' "$(grep -c '"read":true' <<<"$out")"
expect "the result" '"read":10,"fit":-?[0-9.]+,"gain":-?[0-9.]+,"sure":-?[0-9.]+,"kept":(true|false)' "$(tail -n 1 <<<"$out")"
if grep -q '"kept":true' <<<"$out"; then
  expect "only the owner reads it" '^600$' "$(stat -c %a shop.db.voice)"
  [ "$(heard)" != "$before" ] && ok || bad "a voice that was kept makes no difference"
  expect "the request is heard with it, too" 'oat milk' "$(heard)"
  expect "doctor names it" '"own voice","ok":true,"text":"learned from 10' "$("$sk" --db shop.db --json doctor)"
  # another model's, or a damaged one, is no reason to be deaf
  printf 'x' | dd of=shop.db.voice bs=1 seek=700 conv=notrunc 2>/dev/null
  [ "$(heard)" = "$before" ] && ok || bad "a damaged voice is not left aside"
  expect "with a warning" 'enrol again' "$(cat warnings)"
  expect "doctor says so" '"own voice","ok":false' "$("$sk" --db shop.db --json doctor)"
  expect "forget" '"forgotten":true' "$("$sk" --db shop.db --json enrol --forget)"
else
  [ ! -e shop.db.voice ] && ok || bad "a voice that does not help was kept"
fi
[ ! -e shop.db.voice ] && ok || bad "it is still there"
[ "$(heard)" = "$before" ] && ok || bad "what was taken back still makes a difference"
expect "nothing left to forget" 'none' "$("$sk" --db shop.db enrol --forget)"

# what was not read
refuses "other sentences than asked for" 'read well' "$sk" --db shop.db enrol said/0[2-9].wav said/10.wav said/01.wav
refuses "too few recordings" 'one of each' "$sk" --db shop.db enrol said/01.wav
refuses "no recording" 'text.wav' "$sk" --db shop.db enrol said/0[1-9].wav text.wav
refuses "no database" '\-\-db' "$sk" enrol said/*.wav
refuses "no such sentences" 'nowhere' "$sk" --db shop.db enrol --sentences nowhere said/*.wav
seq 40 | sed 's/.*/one two/' >many
refuses "too many sentences" 'many:33' "$sk" --db shop.db enrol --sentences many said/*.wav
refuses "forget with a recording" 'recordings' "$sk" --db shop.db enrol --forget said/01.wav
[ ! -e shop.db.voice ] && ok || bad "a voice was kept of what was not read"

# asked for, by what would be microphone and loudspeaker: nobody speaks, then the recording ends
sox -n -r 16000 -c 1 -b 16 quiet.wav trim 0 20
refuses "a recording that ends too early" 'end' "$sk" --db shop.db enrol --in quiet.wav
finish
