# what the words alone are worth, typed: even lines of CLINC and Bitext, each fifth by the other four (FIT=1: writes the model of all even lines to models/en-US/cues.txt)
. "$(dirname "$0")/lib.sh"
has text
"$bin/bench_understand" "$data/text" --tuning --all >lines
"$bin/bench_understand" "$data/text" --sample 40 | sort -u >>lines
python3 "$src/tests/bench/cues.py" FIGURES <lines
[ "${FIT:-0}" = 0 ] || python3 "$src/tests/bench/cues.py" FIT <lines >"$src/models/en-US/cues.txt"
