# A speaker at a shop without the plug-in, which its Store API stands for: filled, an order, shipped by the staff; then syncd and the
# server are killed in the middle of orders (KILL_ROUNDS of each, 3 if not set): never two, and where nobody can tell, that is said.
. "$(dirname "$0")/../lib.sh"
bin=${SHOPKEEPER_BIN:-$root/build/dev/bin}
[ -x "$bin/shopkeeper" ] || { echo "store: skipped, $bin/shopkeeper is not built"; exit 0; }
sk=$bin/shopkeeper syncd=
work=$(mktemp -d)
trap 'kill $syncd 2>/dev/null; rm -rf "$work" "$headers"' EXIT
export SHOPKEEPER_DATA=$root
cp -r "$root/catalog/grocer" "$work/grocer"
sed -i 's/^undo *=.*/undo = 0\nquiet = 00:00-00:00/' "$work/grocer/shop.ini"
printf '[shop]\ndir = %s/grocer\ndb = %s/shop.db\n[server]\nurl = %s\nbackend = medusa-store\nanswer_s = 60\n[speaker]\nsocket = %s/none\n' "$work" "$work" "$SHOP_URL" "$work" >"$work/d.ini"
(umask 077 && seed .publishable >"$work/shop.db.token")
speaker() { "$sk" --config "$work/d.ini" "$@" 2>&1; }
here() { sqlite3 -cmd '.timeout 5000' "$work/shop.db" "$1"; }
expect() { if grep -qiE -- "$2" <<<"$3"; then ok; else bad "$1: no /$2/ in: ${3:0:600}"; fi; }
ini=$work/d.ini TALK_S=120
. "$root/tests/talk.sh"
# orders_of KEY: how many the server has
orders_of() { sql "select count(*) from \"order\" where metadata->>'shopkeeper_key' = '$1' and status <> 'canceled'"; }
keys() { here "SELECT key FROM orders WHERE key IS NOT NULL ORDER BY id"; }
newest() { keys | tail -n 1; }
state_of() { here "SELECT state FROM orders WHERE key = '$1'"; }
order() { talk 'add cold brew concentrate to my basket' 'check out' 'confirm {word}' >/dev/null; }
due() { here "UPDATE outbox SET next_ms = 0 WHERE NOT asks"; }
sql "update inventory_level set stocked_quantity = 1000, raw_stocked_quantity = '{\"value\":\"1000\",\"precision\":20}' where inventory_item_id in (select inventory_item_id from product_variant_inventory_item where variant_id = '$(variant cold-brew-concentrate)')"

# ---- the catalogue ----
published="select count(*) from product where deleted_at is null and status = 'published'"
expect "filled" '"products":[1-9][0-9]{2}' "$(speaker --json sync)"
expect "as many as the shop has" "^$(sql "$published")$" "$(here "SELECT count(*) FROM variant WHERE position = 0")"
expect "variants and their prices" '^bag: five pounds\|449' "$(here "SELECT v.options, v.price_minor FROM variant v JOIN product p ON p.id = v.product WHERE p.title = 'Russet Potatoes' AND v.position IS NOT NULL ORDER BY v.position LIMIT 1")"
expect "nothing has changed" '"products":0' "$(speaker --json sync)"
gone=$(sql "select id from product where handle = 'green-baking-apples'")
staff POST "/products/$gone" '{"status":"draft"}'; gives "unpublished" 200
expect "noticed at the end of a pass" '"gone":1' "$(speaker --json sync)"
staff POST "/products/$gone" '{"status":"published"}'

# ---- an order ----
talk 'add cold brew concentrate to my basket' >/dev/null
speaker sync >/dev/null # the total of the shop is asked ahead
expect "read back and ordered" 'order.*number|number.*order|order [0-9]' "$(talk 'check out' 'confirm {word}')"
expect "sent" '"placed":1' "$(speaker --json sync)"
key=$(newest)
number=$(here "SELECT number FROM orders WHERE key = '$key'")
[ "$(orders_of "$key")" = 1 ] && ok || bad "there is not one order of $key"
id=$(here "SELECT remote FROM orders WHERE key = '$key'")
item=$(sql "select i.item_id from order_item i where i.order_id = '$id' limit 1")
staff POST "/orders/$id/fulfillments" "{\"location_id\":\"$(seed .location)\",\"items\":[{\"id\":\"$item\",\"quantity\":1}]}"
parcel=$(sql "select f.id from fulfillment f join order_fulfillment o on o.fulfillment_id = f.id where o.order_id = '$id'")
staff POST "/orders/$id/fulfillments/$parcel/shipments" "{\"items\":[{\"id\":\"$item\",\"quantity\":1}],\"labels\":[]}"
expect "it has moved" '"moved":1' "$(speaker --json sync)"
expect "on its way" 'on its way|left the shop' "$(talk "where is order $number")"

# ---- coupons, as the server really answers ----
cart_with() { # CODE: what a quote makes of it
  send POST "$SHOP_URL/store/carts" -H "x-publishable-api-key: $(seed .publishable)" --data-binary "{\"region_id\":\"$(seed .region)\",\"items\":[{\"variant_id\":\"$(variant cold-brew-concentrate)\",\"quantity\":2}]}"
  send POST "$SHOP_URL/store/carts/$(get .cart.id)/promotions" -H "x-publishable-api-key: $(seed .publishable)" --data-binary "{\"promo_codes\":[\"$1\"]}"
}
cart_with SOON; gives "one that does not count yet is left out" 200 '.cart.promotions == []'
cart_with NOSUCH; gives "one that is unknown" 400 '.type == "invalid_data"'

# ---- syncd is killed ----
rounds=${KILL_ROUNDS:-3} begun=0 once=0
for round in $(seq "$rounds"); do
  order; key=$(newest)
  "$bin/shopkeeper-syncd" --config "$work/d.ini" >"$work/syncd.log" 2>&1 & syncd=$!
  for _ in $(seq 600); do [ "$(here "SELECT doubtful FROM outbox WHERE key = '$key'")" = 1 ] && break; sleep 0.02; done
  sleep "0.$(printf %03d $(((round * 110) % 700)))"
  kill -KILL $syncd; wait $syncd 2>/dev/null
  begun=$((begun + $(here "SELECT count(*) FROM outbox WHERE key = '$key' AND doubtful")))
  for _ in 1 2 3 4 5 6 7 8 9; do
    due; speaker sync >/dev/null
    [ -z "$(here "SELECT 1 FROM outbox WHERE key = '$key'")" ] && break
    sleep 1
  done
  case $(state_of "$key")-$(orders_of "$key") in
    placed-1) once=$((once + 1)) && ok ;;
    uncertain-0) ok ;; # killed between the mark on the disk and the first byte: from here that looks like half an order
    *) bad "syncd killed, round $round: $(state_of "$key"), $(orders_of "$key") orders" ;;
  esac
done
printf 'store: %d rounds with syncd killed, in %d while nobody knew: %d placed, %d left to people\n' "$rounds" $begun $once $((rounds - once))
[ $once -gt 0 ] && ok || bad "none of them was placed"

# ---- the server is killed ----
half=0 doubled=0 uncertain=0
for round in $(seq "$rounds"); do
  order; key=$(newest)
  speaker sync >"$work/said" & device=$!
  # a few milliseconds after the order can be seen first
  sql "do \$\$ begin for i in 1..6000 loop if exists (select 1 from \"order\" where metadata->>'shopkeeper_key' = '$key') then exit; end if; perform pg_sleep(0.005); end loop; end \$\$"
  sleep "0.$(printf %03d $(((round - 1) * 40 % 280)))"
  kill -KILL "$(cat "$SHOP_DIR/server.pid")"
  wait $device
  "$root/script/test-shop" restart >/dev/null 2>&1 || { bad "the shop did not start again"; break; }
  for _ in $(seq 12); do
    due; speaker sync >/dev/null
    [ -z "$(here "SELECT 1 FROM outbox WHERE key = '$key'")" ] && break
  done
  there=$(orders_of "$key") is=$(state_of "$key")
  [ "$there" -le 1 ] || doubled=$((doubled + 1))
  case $is in
    placed) [ "$there" = 1 ] && ok || bad "server killed, round $round: placed, $there orders" ;;
    uncertain) uncertain=$((uncertain + 1)) half=$((half + there)) && ok ;;
    *) bad "server killed, round $round: $is, $there orders" ;;
  esac
done
[ $doubled = 0 ] && ok || bad "$doubled orders were made twice"
printf 'store: %d rounds with the server killed: %d left to people, of which %d were half made there; made twice: %d\n' "$rounds" $uncertain $half $doubled
[ $uncertain = 0 ] || expect "the owner is told" 'uncertain .*shopkeeper_number' "$(speaker sync status)"
all=0 many=0
for key in $(keys); do all=$((all + 1)); [ "$(orders_of "$key")" -le 1 ] || many=$((many + 1)); done
[ $many = 0 ] && ok || bad "$many of $all orders are there twice"
finish
