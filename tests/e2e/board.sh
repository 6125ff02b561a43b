# shopkeeperd on a fake board whose edges are scripted: push to talk, a mute switch that closes the microphone, a button that
# is held, the volume, lights; and a service whose microphone is not there yet.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper
mkdir -p data/boards/fake data/boards/held
ln -s "$src/models" "$src/catalog" data/
ln -s "$src/boards/lights.ini" "$src/boards/generic-pc" data/boards/
mkfifo lines
export SHOPKEEPER_DATA=$work/data
profile() {
  printf '[board]\nname = Fake\n[gpio]\ndriver = fake\nchip = %s/lines\n[lights]\ndriver = fake\ndevice = %s/shown\n[inputs]\n' "$work" "$work"
}
{ profile; printf 'talk = 1 low\nmute = 2 low\nmute_is = switch\nlouder = 3\nsofter = 4\n'; } >data/boards/fake/board.ini
{ profile; printf 'talk = 1 low\nhold_ms = 500\n'; } >data/boards/held/board.ini
settings() {
  printf '[audio]\n%s\n[speaker]\nboard = %s\nsocket = %s/d.sock\n[shop]\ndir = %s\ndb = %s/shop.db\n' "$2" "$1" "$work" "$cafe" "$work"
}
settings fake 'driver = null' >fake.ini
settings held 'driver = null' >held.ini
printf '[audio]\ncapture = No Such Microphone\n[speaker]\nsocket = %s/d.sock\n[shop]\ndir = %s\ndb = %s/none.db\n' "$work" "$cafe" "$work" >none.ini

start() {
  ini=$1
  "$bin/shopkeeperd" --config "$ini" --verbose --verbose 2>d.log &
  daemon=$!
  for _ in $(seq 200); do status >/dev/null 2>&1 && return; sleep 0.1; done
  bad "shopkeeperd does not answer: $(cat d.log)"
}
stop() {
  kill -TERM $daemon
  wait $daemon && ok || bad "shopkeeperd did not end well: $(tail -n 5 d.log)"
}
status() { "$sk" --config "$ini" ctl status; }
edge() { echo "$*" >lines; sleep 0.1; } # longer than the debouncing
# becomes WHAT PATTERN COMMAND...: what it prints matches before long
becomes() {
  local what=$1 pattern=$2 said
  shift 2
  for _ in $(seq 100); do
    said=$("$@" 2>&1)
    grep -qE -- "$pattern" <<<"$said" && { ok; return; }
    sleep 0.1
  done
  bad "$what: no /$pattern/ in: ${said:0:800}"
}
captured() { status | jq .captured_frames; }
says() { sqlite3 shop.db 'SELECT text FROM conversation WHERE who = "assistant" ORDER BY rowid DESC LIMIT 1'; }
last_shown() { tail -n 1 shown; }

start fake.ini
becomes "idle" '"state":"idle","sound":true,"muted":false' status
becomes "dark" '^0 000000' last_shown
edge 1 0
becomes "push to talk" '"state":"open"' status
becomes "the light of listening" '^255 0000ff' last_shown
edge 1 1

edge 2 0
becomes "muted by the switch" '"state":"muted","sound":true,"muted":true' status
becomes "it says so" 'microphone is off' says
before=$(captured)
sleep 0.5
expect "nothing is captured" "^$before\$" "$(captured)"
becomes "the light of muted" 'ff0000$' last_shown
edge 1 0
edge 1 1
expect "muted, the button opens nothing" '"state":"muted"' "$(status)"
stop
start fake.ini
becomes "the switch is where it is" '"muted":false' status # a fake board begins with nothing pressed
edge 2 0
becomes "muted" '"muted":true' status
edge 2 1
becomes "and not" '"state":"idle","sound":true,"muted":false' status
becomes "it says so, too" 'I can hear you again|is on again' says
before=$(captured)
sleep 0.3
[ "$(captured)" -gt "$before" ] && ok || bad "nothing is captured after the switch was opened"
edge 4 1
edge 4 0
edge 3 1
edge 3 0
expect "the volume's buttons are no talk" '"state":"idle"' "$(status)"
stop

start held.ini
edge 1 0
sleep 1
becomes "held, the button mutes" '"muted":true' status
edge 1 1
kill -KILL $daemon
wait $daemon 2>/dev/null
start held.ini
becomes "muted after kill -9, too" '"state":"muted"' status
edge 1 0
sleep 1
edge 1 1
becomes "held again it hears" '"muted":false' status
stop

# without a microphone the service waits for one, and can be asked
export ASAN_OPTIONS=detect_leaks=0 # PortAudio leaks a little where ALSA finds no device at all
start none.ini
becomes "no microphone yet" '"sound":false' status
expect "asked all the same" '"ok":true' "$("$sk" --config none.ini ctl ask what is in my basket)"
expect "the journal says what is missing" 'no sound yet: .*(microphone|device)' "$(cat d.log)"
stop
finish
