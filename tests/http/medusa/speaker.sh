# A speaker at the shop: paired by its code, filled, an order by conversation, shipped by the staff, and told.
. "$(dirname "$0")/../lib.sh"
bin=${SHOPKEEPER_BIN:-$root/build/dev/bin}
[ -x "$bin/shopkeeper" ] || { echo "speaker: skipped, $bin/shopkeeper is not built"; exit 0; }
sk=$bin/shopkeeper
work=$(mktemp -d)
trap 'rm -rf "$work" "$headers"' EXIT
export SHOPKEEPER_DATA=$root
cp -r "$root/catalog/grocer" "$work/grocer"
sed -i 's/^undo *=.*/undo = 0\nquiet = 00:00-00:00/' "$work/grocer/shop.ini"
printf '[shop]\ndir = %s/grocer\ndb = %s/shop.db\n[server]\nurl = %s\nspeaker = Kitchen\nanswer_s = 60\n[speaker]\nsocket = %s/none\n' "$work" "$work" "$SHOP_URL" "$work" >"$work/d.ini"
speaker() { "$sk" --config "$work/d.ini" "$@" 2>&1; }
here() { sqlite3 "$work/shop.db" "$1"; }
# expect WHAT PATTERN TEXT
expect() { if grep -qiE -- "$2" <<<"$3"; then ok; else bad "$1: no /$2/ in: ${3:0:600}"; fi; }
ini=$work/d.ini TALK_S=120
. "$root/tests/talk.sh"

speaker --json sync pair >"$work/pairing" &
pairing=$!
for _ in $(seq 300); do grep -q code "$work/pairing" && break; sleep 0.1; done
staff POST /shopkeeper/pairings "{\"code\":\"$(head -n 1 "$work/pairing" | jq -r .code)\",\"customer\":\"$(seed .customers.dana)\"}"
wait $pairing && ok || bad "pairing: $(cat "$work/pairing")"
sql "delete from shopkeeper_pairing"
expect "filled" '"products":[1-9][0-9]{2}' "$(cat "$work/pairing")"
expect "as many as the shop has" "^$(sql "select count(*) from product where deleted_at is null and status = 'published'")$" "$(here "SELECT count(*) FROM variant WHERE position = 0")"
expect "nothing has changed" '"products":0' "$(speaker --json sync)"

said=$(talk 'add honey crisp apples to my basket' 'the first one')
speaker sync >/dev/null # the total of the shop is asked ahead
said=$(talk 'check out' 'confirm {word}')
expect "read back and ordered" 'order.*number|number.*order|order [0-9]' "$said"
expect "sent" '"placed":1' "$(speaker --json sync)"
key=$(here "SELECT key FROM orders WHERE key IS NOT NULL ORDER BY id DESC LIMIT 1")
number=$(here "SELECT number FROM orders WHERE key = '$key'")
[ "$(sql "select count(*) from \"order\" where metadata->>'shopkeeper_key' = '$key' and status <> 'canceled'")" = 1 ] && ok || bad "there is not one order of $key"
expect "placed" 'not packed yet' "$(talk "where is order $number")"

id=$(here "SELECT remote FROM orders WHERE key = '$key'")
item=$(sql "select i.item_id from order_item i where i.order_id = '$id' limit 1")
many=$(sql "select i.quantity from order_item i where i.order_id = '$id' limit 1")
staff POST "/orders/$id/fulfillments" "{\"location_id\":\"$(seed .location)\",\"items\":[{\"id\":\"$item\",\"quantity\":$many}]}"
parcel=$(sql "select f.id from fulfillment f join order_fulfillment o on o.fulfillment_id = f.id where o.order_id = '$id'")
staff POST "/orders/$id/fulfillments/$parcel/shipments" "{\"items\":[{\"id\":\"$item\",\"quantity\":$many}],\"labels\":[{\"tracking_number\":\"PS1\",\"tracking_url\":\"\",\"label_url\":\"\"}]}"
expect "it has moved" '"moved":1' "$(speaker --json sync)"
expect "on its way" 'on its way' "$(talk "where is order $number")"
staff POST "/orders/$id/fulfillments/$parcel/mark-as-delivered"
speaker sync >/dev/null
expect "delivered" 'was delivered' "$(talk "where is order $number")"

talk 'i want to speak to a human' 'my apples were brown' >/dev/null
speaker sync >/dev/null; speaker sync >/dev/null
ticket=$(here "SELECT key FROM ticket ORDER BY id DESC LIMIT 1")
api() { local m=$1 p=$2 b=${3-}; send "$m" "$base$p" -H "Authorization: Bearer $(cat "$work/shop.db.token")" ${b:+--data-binary "$b"}; }
staff GET "/shopkeeper/tickets?open=1"
expect "the staff has the packet" "$ticket" "$answer"
finish
