# Sourced by tests that have a scripted server of a shop behind the speaker; `sk` is the program, d.ini its settings. Processes whose
# ids are in server, daemon and syncd end with the test.
server= daemon= syncd=
trap 'kill $server $daemon $syncd 2>/dev/null || true' EXIT

start_server() { # [PORT [OPTION...]]
  rm -f port
  python3 "$src/tests/http/server.py" port server.db "$grocer/products.csv" --port "${1:-0}" "${@:2}" 2>server.log &
  server=$!
  for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
  port=$(cat port)
}
control() { curl -s -X POST "http://127.0.0.1:$port/control/$1" -d "${2:-{\}}"; }
state() { control state | jq -r "$1"; }
fault() { control fault "{\"on\":\"$1\",\"kind\":\"$2\",\"times\":${3:-1}}" >/dev/null; }
sync_now() { "$sk" --config d.ini sync "$@" 2>&1; }
