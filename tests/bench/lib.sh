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
