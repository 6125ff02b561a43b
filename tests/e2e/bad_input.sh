# Whatever is wrong outside gets one clear sentence with what to do, a non-zero exit, and nothing is lost.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper

# audio
: >empty.wav
head -c 3000 /dev/urandom >noise.wav
"$sk" say "find oat milk" --out said.wav
cp said.wav lies.wav
truncate -s 4000 lies.wav
refuses "a file that is not there" "nowhere\.wav" "$sk" --shop "$cafe" hear nowhere.wav
refuses "an empty file" "empty\.wav.*empty" "$sk" --shop "$cafe" hear empty.wav
refuses "bytes that are no sound" "noise\.wav" "$sk" --shop "$cafe" hear noise.wav
refuses "a WAV that lies about its length" "lies\.wav" "$sk" --shop "$cafe" hear lies.wav
refuses "the same to the wake command" "lies\.wav" "$sk" wake lies.wav
refuses "a folder" "$(basename "$work")" "$sk" --shop "$cafe" hear "$work"
"$sk" --shop "$cafe" --json hear empty.wav said.wav >heard 2>/dev/null
expect "the good file is heard all the same" '"file":"said\.wav"' "$(cat heard)"
refuses "an unknown state" "state" "$sk" --shop "$cafe" hear --state nowhere said.wav

# grammar, states, replies
mkdir broken
cp -r "$src/models" broken/models
cp -r "$src/catalog" broken/catalog
cp -r "$src/boards" broken/boards
printf '#JSGF V1.0;\ngrammar main;\npublic <yes> = yes | ;;\n' >broken/models/en-US/grammar/main.jsgf
SHOPKEEPER_DATA=$work/broken refuses "a grammar with an error" "main\.jsgf:3:[0-9]+.*expected" "$sk" --shop "$cafe" understand yes
cp -r "$src/models/." broken/models/
printf '\n[open]\nintent = yes\n' >>broken/models/en-US/states.ini
SHOPKEEPER_DATA=$work/broken refuses "a states file with a wrong key" "states\.ini:[0-9]+" "$sk" --shop "$cafe" understand yes
cp -r "$src/models/." broken/models/
printf '\n[broken.reply]\nThis {is not closed\n' >>broken/models/en-US/replies.txt
SHOPKEEPER_DATA=$work/broken refuses "a reply text with an error" "replies\.txt:[0-9]+" "$sk" --shop "$cafe" understand yes

# catalogue
printf 'id,title,price\n1,Bread,2.49\n2,Milk,cheap\n3,,1.00\n4,"Eggs, twelve",3.99\n' >rows.csv
"$sk" --db rows.db catalog import rows.csv >out 2>err
expect "the count of an import with bad rows" "2 products in, 2 rows left out" "$(cat out)"
expect "a wrong price, by its line" "rows\.csv:3:.*price" "$(cat err)"
expect "a row without a title, by its line" "rows\.csv:4:.*title" "$(cat err)"
expect "the good rows are kept" "Eggs, twelve" "$("$sk" --db rows.db catalog list)"
printf 'name,cost\nBread,1\n' >header.csv
refuses "a header without an id" "header\.csv.*id" "$sk" --db rows.db catalog import header.csv
refuses "a CSV that is not there" "nothing\.csv" "$sk" --db rows.db catalog import nothing.csv
refuses "an import into nothing" "--db" "$sk" catalog import rows.csv
expect "nothing was lost" "Eggs, twelve" "$("$sk" --db rows.db catalog list)"

# database
printf 'this is a letter, not a database, and it is long enough to be one\n%.0s' {1..40} >letter.db
cp letter.db letter.copy
refuses "a file that is no database" "letter\.db" "$sk" --db letter.db orders
cmp -s letter.db letter.copy && ok || bad "the letter was changed"
"$sk" --shop "$grocer" --db newer.db orders >/dev/null
sqlite3 newer.db 'PRAGMA user_version = 9999'
refuses "a database of a newer version" "newer" "$sk" --db newer.db orders
"$sk" --shop "$grocer" --db held.db orders >/dev/null
mkfifo hold
sqlite3 held.db <hold >/dev/null 2>&1 &
exec 9>hold
echo 'BEGIN EXCLUSIVE; SELECT 1;' >&9
sleep 0.5
refuses "a database that is locked" "locked|busy|in use|uses" "$sk" --db held.db catalog import rows.csv
exec 9>&-
mkdir full
if mount -t tmpfs -o size=200k tmpfs full 2>/dev/null; then
  refuses "a disk that is full" "full|space" "$sk" --shop "$grocer" --db full/shop.db orders
  umount full
fi
refuses "a shop that is not there" "nowhere" "$sk" --shop nowhere chat
refuses "no shop at all" "--shop" "$sk" chat

# models and devices
printf '[hear]\nmodel = /nowhere\n' >model.ini
refuses "a missing acoustic model" "model" "$sk" --config model.ini --shop "$cafe" hear said.wav
printf '[voice]\nname = nosuchvoice\n' >voice.ini
refuses "a missing voice" "nosuchvoice" "$sk" --config voice.ini say hello --out x.wav
printf '[audio]\ncapture = No Such Microphone\n' >audio.ini
# PortAudio leaks a little where ALSA finds no device at all
ASAN_OPTIONS=detect_leaks=0 refuses "no microphone" "microphone|device" "$sk" --config audio.ini --shop "$cafe" listen
printf '[audio]\ncaptur = x\n' >typo.ini
refuses "a typing error in the settings" "typo\.ini:2.*captur" "$sk" --config typo.ini --shop "$cafe" chat

# command line
refuses "no such command" "command" "$sk" sing
refuses "an option of another command" "limit" "$sk" --shop "$cafe" hear --limit 3 said.wav
refuses "a number that is none" "number" "$sk" search --limit many tea
finish
