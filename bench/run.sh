#!/usr/bin/env bash
# Measures the emulator beside spead2's tools and Python programs, in turn, on this machine; prints tables.
#
#   bench/run.sh                    all sections, five rounds
#   bench/run.sh receive cost       some of them
#   bench/run.sh --write            also puts the tables into docs/performance.md
#   bench/run.sh --help             says what else can be chosen
#
# CBFSDP_HOME is the distribution to measure, otherwise target/cbf-sdp-emulator. Nothing else should run meanwhile.
set -euo pipefail

here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${CBFSDP_HOME:-$here/../target/cbf-sdp-emulator}
if [ ! -x "$home/bin/emu-recv" ]; then
    echo "bench: nothing is built in $home; type ./run.sh, or mvn package" >&2
    exit 2
fi
CBFSDP_HOME=$(cd "$home" && pwd)
export CBFSDP_HOME
python=$("$here/venv.sh")
cd "$here"
exec "$python" -m measure "$@"
