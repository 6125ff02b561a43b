# Buying by voice, in real time: the read-back asks for a word that nobody knows before, and that word orders. Then "cancel
# that" takes the order back. The voice is synthetic, and the sound card is made of two files.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
. "$src/tests/e2e/aloud.sh"
trap aloud_kill EXIT
printf 'add cold brew concentrate to my basket\n' | "$sk" --shop "$grocer" --db shop.db chat >basket
aloud_begin --config sound.ini --shop "$grocer" --db shop.db
utter "okay shopkeeper" "place my order"
expect "the read-back" 'cold brew concentrate.*\$13\.98.*confirm [a-z]+' "$said"
word=$(sed -E 's/.*confirm ([a-z]+).*/\1/' <<<"$said")
utter "yes"
expect "a yes orders nothing" 'confirm [a-z]+' "$said"
expect "and no order is there" '^0$' "$("$sk" --shop "$grocer" --db shop.db --json orders | grep -c '"state":"saved".*13\.98')"
next=$(sed -E 's/.*confirm ([a-z]+).*/\1/' <<<"$said")
utter "confirm ${next:-$word}"
expect "the word orders" 'order.*\$13\.98' "$said"
expect "the order" 'saved' "$("$sk" --shop "$grocer" --db shop.db orders)"
utter "okay shopkeeper" "cancel that"
expect "taken back" 'nothing is ordered' "$said"
aloud_end
expect "the basket has it again" 'cold brew' "$(echo "what is in my basket" | "$sk" --shop "$grocer" --db shop.db chat)"
expect "the words that were said" 'confirm_order' "$(grep '"event":"heard"' events)"
finish
