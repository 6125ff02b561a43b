# The companion page through its programs: shopkeeperd with silent sound devices, shopkeeper-webd, and a visitor (curl).
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
settings() { printf '[audio]\ndriver = null\n[speaker]\nsocket = %s/%s.sock\n[shop]\ndir = %s\ndb = %s/shop.db\n[web]\nport = %s\n' "$work" "$1" "$grocer" "$work" "$port"; }
settings d >d.ini
settings tap >w.ini # the page's way to the speaker, written down
page=http://127.0.0.1:$port
ctl() { "$sk" --config d.ini ctl "$@"; }
daemon= webd= tap=
trap 'kill $daemon $webd $tap 2>/dev/null || true' EXIT

start_speaker() {
  "$bin/shopkeeperd" --config d.ini 2>d.log &
  daemon=$!
  for _ in $(seq 200); do ctl status >/dev/null 2>&1 && return; sleep 0.1; done
  bad "shopkeeperd does not answer: $(cat d.log)"
}
start_page() {
  "$bin/shopkeeper-webd" --config w.ini --verbose 2>>w.log &
  webd=$!
  for _ in $(seq 100); do curl -s -o /dev/null "$page/" && return; sleep 0.1; done
  bad "shopkeeper-webd does not answer: $(cat w.log)"
}
# visit PATH [CURL OPTION...]: status, then the answer; post likewise, as the page does it. jar has who is logged in
visit() { local path=$1; shift; curl -s -m 20 -b jar -w '\n%{http_code}' "$@" "$page$path" | { mapfile -t all; printf '%s ' "${all[-1]}"; printf '%s\n' "${all[@]:0:${#all[@]}-1}"; }; }
post() { local path=$1 body=$2; shift 2; visit "$path" -c jar -H 'X-Shopkeeper: page' -H 'Content-Type: application/json' -d "$body" "$@"; }
said_code() { grep '^code {"code"' tap.log | tail -n 1 | grep -oE '[0-9]{6}'; }
quiet() { for _ in $(seq 300); do ctl status | grep -q '"state":"idle"' && ctl status | grep -q '"sound":true' && return; sleep 0.2; done; }
# says_code: once the speaker has nothing else to say
says_code() { for _ in $(seq 150); do got=$(post /api/code '{}'); grep -q '^409' <<<"$got" || break; sleep 0.2; done; printf '%s\n' "$got"; }
: >jar

python3 "$src/tests/e2e/tap.py" tap.sock d.sock tap.log &
tap=$!
start_page
refuses "the port is taken" "port $port is taken by another program" "$bin/shopkeeper-webd" --config w.ini
sed 's/^port = .*/&\naddress = 192.0.2.1/' d.ini >other.ini
refuses "an address of another machine" "192.0.2.1 is no address of this machine" "$bin/shopkeeper-webd" --config other.ini
sed 's/^port = .*/&\nsecret = yes/' d.ini >wrong.ini
refuses "a setting that is none" "wrong.ini:[0-9]+:.*secret" "$bin/shopkeeper-webd" --config wrong.ini
expect "the page comes without a code" '^200 <!doctype html>' "$(visit /)"
out=$(curl -sD - -o /dev/null "$page/")
for line in "Content-Security-Policy: default-src 'none'; script-src 'self'" 'X-Content-Type-Options: nosniff' 'Referrer-Policy: no-referrer' 'Cache-Control: no-store'; do
  expect "its headers" "^$line" "$out"
done
expect "nothing of it is loaded from elsewhere" '^0$' "$(cat "$src"/models/en-US/web/* | grep -v 'http://www.w3.org' | grep -ciE 'https?://|<script>|style="|onclick')"

# ---- the page is whole ----
data=$src/models/en-US/web
for key in $(grep -oE '(text|has)\("[a-z_.]+"|\? "[a-z_]+\.[a-z_]+" : "[a-z_]+\.[a-z_]+"' "$data/page.js" | grep -oE '[a-z_]+\.[a-z_]+'); do
  jq -e --arg key "$key" 'getpath($key / ".")' "$data/texts.json" >/dev/null && ok || bad "texts.json has no $key"
done
for state in saved placed packed shipped part_shipped out_for_delivery delivered delayed cancelled refused returned refunded uncertain; do
  grep -q "\"$state\"" "$src"/src/shop/*.c && jq -e ".where.$state" "$data/texts.json" >/dev/null && ok || bad "no words for an order that is $state"
done
for id in $(grep -oE 'by\("[a-z_]+"' "$data/page.js" | cut -d'"' -f2 | sort -u) $(grep -oE 'copy\("[a-z_]+"' "$data/page.js" | cut -d'"' -f2 | sort -u); do
  grep -q "id=\"$id\"" "$data/index.html" && ok || bad "index.html has no $id"
done

# ---- nobody is known yet ----
for path in now orders order/31602 owner; do expect "$path is for who is known" '^401' "$(visit /api/$path)"; done
for path in logout type wake mute volume; do expect "$path is for who is known" '^401' "$(post /api/$path '{}')"; done
expect "no speaker, no code" '^503 .*away' "$(post /api/code '{}')"
start_speaker
expect "a code is asked for by the page alone" '^403' "$(visit /api/code -d '{}')"
expect "said, not shown" '^200 {"seconds":180}$' "$(says_code)"
expect "another page's host" '^403' "$(visit / -H 'Host: evil.example')"
expect "another page's host, as the page" '^403' "$(post /api/login "{\"code\":\"$(said_code)\"}" -H 'Host: evil.example')"
expect "another page's form" '^403' "$(visit /api/login -d "{\"code\":\"$(said_code)\"}" -H 'Content-Type: application/json')"
expect "another page's script" '^403' "$(post /api/login "{\"code\":\"$(said_code)\"}" -H 'Origin: http://evil.example')"
expect "a form" '^415' "$(visit /api/login -d 'code=1' -H 'X-Shopkeeper: page')"
expect "not while it speaks" '^409 .*busy' "$(post /api/code '{}')"
right=$(said_code)
for left in 4 3 2 1 0; do expect "a wrong code" "^403 .*wrong.*\"left\":$left" "$(post /api/login "{\"code\":\"x$left\"}")"; done
expect "the sixth try, though it is right" '^403 .*gone' "$(post /api/login "{\"code\":\"$right\"}")"
expect "another code" '^200' "$(says_code)"
expect "logged in" '^200' "$(post /api/login "{\"code\":\"$(said_code)\"}")"
expect "the cookie is not for scripts" '^#HttpOnly_127.0.0.1' "$(cat jar)"
expect "the code counts once" '^403 .*gone' "$(post /api/login "{\"code\":\"$(said_code)\"}")"
expect "the third in ten minutes" '^200' "$(says_code)"
expect "not a fourth" '^429 .*wait.*"seconds":[0-9]+' "$(says_code)"

# ---- what is shown, and what is typed ----
expect "the speaker" '"answers":true,"state":"[a-z]+","sound":true,"muted":false' "$(visit /api/now)"
quiet
expect "typed" '^200 {"ok":true}' "$(post /api/type '{"text":"put two bananas in my basket"}')"
now=$(curl -s -b jar "$page/api/now")
expect "its answer" 'assistant: .*banana' "$(jq -r '.turns[] | .who + ": " + .text' <<<"$now")"
expect "the basket" '^Ripe Yellow Bananas 2 358 USD$' "$(jq -r '.basket.lines[] | "\(.title) \(.quantity) \(.total.minor) \(.total.currency)"' <<<"$now")"
expect "its total" '^857 2$' "$(jq -r '.basket.total | "\(.minor) \(.digits)"' <<<"$now")"
orders=$(curl -s -b jar "$page/api/orders")
expect "an order" '"state":"shipped".*"as_of_ms":[0-9]+' "$orders"
expect "it is a parcel" '^0$' "$(grep -ciE 'milk|title|total|price' <<<"$orders")"
number=$(jq -r '.orders[0].number' <<<"$orders")
expect "what is in it, asked for" '"title":"Barista Oat Milk"' "$(curl -s -b jar "$page/api/order/$number")"
expect "not by a part of its number" '^404' "$(visit "/api/order/${number:2}")"
expect "the owner's findings" '"what":"server","ok":true' "$(curl -s -b jar "$page/api/owner")"
post /api/type '{"text":"i want to speak to a human"}' >/dev/null
"$sk" --config d.ini desk say 101 "Hello <b>there</b>" --as Alex && ok || bad "desk say"
expect "a person of the shop" '^Alex: Hello <b>there</b>$' "$(curl -s -b jar "$page/api/now" | jq -r '.person.messages[] | .name + ": " + .text')"
for _ in $(seq 150); do visit /api/now | grep -q 'says: Hello' && break; sleep 0.2; done # it tells it by itself
expect "back to the assistant" '^200' "$(post /api/type '{"text":"back to the assistant"}')"

# ---- nothing is ordered by it ----
before=$(sqlite3 shop.db 'SELECT count(*) FROM orders')
last_word() { curl -s -b jar "$page/api/now" | jq -r '.turns[].text' | grep -oiE 'confirm [a-z]+' | tail -n 1; }
expect "checking out" '^200' "$(post /api/type '{"text":"check out"}')"
expect "typed, the word" '^200' "$(post /api/type "{\"text\":\"$(last_word)\"}")"
expect "it wants a voice" 'say it to me|for a voice' "$(curl -s -b jar "$page/api/now" | jq -r '.turns[-1].text')"
expect "nothing is ordered" "^$before\$" "$(sqlite3 shop.db 'SELECT count(*) FROM orders')"
expect "as if it were said, no" '^400' "$(post /api/type "{\"text\":\"x\\nask $(last_word)\"}")"
expect "nothing is ordered yet" "^$before\$" "$(sqlite3 shop.db 'SELECT count(*) FROM orders')"
ctl ask "$(last_word)" >/dev/null
expect "by who is there it is" "^$((before + 1))\$" "$(sqlite3 shop.db 'SELECT count(*) FROM orders')"

# ---- buttons ----
expect "mute" '^200' "$(post /api/mute '{"muted":true}')"
expect "muted" '"muted":true' "$(visit /api/now)"
kill -KILL $daemon; wait $daemon 2>/dev/null
start_speaker
expect "muted after kill -9, too" '"muted":true' "$(visit /api/now)"
expect "unmute" '^200' "$(post /api/mute '{"muted":false}')"
expect "louder" '^200' "$(post /api/volume '{"tenths":10}')"
expect "as loud as it goes" '"muted":false.*"volume":10' "$(ctl status)"
expect "not louder than that" '^400' "$(post /api/volume '{"tenths":11}')"
ctl ask stop listening >/dev/null
expect "told not to listen" '^409 .*deaf' "$(post /api/type '{"text":"where is my order"}')"
expect "push to talk" '^200' "$(post /api/wake '{}')"
expect "it listens" '"state":"open"' "$(ctl status)"

# ---- visitors that do not behave ----
expect "too much to say" '^413' "$(post /api/type "{\"text\":\"$(printf 'x%.0s' $(seq 2000))\"}")"
expect "a body of no length" '^411' "$(post /api/type '{}' -H 'Transfer-Encoding: chunked')"
expect "no JSON" '^400' "$(post /api/type 'text')"
expect "another method" '^405' "$(visit /api/now -X PUT)"
expect "a file of the speaker" '^404' "$(visit /../shop.db --path-as-is)"
expect "a header without end" '^(4|0)' "$(visit / -H "X: $(printf 'x%.0s' $(seq 40000))")"
python3 - "$port" <<'P' && ok || bad "twenty at once"
import socket, sys, time
many = []
for i in range(20):
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    s.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n" if i % 2 else b"")
    many.append(s)
time.sleep(0.5)
P
expect "and it goes on" '^200' "$(visit /api/now)"

# ---- half of it is not there ----
kill -TERM $daemon; wait $daemon 2>/dev/null
expect "without shopkeeperd" '"answers":false.*"store":"ok"' "$(visit /api/now)"
expect "what is kept is shown" '"number"' "$(visit /api/orders)"
expect "but not made" '^shop.db$' "$(ls | grep -E '^shop.db(-wal|-shm)?$')"
expect "nothing can be asked" '^503 .*away' "$(post /api/type '{"text":"hello"}')"
mv shop.db kept.db
expect "without a database" '"store":"none"' "$(visit /api/now)"
expect "nor orders" '^503 .*none' "$(visit /api/orders)"
cp kept.db shop.db
sqlite3 shop.db 'PRAGMA journal_mode = DELETE; PRAGMA user_version = 999' >/dev/null
expect "a newer one" '"store":"version"' "$(visit /api/now)"
mv kept.db shop.db
expect "it is back" '"store":"ok"' "$(visit /api/now)"
cp jar before
expect "log out" '^200' "$(post /api/logout '{}')"
cp before jar
expect "logged out" '^401' "$(visit /api/now)"

# ---- its end ----
expect "what was said to let somebody in is not kept" '^0$' "$(sqlite3 shop.db "SELECT count(*) FROM conversation WHERE text LIKE '%code%'")"
expect "the journal tells no words, codes or keys" '^0$' "$(grep -ciE "banana|$(said_code)|$(awk '/shopkeeper/ {print $NF}' before)" w.log)"
began=$(date +%s%N)
kill -TERM $webd
wait $webd && ok || bad "shopkeeper-webd did not end well: $(tail -n 5 w.log)"
[ $((($(date +%s%N) - began) / 1000000)) -lt 5000 ] && ok || bad "it took its time to end"
finish
