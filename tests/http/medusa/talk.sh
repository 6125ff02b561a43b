# A shopper talks to the assistant, and the order is made in the real shop; the shop ships it, and the shopper hears so; a person of the shop
# answers. With the programs of PROGRAMS (build/dev/bin); skipped where they were not built with the shop's server.
. "$(dirname "$0")/../lib.sh"
sk=${PROGRAMS:-$root/build/dev/bin}/shopkeeper
"$sk" --help 2>/dev/null | grep -qw sync || { echo "skipped: talk: the programs are not built"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$headers" "$work"' EXIT
export SHOPKEEPER_DATA=${SOURCES:-$root}
cp -r "$SHOPKEEPER_DATA/catalog/grocer" "$work/grocer"
sed -i 's/^undo *=.*/undo = 0\nquiet = 00:00-00:00/' "$work/grocer/shop.ini"
sed -i '2,$s/^\([a-z]*day\),[^,]*,[^,]*/\1,00:00,23:59/; /^[0-9]/d' "$work/grocer/hours.csv"
printf '[shop]\ndir = %s/grocer\ndb = %s/shop.db\n[server]\nurl = %s\nanswer_s = 60\ncatalogue_s = 1\nspeaker = Talk\n[audio]\ndriver = null\n' "$work" "$work" "$SHOP_URL" >"$work/d.ini"
sync_now() { "$sk" --config "$work/d.ini" sync "$@" 2>&1; }
said() { grep -qiE -- "$2" <<<"$3" && ok || bad "$1: no /$2/ in: ${3:0:800}"; }

# chat LINE...: a conversation; {word} is the word that the last reply asks for
chat() {
  local line answer text=
  coproc TALK { "$sk" --config "$work/d.ini" --json chat 2>"$work/chat.err"; }
  for line; do
    line=${line//\{word\}/$(grep -oE 'confirm [a-z]+' <<<"$text" | tail -n 1 | cut -d' ' -f2)}
    echo "$line" >&"${TALK[1]}" || break
    IFS= read -r -t 90 answer <&"${TALK[0]}" || { bad "no answer to '$line': $(cat "$work/chat.err")"; break; }
    text=$(jq -r '.replies | join(" ")' <<<"$answer")
    printf '%s\n' "$text"
  done
  eval "exec ${TALK[1]}>&-"
  wait "$TALK_PID"
}

# staff approve the code as soon as there is one
(for _ in $(seq 120); do
  code=$(sql "select code from shopkeeper_pairing where name = 'Talk' and customer_id is null")
  [ -n "$code" ] && { staff POST /shopkeeper/pairings "{\"code\":\"$code\",\"customer\":\"$(seed .customers.dana)\"}"; break; }
  sleep 0.5
done) &
said "paired" 'paired' "$(sync_now pair)"
wait
sleep 2.5
sync_now >/dev/null
[ "$(sqlite3 "$work/shop.db" "SELECT count(DISTINCT product) FROM variant WHERE position IS NOT NULL AND shop_id LIKE 'variant_%'")" -gt 400 ] && ok || bad "the catalogue: $(sync_now)"
said "ordered" 'order' "$(chat 'add cold brew concentrate to my basket' 'check out' 'confirm {word}')"
said "sent" '1 orders? placed' "$(sync_now)"
[ "$(sql "select count(*) from \"order\" where metadata ? 'shopkeeper_key' and metadata->>'shopkeeper_device' = 'Talk' and status <> 'canceled'")" = 1 ] && ok || bad "it is not in the shop"
said "placed" 'not packed yet|placed' "$(chat 'where is my order')"
id=$(sql "select id from \"order\" where metadata->>'shopkeeper_device' = 'Talk'")
item=$(sql "select item_id from order_item where order_id = '$id' limit 1")
staff POST "/orders/$id/fulfillments" "{\"location_id\":\"$(seed .location)\",\"items\":[{\"id\":\"$item\",\"quantity\":1}]}"
parcel=$(sql "select fulfillment_id from order_fulfillment where order_id = '$id'")
staff POST "/orders/$id/fulfillments/$parcel/shipments" "{\"items\":[{\"id\":\"$item\",\"quantity\":1}],\"labels\":[{\"tracking_number\":\"PS9\",\"tracking_url\":\"\",\"label_url\":\"\"}]}"
gives "shipped by the shop" 200
sqlite3 "$work/shop.db" "UPDATE orders SET poll_ms = 0"
for _ in $(seq 10); do sync_now >/dev/null; [ "$(sqlite3 "$work/shop.db" "SELECT state FROM orders WHERE key IS NOT NULL")" = shipped ] && break; sleep 2; done
said "the shopper hears it" 'shipped|on its way|under way' "$(chat 'where is my order')"
finish
