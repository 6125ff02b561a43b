# A shop's server behind the speaker: a scripted one (tests/http/server.py) that answers badly when told to. Orders once,
# the catalogue, another total, refusals, order status, returns, a person; and what is said of all that in the conversation.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
shop=$work/grocer # without a window to take an order back, open day and night
cp -r "$grocer" "$shop"
sed -i 's/^undo *=.*/undo = 0\nquiet = 00:00-00:00/' "$shop/shop.ini" # news is told at any hour
sed -i '2,$s/^\([a-z]*day\),[^,]*,[^,]*/\1,00:00,23:59/; /^[0-9]/d' "$shop/hours.csv"
. "$src/tests/e2e/server.sh"
settle() { # until nothing waits: retries are seconds apart
  for _ in $(seq 30); do
    sqlite3 shop.db "UPDATE outbox SET next_ms = 0 WHERE NOT asks" >/dev/null
    sync_now >/dev/null
    [ "$(sqlite3 shop.db 'SELECT count(*) FROM outbox WHERE NOT asks')" = 0 ] && return
  done
  bad "the outbox is not empty: $(sqlite3 shop.db 'SELECT kind, tries, trouble FROM outbox')"
}

ini=d.ini
. "$src/tests/talk.sh"
order() { talk "add $1 to my basket" "check out" "confirm {word}"; }

start_server
printf '[shop]\ndir = %s\ndb = %s/shop.db\n[server]\nurl = http://127.0.0.1:%s\nanswer_s = 2\ncatalogue_s = 1\n[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n' \
  "$shop" "$work" "$port" "$work" >d.ini

control stock '{"variant": "variant_cold-brew-concentrate", "stock": null}' >/dev/null

# ---- who are you ----
expect "it is not paired" 'not know this speaker' "$(sync_now)"
(sleep 2; control approve >/dev/null) &
expect "paired by a code" '482913' "$(sync_now pair)"
expect "the token is nobody else's" '^600$' "$(stat -c %a shop.db.token)"
expect "everything is here" '^411$' "$(sqlite3 shop.db "SELECT count(*) FROM variant WHERE position = 0")"
chmod 644 shop.db.token
refuses "a token that others may read" "others may read the token" "$sk" --config d.ini sync
chmod 600 shop.db.token
expect "no secret is told" '^0$' "$("$sk" --config d.ini --verbose --verbose sync 2>&1 | grep -c paired-token)"

# ---- an order, once, whatever happens ----
expect "ordered" 'order.*\$13\.98' "$(order 'cold brew concentrate')"
expect "sent" '1 orders placed' "$(sync_now)"
expect "it is placed" 'not packed yet' "$(talk 'where is my order')"
turns=()
for kind in 500-before 500-after drop-before drop-after cut drip stall-before stall-after redirect html types latin1 twice busy huge deep; do
  fault 'PUT /orders' $kind
  turns+=('add cold brew concentrate to my basket' 'check out' 'confirm {word}')
done
talk "${turns[@]}" >/dev/null
settle
expect "each is there once" '^17 17$' "$(state '"\(.orders | length) \(.orders | map(.told) | unique | length)"')"
expect "and here" '^17$' "$(sqlite3 shop.db "SELECT count(*) FROM orders WHERE key IS NOT NULL AND state = 'placed' AND remote <> ''")"
fault 'POST /quote' html 1
fault 'GET /orders' drop-before 2
fault 'PUT /orders' drop-after 2
order 'cold brew concentrate' >/dev/null
sync_now >/dev/null
settle
expect "several at once" '^18 18$' "$(state '"\(.orders | length) \(.orders | map(.told) | unique | length)"')"

# ---- offline ----
sqlite3 shop.db "UPDATE notice SET told_ms = 1 WHERE kind = 'placed'" # some had to wait above
kill $server; wait $server 2>/dev/null
expect "it cannot be reached" 'cannot be reached' "$(sync_now)"
said=$(order 'cold brew concentrate')
expect "saved, not yet placed" "(isn't|not yet) placed" "$said"
number=$(sqlite3 shop.db "SELECT number FROM orders WHERE key IS NOT NULL AND state = 'saved' ORDER BY id DESC LIMIT 1")
expect "where it is" 'saved here' "$(talk 'where is my order' "$number" "where is order $number")"
start_server "$port"
settle
expect "news of it" "placed.*hear more|reached the shop|has your order" "$(talk 'what are your opening hours')"
expect "and only once" '^0$' "$(talk 'what are your opening hours' | grep -ciE 'hear more|tell you more')"

# ---- another total is asked about, and needs its word ----
control tax '{"milli": 50}' >/dev/null
order 'cold brew concentrate' >/dev/null
expect "it is asked" "1 wait for the shopper" "$(sync_now)"
count=$(state '.orders | length')
said=$(talk 'any notifications' 'where is my order' 'cold brew concentrate')
number=$(sqlite3 shop.db "SELECT number FROM orders WHERE asked_minor IS NOT NULL")
said=$(talk "where is order $number" 'yes' 'confirm {word}')
expect "the new total" '\$14\.68' "$said"
expect "a yes alone is none" 'need the word|A yes alone' "$said"
expect "agreed" 'goes to the shop|on its way to the shop' "$said"
settle
expect "placed for it" '14\.68' "$(state '.orders[-1].total')"
order 'cold brew concentrate' >/dev/null
sync_now >/dev/null
number=$(sqlite3 shop.db "SELECT number FROM orders WHERE asked_minor IS NOT NULL")
expect "dropped" 'cancel|dropped|stopped' "$(talk "where is order $number" 'no' | tail -n 1)"
settle
expect "and never placed" "^$((count + 1))$" "$(state '.orders | length')"
talk 'add cold brew concentrate to my basket' >/dev/null
sync_now >/dev/null
said=$(talk 'check out' 'confirm {word}')
expect "asked ahead: the shop's total is read back" '\$14\.68.*confirm' "$said"
expect "and ordered for" 'placed' "$(sync_now)"
expect "at the shop, too" '^14\.68$' "$(state '.orders[-1].total')"
count=$((count + 1))
control tax '{"milli": 0}' >/dev/null

# ---- refused ----
control stock '{"variant": "variant_cold-brew-concentrate", "stock": "0"}' >/dev/null
order 'cold brew concentrate' >/dev/null
expect "sold out meanwhile" '1 refused' "$(sync_now)"
expect "it is told why" "(wasn't placed|didn't take).*sold out" "$(talk 'what are your opening hours' yes | tr '\n' ' ')"
expect "the catalogue knows by now" "sold out|out of stock" "$(talk 'find cold brew concentrate' 'tell me more about cold brew concentrate')"
control stock '{"variant": "variant_cold-brew-concentrate", "stock": null}' >/dev/null

# ---- cancelled before and after it was sent ----
sync_now >/dev/null
order 'cold brew concentrate' >/dev/null
before=$(state '.orders | length')
number=$(sqlite3 shop.db "SELECT number FROM orders WHERE key IS NOT NULL AND state = 'saved'")
talk "cancel order $number" 'yes' >/dev/null
settle
expect "never sent" "^$before$" "$(state '.orders | length')"
order 'cold brew concentrate' >/dev/null
settle
number=$(sqlite3 shop.db "SELECT number FROM orders WHERE key IS NOT NULL AND state = 'placed' ORDER BY id DESC LIMIT 1")
talk "cancel order $number" 'yes' >/dev/null
fault 'POST /orders/.*/cancel' drop-after
settle
expect "cancelled at the shop" 'cancelled' "$(state '.orders[-1].state')"
order 'cold brew concentrate' >/dev/null
settle
number=$(sqlite3 shop.db "SELECT number FROM orders WHERE key IS NOT NULL AND state = 'placed' ORDER BY id DESC LIMIT 1")
control ship "{\"number\": \"$number\", \"state\": \"shipped\"}" >/dev/null
talk "cancel order $number" 'yes' >/dev/null
settle
expect "too late, and that is told" "too late|couldn't be changed" "$(talk 'what are your opening hours')"
expect "it is on its way" 'on its way with parcel star' "$(sync_now >/dev/null; talk "where is order $number")"

# ---- status, returns ----
control ship "{\"number\": \"$number\", \"state\": \"delivered\"}" >/dev/null
expect "it has moved" '1 have moved' "$(sync_now)"
expect "delivered" 'was delivered' "$(talk "where is order $number")"
talk "send back order $number" 'it is broken' 'yes' >/dev/null
fault 'PUT /orders/.*/returns' stall-after
fault 'PUT /orders/.*/returns' 500-after
settle
expect "sent back once" "^return-$number-1$" "$(state '.returned[] | .[0]')"

# ---- the catalogue ----
control price '{"variant": "variant_whole-bean-coffee", "price": "1.23"}' >/dev/null
control gone '{"product": "prod_pure-maple-syrup"}' >/dev/null
control title '{"product": "prod_ripe-yellow-bananas", "title": "Zanzibar Bananas"}' >/dev/null
for kind in html types latin1 huge deep cut; do
  fault 'GET /catalogue' $kind
  expect "$kind: the catalogue stays, and that is said" 'catalogue' "$(sync_now)"
  expect "$kind: as it was" '^411$' "$(sqlite3 shop.db "SELECT count(*) FROM variant WHERE position = 0")"
done
expect "changes" '[0-9]+ products in, 1 gone' "$(sync_now)"
expect "a new name is found" 'zanzibar bananas' "$(talk 'find zanzibar bananas')"
expect "what is gone is gone" '^0$' "$(talk 'find pure maple syrup' | grep -ciE 'pure maple syrup(,| for| is)')"
control cursor >/dev/null
fault 'GET /catalogue.*' drop-before
expect "all anew where the cursor is not known" '410 products in' "$(sync_now; sync_now)"

# ---- a person ----
talk 'i want to speak to a human' 'my milk was sour' >/dev/null
fault 'PUT /tickets' drop-after
settle
sync_now >/dev/null
expect "the packet" 'my milk was sour' "$(state '.said[]')"
control say '{"name": "Alex", "text": "Sorry! I send you another."}' >/dev/null
fault 'GET /messages' cut
sync_now >/dev/null; sync_now >/dev/null; sync_now >/dev/null
expect "once" '^1$' "$(sqlite3 shop.db "SELECT count(*) FROM ticket_message WHERE who = 'person'")"
expect "it is told" 'alex.*send you another' "$(printf 'thank you\n' | "$sk" --config d.ini chat)"
control close '{"name": "Alex"}' >/dev/null
sync_now >/dev/null
expect "closed by them" 'alex has (closed|finished)' "$(printf '\n' | "$sk" --config d.ini chat)"
expect "it was heard" 'another' "$(state '.heard[]')"
expect "closed" '^$' "$("$sk" --config d.ini desk)"

# ---- as a service, which shopkeeperd hears from ----
"$bin/shopkeeperd" --config d.ini 2>d.log &
daemon=$!
for _ in $(seq 200); do "$sk" --config d.ini ctl status >/dev/null 2>&1 && break; sleep 0.1; done
"$bin/shopkeeper-syncd" --config d.ini --verbose 2>syncd.log &
syncd=$!
for _ in $(seq 200); do grep -q backend syncd.log && break; sleep 0.1; done
refuses "one at a time" "another program synchronises" "$sk" --config d.ini sync
order 'cold brew concentrate' >/dev/null
for _ in $(seq 100); do [ "$(sqlite3 shop.db 'SELECT count(*) FROM outbox')" = 0 ] && break; sleep 0.2; done
expect "the service sent it" 'sent 1: 1 placed' "$(cat syncd.log)"
control title '{"product": "prod_ripe-yellow-bananas", "title": "Krakatoa Bananas"}' >/dev/null
for _ in $(seq 100); do grep -q 'catalogue: 1' syncd.log && break; sleep 0.2; done
for _ in $(seq 200); do
  "$sk" --config d.ini ctl wake >/dev/null 2>&1 && "$sk" --config d.ini ctl ask find krakatoa bananas >/dev/null 2>&1
  sqlite3 shop.db "SELECT text FROM conversation" | grep -q 'Krakatoa' && break
  sleep 0.3
done
expect "shopkeeperd knows the new name" 'Krakatoa' "$(sqlite3 shop.db 'SELECT text FROM conversation WHERE who = "assistant"')"
kill -TERM $syncd
wait $syncd && ok || bad "shopkeeper-syncd did not end well: $(tail -n 5 syncd.log)"
kill -TERM $daemon; wait $daemon 2>/dev/null

# ---- revoked ----
control revoke >/dev/null
expect "revoked: it says so" 'not know this speaker' "$(sync_now)"

# ---- TLS ----
kill $server; wait $server 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out ca.pem -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
cat key.pem ca.pem >both.pem
start_server 0 --cert both.pem
echo none >shop.db.token
sed "s|^url = .*|url = https://127.0.0.1:$port|" d.ini >tls.ini
expect "a certificate that nobody knows" 'certificate is not trusted' "$("$sk" --config tls.ini sync 2>&1)"
expect "one of the CA of the settings" ': reached' "$(sed "s|^url = .*|&\nca = $work/ca.pem|" tls.ini >ca.ini; "$sk" --config ca.ini sync 2>&1)"
expect "of another name" 'certificate is not trusted' "$(sed 's|127.0.0.1|localhost|' ca.ini >name.ini; "$sk" --config name.ini sync 2>&1)"
sed 's|ca.pem|none.pem|' ca.ini >none.ini
refuses "a CA that is not there" "cannot be read" "$sk" --config none.ini sync

# ---- no server at all ----
printf '[shop]\ndir = %s\ndb = %s/local.db\n' "$shop" "$work" >d.ini
order 'cold brew concentrate' >/dev/null
expect "orders settle here" 'backend local' "$(sync_now)"
expect "placed" 'placed' "$("$sk" --config d.ini orders)"
"$sk" --config d.ini orders --csv orders.csv >/dev/null
expect "for the owner" '^number,state,placed' "$(head -n 1 orders.csv)"
expect "with its line" 'placed.*Cold Brew Concentrate' "$(cat orders.csv)"
while IFS='|' read -r what why line; do
  { cat d.ini; printf '[server]\n%s\n' "$line"; } >bad.ini
  refuses "$what" "$why" "$sk" --config bad.ini sync
done <<'END'
a server without TLS|has no TLS|url = http://shop.example
a server that is none|write it as https|url = ftp://shop.example
a backend that is none|no backend 'magento'|backend = magento
a server that is not named|needs a server|backend = medusa
END
finish
