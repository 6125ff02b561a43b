# A Medusa shop without the plug-in behind the speaker (tests/http/store_api.py): what can be bought there is bought once, whatever
# becomes of the answers, and where nobody can tell whether it was, nothing is sent again.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
shop=$work/grocer # without a window to take an order back, open day and night
cp -r "$grocer" "$shop"
sed -i 's/^undo *=.*/undo = 0\nquiet = 00:00-00:00/' "$shop/shop.ini"
. "$src/tests/e2e/server.sh"
ini=d.ini
. "$src/tests/talk.sh"
here() { sqlite3 shop.db "$1"; }
settle() { # until nothing waits: retries are seconds apart
  for _ in $(seq 15); do
    here "UPDATE outbox SET next_ms = 0 WHERE NOT asks" >/dev/null
    sync_now >/dev/null
    [ "$(here 'SELECT count(*) FROM outbox WHERE NOT asks')" = 0 ] && return
  done
  bad "the outbox is not empty: $(here 'SELECT kind, tries, looks, trouble FROM outbox')"
}
sold() { state '"\(.sold | length) \(.sold | map(.metadata.shopkeeper_key) | unique | length)"'; }

start_server 0 --stall 3
printf '[shop]\ndir = %s\ndb = %s/shop.db\n[server]\nurl = http://127.0.0.1:%s\nbackend = medusa-store\nanswer_s = 2\n[audio]\ndriver = null\n' \
  "$shop" "$work" "$port" >d.ini
control stock '{"variant": "variant_cold-brew-concentrate", "stock": null}' >/dev/null

# ---- whose shop ----
expect "without a key" 'publishable API key' "$(sync_now)"
refuses "there is nobody to pair with" 'publishable API key' "$sk" --config d.ini sync pair
(umask 077 && echo pk_other >shop.db.token)
expect "another key" 'does not know this speaker' "$(sync_now)"
echo pk_test >shop.db.token
said=$("$sk" --config d.ini --verbose --verbose sync 2>&1)
expect "filled" '411 products in, 0 gone' "$said"
expect "the key is not told" '^0$' "$(grep -c pk_test <<<"$said")"
expect "its ways of delivery" '^express delivery standard delivery$' "$(here 'SELECT name FROM delivery ORDER BY name' | xargs)"

# ---- orders ----
turns=()
for kind in 500-after drop-after cut stall-after types huge twice redirect; do # "after": the cart says what became of it
  fault 'POST /carts/.*/complete' $kind
  turns+=('add cold brew concentrate to my basket' 'check out' 'confirm {word}')
done
fault 'POST /carts$' 500-after
fault 'POST /payment-collections' drop-after
fault 'POST /carts/.*/shipping' html
talk "${turns[@]}" >/dev/null
settle
expect "each once" '^8 8$' "$(sold)"
expect "and known here" '^8$' "$(here "SELECT count(*) FROM orders WHERE key IS NOT NULL AND state = 'placed' AND remote <> ''")"
for kind in drop-before half; do # the one did not begin, the other is half made, and the cart looks the same
  fault 'POST /carts/.*/complete' $kind
  talk 'add cold brew concentrate to my basket' 'check out' 'confirm {word}' >/dev/null
  sync_now >/dev/null
  expect "$kind: looked for again first" '^1$' "$(here 'SELECT looks FROM outbox')"
  settle
done
expect "at most once" '^9 9$' "$(sold)"
expect "of two nobody knows" '^2$' "$(here "SELECT count(*) FROM orders WHERE state = 'uncertain'")"
expect "the owner is told" 'BAD +uncertain .*shopkeeper_number' "$("$sk" --config d.ini sync status)"
expect "and what cannot be done" 'cannot be cancelled' "$("$sk" --config d.ini sync status)"
number=$(here "SELECT number FROM orders WHERE state = 'uncertain' LIMIT 1")
said=$(talk "where is order $number" 'what are your opening hours')
expect "so is the shopper" "can't be certain|nobody here knows" "$said"
sync_now >/dev/null
expect "and it stays at that" '^9 9$' "$(sold)"

# ---- afterwards ----
number=$(here "SELECT number FROM orders WHERE state = 'placed' AND key IS NOT NULL ORDER BY id DESC LIMIT 1")
id=$(here "SELECT remote FROM orders WHERE number = '$number'")
talk "cancel order $number" 'yes' >/dev/null
control move "{\"id\": \"$id\", \"fulfillment_status\": \"shipped\", \"fulfillments\": [{\"shipped_at\": \"2026-05-03T14:00:00.000Z\", \"items\": [{\"line_item_id\": \"item_0\"}]}]}" >/dev/null
settle
sync_now >/dev/null
expect "it cannot be cancelled from here, and is on its way" "on its way|left the shop" "$(talk "where is order $number")"
expect "in its parcel" '^1$' "$(here "SELECT count(*) FROM shipment_line l JOIN shipment s ON s.id = l.shipment WHERE s.orders = (SELECT id FROM orders WHERE number = '$number')")"

# ---- the catalogue ----
control gone '{"product": "prod_pure-maple-syrup"}' >/dev/null
for kind in html types cut huge; do
  here "UPDATE meta SET value = 'at.50.prod_elsewhere.411.2026' WHERE key = 'sync.cursor'"
  fault 'GET /products' $kind
  sync_now >/dev/null
  expect "$kind: the catalogue stays" '^411$' "$(here "SELECT count(*) FROM variant WHERE position = 0")"
done
expect "a pass that something was deleted in begins anew, and what is gone is gone" '410 products in, 1 gone' "$(sync_now)"
expect "no other pass so soon" '^0$' "$(sync_now | grep -c 'products in')"
finish
