# does 0.9 mean right nine times in ten? People, held-out half (and with FIT=1 the weights that the other half asks for)
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
has an4/transcripts.tsv
kitchen20=$(ls "$data"/noise/kitchen20/*-0[1-6].flac | paste -sd,)
mkdir clean n20 n10 n5 an4 negative negative15 said
"$bin/bench_mix" clean clean - "$data"/coffee/*.flac
for snr in 20 10 5; do "$bin/bench_mix" $snr n$snr "$kitchen20" "$data"/coffee/*.flac; done
"$bin/bench_mix" clean negative - "$data"/negative/*.flac
"$bin/bench_mix" 15 negative15 "$kitchen20" "$data"/negative/*.flac
"$bin/bench_mix" clean an4 - "$data"/an4/*.flac
"$sk" --shop "$grocer" --json catalog list | jq -r '[.id, .title] | @tsv' | awk 'NR % 9 == 0' >products
while IFS=$'\t' read -r id title; do
  espeak-ng -v en-us+f3 -s 150 -w "said/$id.a.wav" "find $title"
  flite -voice awb -t "do you have $title" -o "said/$id.b.wav"
done <products
for part in clean n20 n10 n5 negative negative15 an4; do "$sk" --shop "$cafe" --json hear $part/*.wav >cafe.$part 2>/dev/null; done
for part in negative negative15 an4 said; do "$sk" --shop "$grocer" --json hear $part/*.wav >grocer.$part 2>/dev/null; done
python3 "$src/tests/bench/confidence.py" "$data" products "${FIT:-0}" cafe.* grocer.*
