# wake phrases (people): missed at so many false alarms an hour, in quiet and in noise, and the cost (FIT=1: new weights and threshold; KEEP=DIR: what was found stays there)
. "$(dirname "$0")/lib.sh"
has wake
has noise/kitchen-a.flac
# in noise each phrase comes after ten seconds of it, so that the first stage has had its fill of false candidates
LEAD_S=10
phrases=$(cd "$data/wake" && ls -d -- *)
# Weights and threshold come from one half in quiet and in Kitchen20's noise (condition fit), what is reported from the other half in
# quiet and in another kitchen. A recording's half goes by its name, AN4's by the speaker.
declare -A noises=([clean]=- [10dB]=$data/noise/kitchen-a.flac [fit]=$(ls "$data"/noise/kitchen20/*-0[1-6].flac | paste -sd,))
runs="clean.heldout 10dB.heldout"
[ "${FIT:-0}" = 0 ] || runs="$runs clean.fit fit.fit"
half() {
  local name
  name=$(basename "$1" .flac)
  case $name in an[0-9]*-* | cen[0-9]*-*) name=${name#*-} name=${name%%-*} ;; esac
  case $(printf %s "$name" | md5sum) in [0-7]*) echo fit ;; *) echo heldout ;; esac
}
mkdir heard mixed fit heldout
for group in wake/computer wake/smart-mirror wake/view-glass an4 negative coffee; do
  for f in "$data/$group"/*.flac; do echo "$f" >>"$(half "$f")/$(basename $group)"; done
done
mix() { # RUN GROUP: the recordings of it one by one, as $RUN/GROUP/*.wav
  local condition=${1%.*} snr=10
  [ $condition != clean ] || snr=clean
  mkdir -p "mixed/$1/$2"
  xargs -d '\n' "$bin/bench_mix" $snr "mixed/$1/$2" "${noises[$condition]}"
}
for run in $runs; do
  for group in $phrases an4 negative coffee; do
    mix $run $group <"${run#*.}/$group"
    # other speech is one long recording a group, since a room does not begin anew with each utterance
    sox mixed/$run/$group/*.wav mixed/$run/$group.wav
    case " an4 negative coffee " in *" $group "*) rm -r mixed/$run/$group ;; esac
  done
  if [ ${run%.*} != clean ]; then
    for p in $phrases; do
      rm -r mixed/$run/$p
      mkdir -p padded
      while read -r f; do sox "$f" padded/"$(basename "$f" .flac).wav" pad $LEAD_S 0; done <${run#*.}/$p
      ls -d "$PWD"/padded/* | mix $run $p
      rm -r padded
    done
  fi
done
for run in $runs; do
  for p in $phrases; do
    others=()
    for group in $phrases an4 negative coffee; do [ $group = $p ] || others+=(mixed/$run/$group.wav); done
    for kind in pos neg; do
      if [ $kind = pos ]; then files=(mixed/$run/$p/*.wav); else files=("${others[@]}"); fi
      soxi -D "${files[@]}" >seconds
      printf '%s\n' "${files[@]}" | sed 's|.*/||; s|\.wav$||' | paste -d' ' seconds - >heard/$run.$p.$kind.list
      "$sk" --json wake --all --phrase "${p//-/ }" "${files[@]}" >heard/$run.$p.$kind 2>/dev/null
    done
  done
  [ -z "${KEEP:-}" ] || cp -r heard "$KEEP"
done
python3 "$src/tests/bench/wake.py" "${FIT:-0}" "$src/models/en-US/hearing.ini" $LEAD_S heard/*.pos heard/*.neg
cost() { # WHAT, FILE
  local TIMEFORMAT=%U
  echo "  cost in $1: $({ time "$sk" wake "$2" >/dev/null; } 2>&1 | tail -1 | awk -v s="$(soxi -D "$2")" '{printf "%.4f of a core", $1 / s}')"
}
sox -n -r 16000 -c 1 -b 16 quiet.wav synth 600 whitenoise vol 0.002
sox "$data"/an4/an1*.flac speech.wav
sox "$data/noise/kitchen-a.flac" kitchen.wav repeat 4
sox "$data"/noise/kitchen20/*-0[78].flac kitchens.wav
cost "ten minutes of a quiet room" quiet.wav
cost "uninterrupted speech" speech.wav
cost "five minutes of kitchen" kitchen.wav
cost "twenty kinds of kitchen noise" kitchens.wav
