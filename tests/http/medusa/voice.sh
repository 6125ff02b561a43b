# Aloud: a shopper buys from the real shop by voice, the shop ships, and the speaker says so. In real time; the shopper's voice is
# synthetic, and the sound card is made of two files.
. "$(dirname "$0")/../lib.sh"
bin=${SHOPKEEPER_BIN:-$root/build/dev/bin} src=$root
[ -x "$bin/shopkeeper" ] && [ -x "$bin/sk_feed" ] || { echo "voice: skipped, $bin/shopkeeper is not built"; exit 0; }
command -v sox >/dev/null || { echo "voice: skipped, there is no sox"; exit 0; }
sk=$bin/shopkeeper
work=$(mktemp -d)
export SHOPKEEPER_DATA=$root
cd "$work" || exit 1
. "$root/tests/e2e/aloud.sh"
trap 'aloud_kill; rm -rf "$work" "$headers"' EXIT
expect() { if grep -qiE -- "$2" <<<"$3"; then ok; else bad "$1: no /$2/ in: ${3:0:600}"; fi; }
cp -r "$root/catalog/grocer" grocer
sed -i 's/^undo *=.*/undo = 0\nquiet = 00:00-00:00/' grocer/shop.ini
{ cat sound.ini; printf '[shop]\ndir = %s/grocer\ndb = %s/shop.db\n[server]\nurl = %s\nspeaker = Kitchen\nanswer_s = 60\n[speaker]\nsocket = %s/none\n' "$work" "$work" "$SHOP_URL" "$work"; } >d.ini
here() { sqlite3 -cmd '.timeout 5000' shop.db "$1"; }
meet() { "$sk" --config d.ini --json sync 2>&1; }

pair Kitchen dana
(umask 077 && echo "$token" >shop.db.token)
meet >filled

# turn WHAT PATTERN WORDS: said up to three times, as a shopper does who is not understood; with the wake phrase if it waits for it
turn() {
  for _ in 1 2 3; do
    catch_up
    case $(grep '"event":"listening"' events | tail -n 1 | jq -r '.state // ""') in
      '' | idle) utter "okay shopkeeper" "$3" ;;
      *) utter "$3" ;;
    esac
    if grep -qiE -- "$2" <<<"$said"; then ok; return; fi
  done
  bad "$1: no /$2/ in: ${said:0:600}"
}

aloud_begin --config d.ini
turn "in the basket" 'cold brew concentrate.*basket|basket.*cold brew' "add cold brew concentrate to my basket"
meet >/dev/null # the total of the shop is asked ahead
turn "the read-back" 'cold brew concentrate.*confirm [a-z]+' "place my order"
turn "ordered" 'order [0-9]|number|ordered|placed|on its way to' "confirm $(sed -E 's/.*confirm ([a-z]+).*/\1/' <<<"$said")"
expect "sent" '"placed":1' "$(meet)"
key=$(here "SELECT key FROM orders WHERE key IS NOT NULL ORDER BY id DESC LIMIT 1")
id=$(here "SELECT remote FROM orders WHERE key = '$key'")
[ "$(sql "select count(*) from \"order\" where metadata->>'shopkeeper_key' = '$key' and status <> 'canceled'")" = 1 ] && ok || bad "there is not one order of $key"
total=$(sql "select trunc((totals->>'current_order_total')::numeric, 2) from order_summary where order_id = '$id' limit 1")
agreed=$(here "SELECT printf('%.2f', agreed_minor / 100.0) FROM orders WHERE key = '$key' AND agreed_minor IS NOT NULL")
[ -z "$agreed" ] || [ -z "$total" ] || [ "$agreed" = "$total" ] && ok || bad "agreed to $agreed, and the shop wants $total"
turn "not yet shipped" 'not packed|just placed|has your order|placed' "where is my cold brew concentrate"

item=$(sql "select i.item_id from order_item i where i.order_id = '$id' limit 1")
staff POST "/orders/$id/fulfillments" "{\"location_id\":\"$(seed .location)\",\"items\":[{\"id\":\"$item\",\"quantity\":1}]}"
parcel=$(sql "select f.id from fulfillment f join order_fulfillment o on o.fulfillment_id = f.id where o.order_id = '$id'")
staff POST "/orders/$id/fulfillments/$parcel/shipments" "{\"items\":[{\"id\":\"$item\",\"quantity\":1}],\"labels\":[{\"tracking_number\":\"PS1\",\"tracking_url\":\"\",\"label_url\":\"\"}]}"
expect "it has moved" '"moved":1' "$(meet)"
turn "on its way, it says" 'on its way' "where is my cold brew concentrate"
aloud_end
expect "all of it was heard" '"intent":"confirm_order"' "$(grep '"event":"heard"' events)"
finish
