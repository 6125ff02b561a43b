# A shopper and a person of the shop at once: chat and desk, and shopkeeperd and desk, on one database.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
chat() { "$sk" --db shop.db --shop "$grocer" chat; }
desk() { "$sk" --db shop.db desk "$@"; }
hours=$work/grocer # the grocer, open day and night
cp -r "$grocer" "$hours"
sed -i '2,$s/^\([a-z]*day\),[^,]*,[^,]*/\1,00:00,23:59/; /^[0-9]/d' "$hours/hours.csv"
grocer=$hours

# wait_for PATTERN FILE: until the file has it
wait_for() {
  for _ in $(seq 300); do grep -qiE -- "$1" "$2" && return; sleep 0.1; done
  bad "no /$1/ in: $(tail -n 5 "$2")"
}

mkfifo talk
chat <talk >said 2>said.err &
shopper=$!
exec 9>talk
echo 'find oat milk' >&9
wait_for 'which one' said
echo 'add cold brew concentrate to my basket' >&9
wait_for 'anything else' said
echo 'i want to speak to a human' >&9
wait_for 'ticket is 101' said
expect "the desk sees it" '^101 .*new .*asked .*dana.*: add cold brew' "$(desk)"
echo 'my milk was sour; `rm -rf` <b>' >&9
for _ in $(seq 100); do desk --json list | grep -q '"waiting":1' && break; sleep 0.1; done
out=$(desk show 101)
for part in 'find oat milk' 'cold brew' 'my milk was sour' 'address: '; do expect "shown: $part" "$part" "$out"; done
out=$(desk --json show 101)
expect "the packet" '"ticket":"101","why":"asked","question":"add cold brew concentrate to my basket"' "$out"
expect "the packet: what was tried" '"tried":\["search_product","add_to_cart","human_agent"\]' "$out"
expect "the packet: the basket" '"lines":\[\{"title":"Cold Brew' "$out"
expect "the packet: who" '"customer":\{"name":"Dana' "$out"
expect "the packet: what was said to the person" '"who":"shopper","name":"","text":"my milk was sour' "$out"
desk say 101 "Hello Dana, I'll send you another." --as Alex && ok || bad "desk say"
wait_for 'alex from .*hello dana' said # nothing was typed: it comes by itself
echo 'thank you' >&9
desk close 101 --as Alex && ok || bad "desk close"
wait_for '(alex has closed|alex has finished)' said
echo 'what is in my basket' >&9
wait_for 'cold brew concentrate.*\$' said
expect "nothing was answered for the person" '^0$' "$(grep -ciE 'sorry|thank' said)"
expect "the open ones" '^$' "$(desk)"
expect "all of them" '^101 .*closed' "$(desk list --all)"
exec 9>&-
wait $shopper && ok || bad "chat did not end well: $(cat said.err)"

refuses "say without a name" "needs --as NAME" "$sk" --db shop.db desk say 101 hello
refuses "a closed ticket" "ticket 101 is closed" "$sk" --db shop.db desk say 101 hello --as Alex
refuses "no such ticket" "no ticket '999'" "$sk" --db shop.db desk show 999
refuses "too long to be said" "at most 239 bytes" "$sk" --db shop.db desk say 101 "$(printf 'x%.0s' $(seq 300))" --as Alex
refuses "without a database" "needs --db" "$sk" --shop "$grocer" desk
refuses "another word" "usage: shopkeeper desk" "$sk" --db shop.db desk dance

# forgotten and not recorded: nothing of the talk is in the files any more
printf 'find zanzibar pepper\nforget my history\nyes\n' | chat >forgot
expect "it says so" 'talk is forgotten.*orders' "$(cat forgot)"
expect "and it is so" '^0$' "$(cat shop.db shop.db-wal 2>/dev/null | grep -ac zanzibar)"
expect "no sound is kept" '^$' "$(find . -newer talk \( -name '*.wav' -o -name '*.flac' -o -name '*.raw' \))"

# the voice loop as a service: it tells a message by itself, and is deaf when told so, over a restart
printf '[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n[shop]\ndir = %s\ndb = %s/voice.db\n' "$work" "$grocer" "$work" >d.ini
ctl() { "$sk" --config d.ini ctl "$@"; }
start() {
  "$bin/shopkeeperd" --config d.ini 2>d.log &
  daemon=$!
  for _ in $(seq 200); do ctl status >/dev/null 2>&1 && return; sleep 0.1; done
  bad "shopkeeperd does not answer: $(cat d.log)"
}
stop() { kill -TERM $daemon; wait $daemon && ok || bad "shopkeeperd did not end well: $(tail -n 5 d.log)"; }
heard() { "$sk" --config d.ini --json desk show 101 | grep -o '"heard":"20'; }
start
ctl wake >/dev/null
ctl ask i want to speak to a human >/dev/null
expect "handed over" '"state":"person"' "$(ctl status)"
"$sk" --config d.ini desk say 101 "hello there" --as Alex && ok || bad "desk say to shopkeeperd"
for _ in $(seq 300); do [ -n "$(heard)" ] && break; sleep 0.2; done
expect "the voice loop told it" 'heard' "$(heard)"
ctl ask back to the assistant >/dev/null
ctl ask stop listening >/dev/null
expect "deaf" '"state":"deaf"' "$(ctl status)"
stop
start
expect "deaf after a restart, too" '"state":"deaf"' "$(ctl status)"
ctl wake >/dev/null
expect "awake again" '"state":"open"' "$(ctl status)"
stop
finish
