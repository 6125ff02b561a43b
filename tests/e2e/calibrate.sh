# The threshold of the wake phrase for one household: chosen from recordings, kept beside the database, used, taken back.
# The voices are synthetic.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper

# speak FILE.wav VOICE TEXT
speak() {
  printf '[voice]\nname = %s\n' "$2" >voice.ini
  "$sk" --config voice.ini say "$3" --out part.wav || bad "cannot say $3"
  sox part.wav -r 16000 -c 1 "$1" pad 0.5 0.5
}

i=0
for voice in en-us en-us+f3 en-gb en-us+m3; do i=$((i + 1)); speak say$i.wav $voice "okay shopkeeper"; done
sox -n -r 16000 -c 1 -b 16 silence.wav synth 20 whitenoise vol 0.002
speak talk.wav en-gb "the weather will be fine tomorrow and the shop on the corner is open until eight okay see you there"

# what it chooses
"$sk" --db shop.db --json wake --calibrate --room silence.wav,talk.wav say?.wav >chosen 2>err || bad "calibrate: $(cat err)"
expect "four repetitions, all heard" '"repetitions":4,"heard":4' "$(cat chosen)"
expect "both go together" '"together":true' "$(cat chosen)"
expect "no more alarms than wanted" '^true$' "$(jq '.alarms_a_day > 2.8 and .alarms_a_day <= 3 and .wanted_a_day == 3' chosen)"
expect "the length of the room" '^true$' "$(jq '.room_ms > 24000 and .room_ms < 40000' chosen)"
threshold=$(jq .threshold chosen)
expect "it is kept" "^threshold = $(printf '%.2f' "$threshold")\$" "$(cat shop.db.wake)"
expect "for this phrase" '^phrase = okay shopkeeper$' "$(cat shop.db.wake)"
expect "no half-written file is left" '^shop\.db\.wake$' "$(ls shop.db.*)"
"$sk" --db shop.db --json wake --calibrate --alarms 30 --room talk.wav say?.wav >more 2>/dev/null
expect "who bears more alarms gets a lower one" '^true$' "$(jq -s '.[1].threshold < .[0].threshold' chosen more)"
expect "in one sentence" '^"okay shopkeeper" needs a score of [0-9.-]+ from now on.* false alarms a day.*4 of 4' \
  "$("$sk" --db shop.db wake --calibrate --room talk.wav say?.wav 2>/dev/null)"

# it is used, by what listens, too: a threshold above all shuts out the phrase
"$sk" --shop "$cafe" --db shop.db orders >/dev/null
woke() { "$sk" "$@" --db shop.db --json listen --in say1.wav --out answer.wav 2>/dev/null | grep -c '"event":"woke"'; }
found() { "$sk" --db shop.db "$@" wake say1.wav | grep -c score; }
expect "wakes by the calibration" '^1$' "$(woke)"
expect "finds by the calibration" '^1$' "$(found)"
sed -i 's/^threshold = .*/threshold = 40/' shop.db.wake
expect "does not wake above all" '^0$' "$(woke)"
expect "does not find above all" '^0$' "$(found)"
expect "doctor says so" 'needs a score of 40.00, calibrated' "$(ASAN_OPTIONS=detect_leaks=0 "$sk" --db shop.db doctor)"
printf '[hear]\nwake_threshold = 1\n' >set.ini
expect "the settings go first" '^1$' "$(found --config set.ini)"
expect "and say so" 'wake_threshold = 1 of the settings goes first' \
  "$("$sk" --config set.ini --db other.db wake --calibrate --room talk.wav say?.wav 2>&1 >/dev/null)"
printf '[hear]\nwake_phrase = smart mirror\n' >phrase.ini
expect "of another phrase it says nothing" 'as usual, for the calibration was for another phrase' \
  "$(ASAN_OPTIONS=detect_leaks=0 "$sk" --config phrase.ini --db shop.db doctor)"

# bad files, and taking it back
# damaged WHAT: it is said, and the phrase is heard as usual
damaged() {
  expect "$1" 'score' "$("$sk" --db shop.db wake say1.wav 2>err)"
  expect "$1" 'not as it was calibrated.*forget.*shop\.db\.wake' "$(cat err)"
}
for text in 'threshold = 1000' 'threshold = nan' 'threshold = 1 2' 'louder = 3' '[wake' ''; do
  printf '[wake]\nphrase = okay shopkeeper\n%s\n' "$text" >shop.db.wake
  damaged "a calibration with '$text'"
done
head -c 5000 /dev/urandom >shop.db.wake
damaged "a calibration that is no text"
expect "doctor says that it is bad" 'BAD +threshold .*forget.*shop\.db\.wake' "$(ASAN_OPTIONS=detect_leaks=0 "$sk" --db shop.db doctor)"
expect "forgetting" 'shop\.db\.wake is taken back' "$("$sk" --db shop.db wake --forget)"
[ ! -e shop.db.wake ] && ok || bad "the calibration is still there"
expect "forgetting twice" '"forgotten":false' "$("$sk" --db shop.db --json wake --forget)"
expect "wakes as usual" '^1$' "$(woke)"
mkdir shop.db.wake
damaged "a calibration that is a folder"
rmdir shop.db.wake

# a room that is full of the phrase: both do not go together
for k in 1 2 3 4 5 6 7 8; do cat_list="${cat_list:-} say1.wav say3.wav"; done
sox $cat_list full.wav
"$sk" --db shop.db --json wake --calibrate --alarms 0.1 --room full.wav say?.wav >full 2>err
expect "both do not go together" '"together":false' "$(cat full)"
expect "the room may hold the phrase" 'if somebody said the phrase there' "$(cat err)"
expect "the repetitions win" '^true$' "$(jq '.threshold <= .repetitions_need and .heard == .repetitions' full)"
expect "and it says so" 'both do not go together\. Choose a longer wake phrase' \
  "$("$sk" --db shop.db wake --calibrate --alarms 0.1 --room full.wav say?.wav 2>/dev/null)"

# wrong command lines and recordings
rm shop.db.wake
refuses "no room" 'needs --room' "$sk" --db shop.db wake --calibrate say?.wav
refuses "two repetitions" '3 to 64 repetitions' "$sk" --db shop.db wake --calibrate --room talk.wav say1.wav say2.wav
refuses "no database" '--db' "$sk" wake --calibrate --room talk.wav say?.wav
refuses "nothing to forget by" '--db' "$sk" wake --forget
refuses "no alarms at all" 'alarms' "$sk" --db shop.db wake --calibrate --alarms 0 --room talk.wav say?.wav
refuses "a room that is not there" 'nowhere\.wav' "$sk" --db shop.db wake --calibrate --room talk.wav,nowhere.wav say?.wav
refuses "a threshold besides" 'threshold' "$sk" --db shop.db wake --calibrate --threshold 3 --room talk.wav say?.wav
refuses "no recording" 'usage' "$sk" wake
"$sk" --db shop.db wake --calibrate --room talk.wav silence.wav silence.wav silence.wav >out 2>err && bad "silence is taken for the phrase"
expect "no repetition holds the phrase" 'none of the repetitions' "$(tail -n 1 err)"
[ ! -e shop.db.wake ] && ok || bad "a calibration that failed was kept"
finish
