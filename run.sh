#!/usr/bin/env bash
# From a fresh clone to visibilities that travelled: sets up, builds when sources are newer than the build,
# and runs quickstart/single-stream. Arguments go to that script.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")"

home=target/cbf-sdp-emulator
stamp=target/built-by-run.sh
sources=(pom.xml .mvn LICENSE README.md CHANGELOG.md config native spead-java core emu-send emu-recv quickstart bench/pom.xml)

# Whether a source is newer than the last build, or there was none.
build_is_stale() {
    [ -x "$home/bin/emu-send" ] && [ -f "$stamp" ] || return 0
    [ -n "$(find "${sources[@]}" -name target -prune -o -type f -newer "$stamp" -print -quit)" ]
}

./setup.sh
if build_is_stale; then
    echo "run: building, about a minute the first time"
    mkdir -p target
    touch "$stamp.begun"
    mvn -B -q --no-transfer-progress -Dmaven.test.skip=true package
    mv "$stamp.begun" "$stamp"
fi
exec quickstart/single-stream/run.sh "$@"
