# Every subcommand once, as its help and its man page say.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
man=$src/src/apps/man/shopkeeper.1

for c in listen chat hear understand wake say search catalog orders enrol doctor ctl desk report sync board; do
  expect "$c --help" "^usage: shopkeeper .* $c" "$("$sk" "$c" --help)"
  expect "$c in the man page" "^\.It Cm $c" "$(cat "$man")"
  expect "$c in the help" "^  $c " "$("$sk" --help)"
done

out=$(printf 'find oat milk\nqwerty blorp\nunder twenty dollars\n' | "$sk" --shop "$grocer" --json understand)
expect "understand: one object a line" '^3$' "$(wc -l <<<"$out")"
expect "understand: intent and slot" '"intent":"search_product","slots":\{"query":"oat milk"\}' "$(sed -n 1p <<<"$out")"
expect "understand: none of ours" '"intent":null,"slots":\{\},.*"accepted":false' "$(sed -n 2p <<<"$out")"
expect "understand: prices are numbers" '"max_price":20[,}]' "$(sed -n 3p <<<"$out")"
expect "understand: words as arguments" 'order_status' "$("$sk" --shop "$grocer" understand where is my order)"

out=$(printf 'coffee\nzzzz\n' | "$sk" --shop "$grocer" --json search --limit 3)
expect "search: results" '"query":"coffee","results":\[\{"id":"[^"]+","title":"[^"]+","score":' "$(sed -n 1p <<<"$out")"
expect "search: at most the limit" '^3$' "$(sed -n 1p <<<"$out" | jq '.results|length')"
expect "search: nothing" '"results":\[\]' "$(sed -n 2p <<<"$out")"

n=$("$sk" --shop "$grocer" --json catalog list | wc -l)
[ "$n" -ge 380 ] && ok || bad "catalog list: $n products"
cat >milks.csv <<'CSV'
id,title,price,currency
1,Oat Milk,2.99,USD
2,Goat Milk,3.49,USD
3,Almond Milk,3.00,USD
CSV
out=$("$sk" --db milks.db --json catalog import --all milks.csv)
expect "catalog import: names that sound alike" '"alike":1,"alike_pairs":\[\{"one":"oat milk","other":"goat milk"' "$out"
expect "catalog import: and as text" 'oat milk / goat milk' "$("$sk" --db milks.db catalog import milks.csv)"
printf 'id,title\n2,Cheese\n4,Coat Milk\n' >changed.csv
out=$("$sk" --db milks.db --json catalog import --all changed.csv)
sed -i '/^2/d' milks.csv && printf '2,Cheese,,\n4,Coat Milk,,\n' >>milks.csv
pairs() { grep -o '"alike_pairs".*' | grep -o '"one":[^}]*' | sort; }
expect "catalog import: a changed name is compared with the others" '"one":"oat milk","other":"coat milk"' "$out"
expect "catalog import: and no longer with its old one" '"alike":1,' "$out"
expect "catalog import: the pairs that are found anew" "^$(pairs <<<"$out")$" "$("$sk" --db whole.db --json catalog import --all milks.csv | pairs)"
expect "orders: a number of digits" '"number":"[0-9]+"' "$("$sk" --shop "$grocer" --json orders | head -1)"

"$sk" say "small coffee please" --out said.wav
expect "say: a WAV" 'RIFF' "$(head -c 4 said.wav)"
expect "hear: what was said" '"intent":"add_to_cart","slots":\{[^}]*"drink":"coffee"' "$("$sk" --shop "$cafe" --json hear said.wav)"

# the model of all wordings is kept beside the database, and made anew when it is not good
printf '[voice]\nname = en-us\n' >voice.ini
"$sk" --config voice.ini say "where is my order" --out asked.wav
for kept in none good cut; do
  [ $kept = cut ] && truncate -s 100000 kept.db.wordings
  expect "hear: wordings kept: $kept" '"intent":"order_status"' "$("$sk" --db kept.db --shop "$grocer" --json hear asked.wav)"
  [ $kept = none ] && cp -p kept.db.wordings first.wordings
  [ $kept = good ] && { [ kept.db.wordings -nt first.wordings ] && bad "kept wordings are written again" || ok; }
done
cmp -s kept.db.wordings first.wordings && ok || bad "wordings that were cut short are not made anew"
"$sk" say "okay shopkeeper" --out wake.wav
expect "wake: every candidate" '"at_ms":[0-9]+,"score":' "$("$sk" --json wake --all wake.wav)"

out=$(printf 'where is my order\nstop\n' | "$sk" --shop "$grocer" --json chat)
expect "chat: a reply" '"intent":"order_status".*"replies":\["[^"]' "$(sed -n 1p <<<"$out")"
expect "chat: as text" '..' "$(echo 'where is my order' | "$sk" --shop "$grocer" chat)"

printf 'find oat milk\nblorp zonk\nblorp zonk\nadd cold brew concentrate to my basket\ni want to leave feedback\nfour\nno\n' |
  "$sk" --shop "$grocer" --db talked.db chat >/dev/null
out=$("$sk" --db talked.db report)
expect "report: what was not understood" '^ +2 blorp zonk$' "$out"
expect "report: stars" '4.0 stars on average of 1' "$out"
expect "report: a basket was left" '1 talks that left a basket' "$out"
"$sk" --db talked.db report --since 2026-01-01 --csv talked.csv --html talked.html
expect "report: a table" '^"not understood","blorp zonk",2' "$(cat talked.csv)"
expect "report: a page with charts" '<svg ' "$(cat talked.html)"
expect "report: that loads nothing" '^0$' "$(grep -cE 'https?:|src=|href=|url\(|@import' talked.html)"
expect "report: JSON" '"requests":7,' "$("$sk" --db talked.db --json report)"
expect "report: another time" '"requests":0,' "$("$sk" --db talked.db --json report --until 2020-01-01)"
refuses "report: no day" "is no day" "$sk" --db talked.db report --since tomorrow
refuses "report: nowhere to write" "cannot write" "$sk" --db talked.db report --html /nowhere/page.html

"$sk" --shop "$grocer" --json doctor >doctor.out
for c in board microphone loudspeaker echo voice shop hearing 'own voice' clock; do
  expect "doctor: $c" "\"check\":\"$c\"" "$(cat doctor.out)"
done
# a made-up room of the file driver: 30 ms of way, then an echo that dies away
sox -R -n -r 16000 -c 1 -b 16 room.wav synth 0.15 whitenoise fade l 0 0.15 0.15 pad 0.03 0
sox -R -n -r 16000 -c 1 -b 16 quiet.wav synth 10 whitenoise vol 0.001
printf '[audio]\ndriver = file\ncapture = quiet.wav\nplayback = played.wav\nroom = room.wav\n' >room.ini
echo_of() { "$sk" --config room.ini --shop "$grocer" --json doctor | grep '"check":"echo"'; }
expect "doctor hears its echo" '"ok":true,"text":"the loudspeaker is heard 3[0-9] ms later and lowered by [0-9]+ dB; the clocks are 0 ppm apart' "$(echo_of)"
printf 'room_db = 20\n' >>room.ini
expect "doctor says what is too loud" '"ok":false,"text":"the loudspeaker drives the microphone' "$(echo_of)"
finish
