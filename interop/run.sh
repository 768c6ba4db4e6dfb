#!/usr/bin/env bash
# Tests the distribution against spead2, python-casacore and wsclean; arguments go to pytest. The last line counts.
#
# CBFSDP_HOME is the distribution to test, otherwise target/cbf-sdp-emulator.
set -euo pipefail

here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${CBFSDP_HOME:-$here/../target/cbf-sdp-emulator}
if [ ! -x "$home/bin/emu-recv" ]; then
    echo "interop: nothing is built in $home; type ./run.sh, or mvn package" >&2
    exit 2
fi
CBFSDP_HOME=$(cd "$home" && pwd)
export CBFSDP_HOME
python=$("$here/venv.sh")
INTEROP_CLASSES=$here/../target/interop-classes
export INTEROP_CLASSES
rm -rf -- "$INTEROP_CLASSES"
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -Xlint:all -Werror -cp "$CBFSDP_HOME/lib/*" -d "$INTEROP_CLASSES" "$here"/java/*.java
cd "$here"
exec timeout --foreground 1800 "$python" -m pytest -p no:cacheprovider "$@"
