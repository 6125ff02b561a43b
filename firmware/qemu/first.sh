# Sourced by qemu-test. A card as it comes from the factory, with two files that its owner has put on it.

# question TEXT OUT: the wake phrase, a breath, and TEXT, by a voice of eSpeak NG
question() {
  local sk=$root/build/release/bin/shopkeeper work=$out/question
  rm -rf "$work" && mkdir -p "$work"
  printf '[voice]\nname = en-us\n' >"$work/voice.ini"
  "$sk" --config "$work/voice.ini" say "okay shopkeeper" --out "$work/1.wav"
  "$sk" --config "$work/voice.ini" say "$1" --out "$work/2.wav"
  sox "$work/1.wav" "$work/1p.wav" pad 1 0.4
  sox "$work/2.wav" "$work/2p.wav" pad 0 2
  sox "$work/1p.wav" "$work/2p.wav" -r 16000 -c 1 -b 16 "$2"
}

test_first() {
  step "Building (release)" build_sk
  fresh_card
  printf 'ssid = Kitchen \xc3\xa9\r\npassphrase = correct horse battery\r\ncountry = DE\r\ntimezone = Europe/Berlin\r\n' >"$out/setup.txt"
  { cat "$root/firmware/etc/shopkeeper.ini"; printf '\n[voice]\nname = en-us\n'; } >"$out/shopkeeper.ini"
  mcopy -o -i "$disk@@$boot_at" "$out/setup.txt" "$out/shopkeeper.ini" ::
  give first
  question "where is my order" "$out/give/question.wav"
  pack "$out/give"
  start first
  until_line first 1800 'sk-test: listening at' && say "  it listens after $((SECONDS - began)) s"
  finish_boot first 2400

  local got=$out/first
  expect "first boot has made a larger data partition" '^/dev/vda4 +1[0-9]{9} ' "$got/df"
  expect "it has a name of its own" '^shopkeeper-[0-9a-f]{4}$' "$got/hostname"
  expect "and a key of its own" 'CN = shopkeeper-' "$got/key"
  expect "which is nobody else's to read" '^-rw-------.* speaker.key' "$got/files"
  expect "the wireless network is taken over" 'ssid=4b69746368656e20c3a9' "$got/wpa.conf"
  expect "without its passphrase" '^ *psk=[0-9a-f]{64}$' "$got/wpa.conf"
  if grep -q horse "$got/setup.txt" "$got/wpa.conf"; then bad "the passphrase is still there"; else ok "which is gone from the card"; fi
  expect "the time zone too" 'Europe/Berlin' "$got/localtime"
  expect "the board is known" "this is QEMU's virt" "$got/journal"
  expect "the settings too" 'shopkeeper.ini is taken over' "$got/journal"
  expect "what is kept is on the data partition" '/var/lib/shopkeeper +ext4' "$got/mounts"
  if [ -s "$got/failed" ]; then bad "services have failed: $(tr '\n' ' ' <"$got/failed")"; else ok "no service has failed"; fi
  expect "all three services run" '^ *3 active$' "$got/services"
  expect "the companion page is there" '<!doctype html>' "$got/page"
  expect "the question is heard" 'heard order_status' "$got/journal"
  expect "and answered" 'answered after [0-9]+ ms' "$got/journal"
  expect "with what the shop knows" 'assistant.*(order|way|left the shop).*(way|arrive|there)' "$got/conversation"
  expect "and nothing said is in the journal" . "$got/journal"
  if grep -qi 'oat milk' "$got/journal"; then bad "the journal tells what was said"; else ok "the journal does not tell what was said"; fi

  # the sound: the first words of the answer, as this voice says them; and another sentence, to see that it can tell
  local text words other
  text=$(sed -n 's/^assistant|[^|]*|//p' "$got/conversation" | tail -n 1)
  words=$(sed -E 's/[.,:;] .*//; s/ (and should|with).*//' <<<"$text")
  "$root/build/release/bin/shopkeeper" --config "$out/question/voice.ini" say "$words" --out "$out/expected.wav"
  "$root/build/release/bin/shopkeeper" --config "$out/question/voice.ini" say "I could not find headphones, but there are some other things that you may like" --out "$out/other.wav"
  sox "$got/answer.wav" -r 16000 -c 1 -b 16 "$out/recorded.wav"
  read -r like at < <(python3 "$here/match.py" "$out/recorded.wav" "$out/expected.wav")
  read -r other _ < <(python3 "$here/match.py" "$out/recorded.wav" "$out/other.wav")
  say "  \"$words\": correlation $like at $at s of the recording; another sentence $other"
  if awk "BEGIN { exit !($like > 0.9 && $like > $other + 0.15) }"; then ok "the loudspeaker said it"; else bad "the recorded sound is not \"$words\""; fi
  expect "the sound did not break off" '"underruns":0' "$got/status"
  say "  $(sed -n 's/.*\(answered after .*\)/\1/p' "$got/journal" | head -n 1); memory: $(tr -s ' \n' ' ' <"$got/memory")kB; $(grep -E 'MemAvailable' "$got/meminfo" | tr -s ' ') of $(grep MemTotal "$got/meminfo" | tr -s ' ')"
}
