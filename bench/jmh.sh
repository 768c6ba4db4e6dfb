#!/usr/bin/env bash
# Runs the JMH benchmarks with the garbage collector's profiler: prints nanoseconds and bytes allocated a packet (or what
# else a benchmark's operation is).
#
#   bench/jmh.sh                    receiving and sending of packets
#   bench/jmh.sh Transposition      the benchmarks of that name; further arguments are JMH's own (-h lists them)
#
# Compiles what has changed. Takes about two minutes; nothing else should run on the machine meanwhile.
set -euo pipefail

root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -eq 0 ]; then
    set -- 'ReceiveBenchmark|SendBenchmark'
fi
cd "$root"
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
mvn -B --no-transfer-progress -q -pl bench -am compile dependency:build-classpath -Dmdep.outputFile="$classpath"
java -cp "bench/target/classes:$(cat "$classpath")" org.openjdk.jmh.Main -prof gc "$@"
