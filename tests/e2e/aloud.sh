# Sourced by tests that talk aloud with the voice loop, in real time: what is said to it is synthetic, and the sound card is made of two
# files (tests/audio/asound.conf). `sk` is the program, `src` the sources, `work` the folder, `bin` that of sk_feed.
printf '[audio]\ncapture = default\nplayback = default\ncapture_rate_hz = 16000\nplayback_rate_hz = 16000\n[voice]\nname = en-us\n' >sound.ini

# aloud_begin OPTION...: starts `listen` with these options; its events are in the file events
aloud_begin() {
  mkfifo orders.fifo events.fifo
  "$bin/sk_feed" mic mic.wav <orders.fifo >feed.log &
  feeder=$!
  exec 3>orders.fifo
  until [ -p mic ]; do sleep 0.05; done
  ALSA_CONFIG_PATH=$src/tests/audio/asound.conf WAVIN=$work/mic WAVOUT=$work/loudspeaker.raw \
    "$sk" "$@" --json listen >events.fifo 2>listen.log &
  loop=$!
  exec 4<events.fifo
  : >events
  until_listens 60 || bad "it did not start: $(cat listen.log)"
}

aloud_end() {
  kill -INT $loop; wait $loop 2>/dev/null
  echo QUIT >&3
  wait $feeder 2>/dev/null
}
aloud_kill() { kill $feeder $loop 2>/dev/null || true; }
feeder= loop= said=

# until_listens SECONDS: the events until it listens again after it has spoken; what it said last is in $said
until_listens() {
  local began=$SECONDS event spoke=no
  while [ $((SECONDS - began)) -lt "$1" ]; do
    IFS= read -r -t 1 -u 4 event || { kill -0 $loop 2>/dev/null || return 1; continue; }
    printf '%s\n' "$event" >>events
    case $event in
      *'"event":"ready"'*) return 0 ;;
      *'"event":"saying"'*) said=$(jq -r .text <<<"$event") ;;
      *'"event":"sounded"'*) spoke=yes ;;
      *'"event":"listening"'*) [ $spoke = no ] || return 0 ;;
    esac
  done
  return 1
}

# catch_up: what has happened since is in events, too
catch_up() {
  local event
  while IFS= read -r -t 0.3 -u 4 event; do printf '%s\n' "$event" >>events; done
}

# utter TEXT...: said one after the other
utter() {
  local n=0
  for text in "$@"; do
    "$sk" --config sound.ini say "$text" --out "part$n.wav" && sox "part$n.wav" "padded$n.wav" pad 0.3 0.3
    n=$((n + 1))
  done
  sox $(for i in $(seq 0 $((n - 1))); do echo "padded$i.wav"; done) turn.wav
  echo "PLAY turn.wav" >&3
  until_listens 60
}
