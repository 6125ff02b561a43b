# shopkeeperd with silent sound devices: it starts, is spoken to by its socket, keeps a basket over a restart, and ends well.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
printf '[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n[shop]\ndir = %s\ndb = %s/shop.db\n' "$work" "$grocer" "$work" >d.ini

start() {
  "$bin/shopkeeperd" --config d.ini --verbose --verbose 2>d.log &
  daemon=$!
  for _ in $(seq 200); do "$sk" --config d.ini ctl status >/dev/null 2>&1 && return; sleep 0.1; done
  bad "shopkeeperd does not answer: $(cat d.log)"
}

stop() {
  kill -TERM $daemon
  wait $daemon && ok || bad "shopkeeperd did not end well: $(tail -n 5 d.log)"
}

start
expect "status" '"state":"idle","sound":true' "$("$sk" --config d.ini ctl status)"
expect "a text of its owner's" '"ok":true' "$("$sk" --config d.ini ctl say the code is four two)"
expect "not two at once" '"error":"busy' "$("$sk" --config d.ini ctl say the code is four two)"
expect "push to talk" '"ok":true' "$("$sk" --config d.ini ctl wake)"
expect "listening after it" '"state":"open"' "$("$sk" --config d.ini ctl status)"
expect "an order by text" '"ok":true' "$("$sk" --config d.ini ctl ask put bananas in my basket)"
expect "a request that is none" '"error"' "$("$sk" --config d.ini ctl dance)"
refuses "a second one on the same socket" "another shopkeeperd" "$bin/shopkeeperd" --config d.ini
expect "the first one goes on" '"sound":true' "$("$sk" --config d.ini ctl status)"
stop
refuses "nobody there" "no shopkeeperd" "$sk" --config d.ini ctl status
expect "the journal tells no words" '^0$' "$(grep -ci banana d.log)"
start
kill -KILL $daemon
wait $daemon 2>/dev/null
start
expect "the basket has outlived kill -9" 'banana' "$(echo "what is in my basket" | "$sk" --db shop.db chat)"
stop
finish
