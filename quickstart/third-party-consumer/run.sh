#!/usr/bin/env bash
# Compiles a consumer that is no part of the suite, and receives with it: run.sh [WORK_DIR] [-o group.name=value]...
set -euo pipefail
# shellcheck source=quickstart/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib.sh"

consumer=org.example.MeanAmplitude
prepare third-party-consumer low8_both_4pol.ms "$@"

jdk=${JAVA_HOME:+$JAVA_HOME/bin/}
say "compiling: javac MeanAmplitude.java into mean-amplitude.jar"
"${jdk}javac" --release 17 -cp "$home/lib/*" -d classes "$quickstart_root/third-party-consumer/MeanAmplitude.java"
"${jdk}jar" --create --file mean-amplitude.jar -C classes .

export CBFSDP_CLASSPATH=$PWD/mean-amplitude.jar
options+=(-o "reception.consumer=$consumer" -o "consumer.$consumer.file=dumps.csv")
transmit

rows=$(awk -F, 'NR > 1 && $2 == 2 && $3 > 0 { rows++ } END { print rows + 0 }' dumps.csv)
if [ "$rows" -ne 12 ] || [ "$(wc -l <dumps.csv)" -ne 13 ]; then
    cat dumps.csv >&2
    fail "dumps.csv should have 12 dumps of 2 streams with an amplitude; what it has is above"
fi
say "PASS: 12 dumps reached a consumer from outside the suite (dumps.csv)"
