#!/usr/bin/env bash
# Measures the consumer mswriter alone beside a C++ program that writes the same columns in the same tiles with casacore, puts the
# set on the disk itself in the end as mswriter does, and does nothing else. In turn; prints the median of each in megabytes of
# visibilities a second, and CPU seconds a gigabyte. DIR in memory (/dev/shm) leaves out the disk.
#
#   bench/writer.sh                      64 stations, 256 channels, 4 polarisations, 100 dumps, five rounds
#   bench/writer.sh 16 1024 200 9 DIR    other numbers; DIR is where the sets are written, target/bench otherwise
#
# What mswriter does beyond the C++ program is the transposition of heaps into the order of a set. Compiles what has changed.
set -euo pipefail

root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
stations=${1:-64}
channels=${2:-256}
dumps=${3:-100}
rounds=${4:-5}
work=${5:-$root/target/bench}/writer-$$

mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
cd "$root"
g++ -O2 -std=c++17 -Wall -Wextra -Werror bench/cpp/write_set.cpp -o "$work/write_set" \
    -lcasa_ms -lcasa_measures -lcasa_tables -lcasa_casa
mvn -B --no-transfer-progress -q -pl bench -am compile dependency:build-classpath -Dmdep.outputFile="$work/classpath"
tar -xJf quickstart/samples/low8_both_4pol.ms.tar.xz -C "$work"

for round in $(seq "$rounds"); do
    rm -rf "$work/written.ms"
    "$work/write_set" "$work/written.ms" "$stations" "$channels" "$dumps" >> "$work/casacore"
    rm -rf "$work/written.ms"
    java -cp "bench/target/classes:$(cat "$work/classpath")" org.cbfsdp.bench.WriteSet \
        "$work/written.ms" "$work/low8_both_4pol.ms" "$stations" "$channels" "$dumps" | tail -1 >> "$work/mswriter"
    echo "round $round: casacore $(tail -1 "$work/casacore"), mswriter $(tail -1 "$work/mswriter")" >&2
done
for program in casacore mswriter; do
    echo "$program $(sort -n "$work/$program" | sed -n "$(((rounds + 1) / 2))p")"
done
