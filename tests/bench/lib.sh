# Sourced by the benchmarks: bash BENCH.sh PROGRAMS SOURCES DATA
set -euo pipefail
bin=$1 src=$2 data=$3
sk=$bin/shopkeeper
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
grocer=$src/catalog/grocer cafe=$src/catalog/cafe

# has PATH: or says that the data is missing, and ends this benchmark
has() {
  [ -e "$data/$1" ] || { echo "  not measured: $data/$1 is not there"; exit 0; }
}

# jq: whether an order was heard with every slot as labelled. "No, a latte" where nothing was said before is an order, too
order_right='def order_right($want): . as $got | ($got.intent == "add_to_cart" or $got.intent == "correct") and ([$want | to_entries[] | $got.slots[.key] == .value] | all);'

# cafe_orders: `labels` with the slots of each recorded order, and the names of the orders of either half in `learned` (the
# network learned from them, in other noise, and they are tuned on) and `heldout`
cafe_orders() {
  local f name
  jq -c 'to_entries[] | {file: (.key | rtrimstr(".flac")), slots: (.value | with_entries(.key |= ({"coffeeDrink":"drink","numberOfShots":"shots",
    "milkAmount":"milk","sugarAmount":"sugar"}[.] // .)))}' "$data/coffee/labels.json" >labels
  for f in "$data"/coffee/*.flac; do
    name=$(basename "$f" .flac)
    case $(printf %s "$name.flac" | md5sum) in [0-7]*) echo "$name" >>learned ;; *) echo "$name" >>heldout ;; esac
  done
}
