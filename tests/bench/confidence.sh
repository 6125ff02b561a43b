# does 0.9 mean right nine times in ten? People, held-out half, in noise that nothing was fitted in (FIT=1: and the weights that the other half asks for)
. "$(dirname "$0")/lib.sh"
has coffee/labels.json
has an4/transcripts.tsv
# the kinds of the other benchmarks are left out, and what the network learned from
fit_noise=$(ls "$data"/noise/kitchen20/*-08.flac | grep -v 'dishwasher\|plates\|juicer' | paste -sd,)
report_noise=$data/noise/kitchen-a.flac

# half NAME...: the files of either half, by the MD5 of their names, in `fit` and `report`
half() {
  local f
  : >fit
  : >report
  for f in "$@"; do
    case $(printf %s "$(basename "$f")" | md5sum) in [0-7]*) echo "$f" >>fit ;; *) echo "$f" >>report ;; esac
  done
}
# mix HALF PART SNR NOISE: PART/ is what bench_mix makes of that half
mix() {
  mkdir "$2"
  xargs "$bin/bench_mix" "$3" "$2" "$4" <"$1"
}
# hear WHERE SHOP STATE PART...: WHERE.PART is what was heard of PART/
hear() {
  local where=$1 shop=$2 state=$3 part
  shift 3
  for part in "$@"; do "$sk" --shop "$src/catalog/$shop" --json hear --state "$state" "$part"/*.wav >"$where.$part" 2>/dev/null; done
}
both=report
[ "${FIT:-0}" = 0 ] || both="fit report"
for half in $both; do
  [ $half = fit ] && noise=$fit_noise snrs="15 10 5" || { noise=$report_noise snrs="24 15 6"; }
  half "$data"/coffee/*.flac
  mix $half coffee-$half-clean clean -
  for snr in $snrs; do mix $half coffee-$half-$snr "$snr" "$noise"; done
  half "$data"/negative/*.flac
  mix $half negative-$half-clean clean -
  for snr in 15 ${snrs##* }; do mix $half negative-$half-$snr "$snr" "$noise"; done
  half $(grep -P '\t(yes|no|stop|help|repeat)$' "$data/an4/transcripts.tsv" | cut -f 1 | sed "s|^|$data/an4/|")
  for snr in clean 15 ${snrs##* }; do mix $half answers-$half-$snr "$snr" "$([ "$snr" = clean ] && echo - || echo "$noise")"; done
  half $(ls "$data"/an4/*.flac | awk 'NR % 3 == 0')
  mix $half an4-$half-clean clean -
  half $(ls "$data"/wake/*/*.flac | awk 'NR % 2 == 0')
  mix $half wake-$half-clean clean -
  [ $half = fit ] && ls "$data"/noise/kitchen20/*-0[1-4].flac >noises || ls "$data"/noise/kitchen20/*-0[5-8].flac >noises
  mix noises noise-$half-clean clean -
  mkdir said
  "$sk" --shop "$grocer" --json catalog list | jq -r '[.id, .title] | @tsv' >products
  awk -v odd=$([ $half = fit ] && echo 1 || echo 0) 'NR % 6 == 0 && NR / 6 % 2 == odd' products | while IFS=$'\t' read -r id title; do
    espeak-ng -v en-us+f3 -s 150 -w "said/$id-a.wav" "find $title"
    flite -voice awb -t "do you have $title" -o "said/$id-b.wav"
  done
  ls said/*.wav >words
  mix words said-$half-clean clean -
  for snr in 15 ${snrs##* }; do mix words said-$half-$snr "$snr" "$noise"; done
  rm -r said
done
hear cafe cafe open coffee-* negative-* noise-*
hear grocer grocer open negative-* an4-* wake-* noise-* said-*
hear confirm grocer confirm answers-* negative-*-clean
python3 "$src/tests/bench/confidence.py" "$data" products cafe.* grocer.* confirm.*
