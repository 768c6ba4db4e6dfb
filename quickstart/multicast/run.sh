#!/usr/bin/env bash
# Sends a Measurement Set once, to two receivers at a time, by multicast; compares what each has:
# run.sh [WORK_DIR] [-o group.name=value]...
set -euo pipefail
# shellcheck source=quickstart/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck disable=SC2034 # read by quickstart
receivers=(first second)
quickstart multicast low8_both_4pol.ms "$@"
