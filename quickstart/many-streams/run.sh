#!/usr/bin/env bash
# Sends a Measurement Set over four streams of 16 channels and compares the one set they become:
# run.sh [WORK_DIR] [-o group.name=value]...
set -euo pipefail
# shellcheck source=quickstart/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib.sh"
quickstart many-streams low16_both_4pol.ms "$@"
