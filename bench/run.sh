#!/usr/bin/env bash
# Measures the emulator beside Python programs on spead2 and python-casacore, in turn, on this machine; prints a table.
#
#   bench/run.sh             five rounds
#   bench/run.sh --write     also puts the table into docs/performance.md
#   bench/run.sh --help      says what else can be chosen
#
# CBFSDP_HOME is the distribution to measure, otherwise target/cbf-sdp-emulator.
set -euo pipefail

here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${CBFSDP_HOME:-$here/../target/cbf-sdp-emulator}
if [ ! -x "$home/bin/emu-recv" ]; then
    echo "bench: nothing is built in $home; type ./run.sh, or mvn package" >&2
    exit 2
fi
CBFSDP_HOME=$(cd "$home" && pwd)
export CBFSDP_HOME
python=$("$here/../interop/venv.sh")
exec "$python" "$here/measure.py" "$@"
