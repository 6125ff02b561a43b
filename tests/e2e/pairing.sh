# A speaker that its shop does not know yet: it says a code by itself, and when it is asked for one; and what the owner is told
# when something between speaker and server is amiss.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
. "$src/tests/e2e/server.sh"
said() { sqlite3 -cmd '.timeout 5000' shop.db "SELECT text FROM conversation WHERE who = 'assistant' ORDER BY id"; }
status() { "$sk" --config d.ini sync status 2>&1; }
# until WHAT PATTERN COMMAND...: what the command prints matches, within a minute or two
until_so() {
  local what=$1 pattern=$2 now
  shift 2
  for _ in $(seq 300); do
    now=$("$@")
    grep -qiE -- "$pattern" <<<"$now" && { ok; return; }
    sleep 0.3
  done
  bad "$what: no /$pattern/ in: ${now:0:800}"
}
hear() { "$sk" --config d.ini ctl wake >/dev/null && "$sk" --config d.ini ctl ask "$@" >/dev/null; }

start_server
printf '[shop]\ndir = %s\ndb = %s/shop.db\n[server]\nurl = http://127.0.0.1:%s\nanswer_s = 2\ncatalogue_s = 1\n[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n' \
  "$grocer" "$work" "$port" "$work" >d.ini
expect "nothing is known yet" 'BAD +pairing.*does not know this speaker.*pair with the shop' "$(status)"
expect "and nobody works on it" 'BAD +service.*does not run: start it' "$(status)"

# ---- the first time, by itself ----
"$bin/shopkeeperd" --config d.ini 2>d.log &
daemon=$!
"$bin/shopkeeper-syncd" --config d.ini --verbose 2>syncd.log &
syncd=$!
until_so "the code is said" '482913.*482913.*shop.example/shopkeeper/pair' said
expect "the owner sees that it waits" 'BAD +pairing.*code was asked for' "$(status)"
control approve >/dev/null
until_so "whose it is now" "Dana Whitfield's speaker" said
until_so "all is well" '^ok +catalogue +411 products' status
expect "nothing is amiss" '^0$' "$(status | grep -c BAD)"
expect "the code is in no log" '^0$' "$(cat syncd.log d.log | grep -c 482913)"
expect "nor its secret" '^0$' "$(cat syncd.log d.log shop.db shop.db-wal 2>/dev/null | grep -ac sssssss)"
until_so "it listens again" '"state"' eval '"$sk" --config d.ini ctl status 2>/dev/null'
hear pair with the shop
until_so "asked again: it is paired" "Dana Whitfield's speaker.*Dana Whitfield's speaker" eval 'said | tr "\n" " "'

# ---- taken back, and asked for in words ----
control revoke >/dev/null
until_so "the owner is told how to mend it" 'BAD +pairing.*taken back.*pair with the shop' status
expect "it does not ask by itself" '^1$' "$(said | grep -c 482913)"
"$sk" --config d.ini sync pair >pair.log 2>&1 &
asking=$!
until_so "a code for who asks by program, too" 'type the code 482913' cat pair.log
until_so "and said" '482913.*482913.*482913' eval 'said | tr "\n" " "'
control approve >/dev/null
wait $asking && ok || bad "sync pair: $(cat pair.log)"
expect "paired" '^paired$' "$(cat pair.log)"

# ---- the server goes ----
kill $server; wait $server 2>/dev/null
until_so "it is said, with what to look at" 'BAD +server.*cannot be reached.*tried again by itself' status
expect "doctor says so" 'BAD +server.*cannot be reached.*sync status' "$(ASAN_OPTIONS=detect_leaks=0 "$sk" --config d.ini doctor 2>/dev/null)"
control revoke >/dev/null 2>&1
printf 'add cold brew concentrate to my basket\n' | "$sk" --config d.ini chat >/dev/null
kill -TERM $daemon; wait $daemon 2>/dev/null
. "$src/tests/talk.sh"
ini=d.ini
order=$(talk "check out" "confirm {word}")
expect "saved" "(isn't|not yet) placed" "$order"
until_so "what waits" 'to send +order [0-9]+ is' status
expect "as JSON" '"check":"to send"' "$("$sk" --config d.ini --json sync status)"
kill -TERM $syncd; wait $syncd 2>/dev/null

# ---- a shop that has no plug-in ----
python3 -u -m http.server 0 --bind 127.0.0.1 >plain.log 2>&1 &
server=$!
for _ in $(seq 100); do plain=$(grep -oE 'port [0-9]+' plain.log | cut -d' ' -f2); [ -n "$plain" ] && break; sleep 0.1; done
sed "s|^url = .*|url = http://127.0.0.1:${plain:-1}|" d.ini >plain.ini
expect "it says what is missing there" 'no Shopkeeper plug-in' "$("$sk" --config plain.ini sync 2>&1)"
finish
