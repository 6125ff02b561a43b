# wake phrases (people): missed at so many false alarms an hour of other speech, in quiet and in noise, and the cost (FIT=1: new weights)
. "$(dirname "$0")/lib.sh"
has wake
has noise/kitchen-a.flac
threshold=$(awk -F' *= *' '/^\[/ {wake = $0 == "[wake]"} wake && $1 == "threshold" {print $2}' "$src/models/en-US/hearing.ini")
phrases=$(cd "$data/wake" && ls -d -- *)
# in noise each phrase comes after ten seconds of it, so that the first stage has had its fill of false candidates
LEAD_S=10
declare -A noises=([clean]=- [10dB]=$data/noise/kitchen-a.flac [fit]=$(ls "$data"/noise/kitchen20/*-0[1-6].flac | paste -sd,))
conditions="clean 10dB"
[ "${FIT:-0}" = 0 ] || conditions="clean 10dB fit" # weights are fitted on other noise than is reported
to_fit() { case $(basename "$1" | cut -d. -f1 | tr -d '\n' | md5sum) in [0-7]*) ;; *) false ;; esac; }
mkdir heard padded
for p in $phrases; do
  mkdir padded/$p
  for f in "$data/wake/$p"/*.flac; do sox "$f" "padded/$p/$(basename "$f" .flac).wav" pad $LEAD_S 0; done
done
listen() { # CONDITION PHRASE
  local others=() o kind files
  for o in $phrases; do [ "$o" = "$2" ] || others+=("$1/$o"/*.wav); done
  for kind in pos neg; do
    if [ $kind = pos ]; then files=("$1/$2"/*.wav); else files=("$1"/other/*.wav "${others[@]}"); fi
    soxi -D "${files[@]}" >seconds.$2
    printf '%s\n' "${files[@]}" | sed 's|.*/||; s|\.wav$||' | paste -d' ' seconds.$2 - >"heard/$1.$2.$kind.list"
    "$sk" --json wake --all --phrase "${2//-/ }" "${files[@]}" >"heard/$1.$2.$kind" 2>/dev/null
  done
}
for condition in $conditions; do
  snr=10
  [ $condition != clean ] || snr=clean
  mkdir -p $condition/other
  for p in $phrases; do
    mkdir $condition/$p
    if [ $condition = clean ]; then from=$data/wake/$p; else from=padded/$p; fi
    "$bin/bench_mix" $snr $condition/$p "${noises[$condition]}" "$from"/*
  done
  "$bin/bench_mix" $snr $condition/other "${noises[$condition]}" "$data"/an4/*.flac "$data"/negative/*.flac
  if [ $condition = fit ]; then for f in fit/*/*.wav; do to_fit "$f" || rm "$f"; done; fi
  for p in $phrases; do listen $condition "$p" & done
  wait
done
python3 "$src/tests/bench/wake.py" "${FIT:-0}" "${threshold:-2}" $LEAD_S heard/*.pos heard/*.neg
cost() { # WHAT, FILE
  local TIMEFORMAT=%U
  echo "  cost in $1: $({ time "$sk" wake "$2" >/dev/null; } 2>&1 | tail -1 | awk -v s="$(soxi -D "$2")" '{printf "%.4f of a core", $1 / s}')"
}
sox -n -r 16000 -c 1 -b 16 quiet.wav synth 600 whitenoise vol 0.002
sox "$data"/an4/an1*.flac speech.wav
cost "ten minutes of a quiet room" quiet.wav
cost "uninterrupted speech" speech.wav
