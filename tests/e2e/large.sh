# A shop of three thousand products: its words are listened for, kept beside the database, and followed when it changes.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
mkdir shop
printf '[shop]\nname = Warehouse\nassistant = Robin\ncurrency = USD\ntimezone = UTC\n' >shop/shop.ini
products() {
  awk 'BEGIN {
    n_colours = split("red blue green yellow black white brown purple orange silver golden grey pink", colours, " ")
    n_stuff = split("wooden cotton leather plastic paper metal glass rubber velvet", stuff, " ")
    n_things = split("table blanket garden-chair umbrella notebook lamp suitcase mirror basket shelf curtain pillow bottle hammer ladder wallet jacket sandal bucket cupboard carpet candle teapot folding-bicycle envelope guitar", things, " ")
    print "id,title,price,description"
    for (c = 1; c <= n_colours; c++) for (s = 1; s <= n_stuff; s++) for (t = 1; t <= n_things; t++) {
      gsub("-", " ", things[t])
      printf "p%d,\"%s %s %s, no. %d\",9.50,made to last\n", ++n, colours[c], stuff[s], things[t], 1000 + n
    }
  }'
}
products >shop/products.csv
n=$(($(wc -l <shop/products.csv) - 1))
[ "$n" -ge 3000 ] && ok || bad "$n products"
here() { "$sk" --shop shop --db shop.db "$@"; }

# what is typed: any words of the shop, in any order, and the rest of the grammar as ever
out=$(printf 'find wooden table\nadd two leather suitcases to my basket\nwhere is my order\nzzz qqq\n' | here --json understand)
expect "typed: a product" '"intent":"search_product","slots":\{"query":"wooden table"\}' "$(sed -n 1p <<<"$out")"
expect "typed: into the basket" '"intent":"add_to_cart".*"product":"leather suitcases"' "$(sed -n 2p <<<"$out")"
expect "typed: no product" '"intent":"order_status"' "$(sed -n 3p <<<"$out")"
expect "typed: nonsense" '"intent":null' "$(sed -n 4p <<<"$out")"

# what is said
i=0
for words in "find leather suitcase" "do you have a garden chair" "find a plastic umbrella" "where is my order"; do
  "$sk" say "$words" --out "said$((i = i + 1)).wav"
done
out=$(here --json hear said1.wav said2.wav said3.wav said4.wav)
expect "said: a product" '"intent":"search_product","slots":\{"query":"leather suitcase"' "$(sed -n 1p <<<"$out")"
expect "said: two words that are one" '"intent":"search_product".*"query":"garden chair"' "$(sed -n 2p <<<"$out")"
expect "said: with an article" '"query":"plastic umbrella"' "$(sed -n 3p <<<"$out")"
expect "said: no product" '"intent":"order_status"' "$(sed -n 4p <<<"$out")"

# kept, and made anew only when it must be
expect "kept: says what it is" '^shopkeeper words [0-9a-f]{16}$' "$(head -1 shop.db.words)"
cp -p shop.db.words first.words
out=$(here --json hear said1.wav)
expect "kept: heard the same" '"query":"leather suitcase"' "$out"
[ shop.db.words -ef shop.db.words ] && [ ! shop.db.words -nt first.words ] && ok || bad "it was written again"
sed -i '1,5s/blanket/xylophone/' shop/products.csv
out=$(here --json hear said1.wav)
expect "changed: heard the same" '"query":"leather suitcase"' "$out"
expect "changed: the new word is in it" ' xylophone' "$(grep -m1 xylophone shop.db.words)"
cp shop.db.words second.words
cmp -s shop.db.words first.words && bad "it was not written again" || ok
printf 'shopkeeper words 0\ngarbage' >shop.db.words
expect "damaged: heard the same" '"query":"leather suitcase"' "$(here --json hear said1.wav)"
for bytes in 2000 100000; do
  head -c $bytes second.words >shop.db.words
  expect "cut short: heard the same" '"query":"leather suitcase"' "$(here --json hear said1.wav)"
  cmp -s shop.db.words second.words && ok || bad "cut short: it was not written again"
done
rm shop.db.words && mkdir shop.db.words
expect "no place for it: heard the same" '"query":"leather suitcase"' "$(here --json hear said1.wav 2>err)"
expect "no place for it: says so" 'are not kept' "$(cat err)"
expect "no database: heard the same" '"query":"leather suitcase"' "$("$sk" --shop shop --json hear said1.wav)"
finish
