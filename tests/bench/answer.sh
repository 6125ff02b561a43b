# from the end of speech to the first sound of the answer, in the whole voice loop (the waiting that decides it apart)
. "$(dirname "$0")/lib.sh"
sox -n -r 16000 -c 1 -b 16 talk.wav trim 0 1
add() { sox talk.wav "$1" joined.wav pad 0 "$2" && mv joined.wav talk.wav; }
say() { printf '[voice]\nname = %s\n' "$1" >v.ini; "$sk" --config v.ini say "$3" --out part.wav; add part.wav "$2"; }
for voice in en-us en-gb; do
  for words in "where is my order" "find oat milk" "what is in my basket" "what time do you close" "i would like my usual" "show me headphones"; do
    say $voice 0.4 "okay shopkeeper"
    say $voice 20 "$words"
  done
done
"$sk" --shop "$grocer" --json listen --in talk.wav --out answer.wav | jq -r 'select(.event == "sounded" and .latency_ms) | .latency_ms' | sort -n >ms
awk '{v[NR] = $1} END {printf "  %d answers: median %.0f ms, longest %.0f ms\n", NR, v[int((NR + 1) / 2)], v[NR]}' ms
