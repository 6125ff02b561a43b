# wake phrases (people): missed at so many false alarms an hour of other speech, in quiet and in noise, and the cost (FIT=1: new weights)
. "$(dirname "$0")/lib.sh"
has wake
has noise/kitchen-a.flac
threshold=$(awk -F' *= *' '/^\[/ {wake = $0 == "[wake]"} wake && $1 == "threshold" {print $2}' "$src/models/en-US/hearing.ini")
phrases=$(cd "$data/wake" && ls -d -- *)
mkdir heard
for condition in clean 10dB; do
  noise=- snr=clean
  [ $condition = clean ] || { noise=$data/noise/kitchen-a.flac snr=10; }
  mkdir -p $condition/other
  for p in $phrases; do
    mkdir $condition/$p
    "$bin/bench_mix" $snr $condition/$p "$noise" "$data/wake/$p"/*.flac
  done
  "$bin/bench_mix" $snr $condition/other "$noise" "$data"/an4/*.flac "$data"/negative/*.flac
  for p in $phrases; do
    others=(); for o in $phrases; do [ "$o" = "$p" ] || others+=($condition/"$o"/*.wav); done
    for kind in pos neg; do
      if [ $kind = pos ]; then files=($condition/"$p"/*.wav); else files=($condition/other/*.wav "${others[@]}"); fi
      soxi -D "${files[@]}" >seconds
      printf '%s\n' "${files[@]}" | sed 's|.*/||; s|\.wav$||' | paste -d' ' seconds - >heard/$condition.$p.$kind.list
      "$sk" --json wake --all --phrase "${p//-/ }" "${files[@]}" >heard/$condition.$p.$kind 2>/dev/null
    done
  done
done
python3 "$src/tests/bench/wake.py" "${FIT:-0}" "${threshold:-2}" heard/*.pos heard/*.neg
cost() { # WHAT, FILE
  local TIMEFORMAT=%U
  echo "  cost in $1: $({ time "$sk" wake "$2" >/dev/null; } 2>&1 | tail -1 | awk -v s="$(soxi -D "$2")" '{printf "%.4f of a core", $1 / s}')"
}
sox -n -r 16000 -c 1 -b 16 quiet.wav synth 600 whitenoise vol 0.002
sox "$data"/an4/an1*.flac speech.wav
cost "ten minutes of a quiet room" quiet.wav
cost "uninterrupted speech" speech.wav
