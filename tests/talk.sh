# Sourced by tests that talk with the assistant, typed: `sk` is the program, `ini` its settings.
# talk LINE...: prints what it says; {word} is the word that the last reply asks for. A reply has TALK_S seconds (60)
talk() {
  local line text=
  coproc TALK { "$sk" --config "$ini" --json chat; }
  for line; do
    line=${line//\{word\}/$(grep -oE 'confirm [a-z]+' <<<"$text" | tail -n 1 | cut -d' ' -f2)}
    echo "$line" >&"${TALK[1]}"
    IFS= read -r -t "${TALK_S:-60}" answer <&"${TALK[0]}"
    text=$(jq -r '.replies | join(" ")' <<<"$answer")
    printf '%s\n' "$text"
  done
  eval "exec ${TALK[1]}>&-"
  wait "$TALK_PID"
}
