# Interrupting the assistant in a room where the microphone hears it: "stop" and the wake phrase, from a recording.
# The voices are synthetic, and the room is made up, so that this runs anywhere.
. "$(dirname "$0")/lib.sh"
sk=$bin/shopkeeper

# say VOICE OUT TEXT
say() {
  printf '[voice]\nname = %s\n' "$1" >voice.ini
  "$sk" --config voice.ini say "$3" --out "$2" || bad "cannot say $3"
}

# 20 ms of way, then an echo that dies away; as loud in the microphone as speech beside it
sox -R -n -r 16000 -c 1 -b 16 room.wav synth 0.15 whitenoise fade l 0 0.15 0.15 pad 0.02 0
printf '[audio]\nroom_db = -6\n' >room.ini
say en-us wake.wav "okay shopkeeper"
say en-us ask.wav "show me headphones"
say en-us+f3 stop.wav "stop"
say en-us again.wav "okay shopkeeper"
say en-us basket.wav "what is in my basket"
sox -n -r 16000 -c 1 -b 16 second.wav trim 0 1
sox -n -r 16000 -c 1 -b 16 rest.wav trim 0 30
sox second.wav wake.wav -r 16000 -c 1 head.wav pad 0 0.4
sox head.wav ask.wav rest.wav question.wav

# listen NAME INPUT: events in NAME, the answer in NAME.wav
listen() {
  "$sk" --config room.ini --shop "$grocer" --json listen --in "$2" --out "$1.wav" --room room.wav >"$1" 2>err || bad "listen failed: $(cat err)"
}

# at NAME EVENT N: when the Nth such event came, ms
at() { jq -rn --arg e "$2" --argjson n "$3" '[inputs | select(.event == $e)][$n].at_ms // -1' "$1"; }

# Nothing in the answer from 100 ms behind the event on, for 400 ms; and it had something right before it.
silent_after() { # NAME AT_MS
  level() { sox "$1.wav" -n trim "$(awk "BEGIN{print $2/1000}")" "$3" stat 2>&1 | awk '/Maximum amplitude/{a=$3} /Minimum amplitude/{b=-$3} END{m=a>b?a:b; print m}'; }
  expect "$1: it speaks until then" '^1$' "$(awk "BEGIN{print ($(level "$1" $(($2 - 400)) 0.4)>0.01)}")"
  expect "$1: silent within 100 ms" '^1$' "$(awk "BEGIN{print ($(level "$1" $(($2 + 100)) 0.4)<0.0005)}")"
}

listen whole question.wav
expect "its own voice wakes nobody" '^1$' "$(grep -c '"event":"woke"' whole)"
expect "one request" '^1$' "$(grep -c '"event":"heard"' whole)"
expect "and the reply is said to its end" '"event":"spoken"' "$(cat whole)"
from=$(at whole sounded 0)
then=$(awk "BEGIN{print ($from + 3000) / 1000}")

sox stop.wav late.wav pad "$then" 0
sox -m -v 1 question.wav -v 1 late.wav stopped_in.wav
listen stopped stopped_in.wav
expect "stop is heard" 'stop' "$(grep '"event":"heard"' stopped | sed -n 2p)"
silent_after stopped "$(at stopped heard 1)"

sox again.wav gap.wav pad 0 0.4
sox gap.wav basket.wav -r 16000 -c 1 order.wav
sox order.wav late.wav pad "$then" 0
sox -m -v 1 question.wav -v 1 late.wav woken_in.wav
listen woken woken_in.wav
expect "the wake phrase is heard" '^2$' "$(grep -c '"event":"woke"' woken)"
silent_after woken "$(at woken woke 1)"
expect "and the order that follows it" 'show_cart' "$(grep '"event":"heard"' woken | sed -n 2p)"
finish
