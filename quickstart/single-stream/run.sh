#!/usr/bin/env bash
# Sends a small Measurement Set over one stream and compares what arrives: run.sh [WORK_DIR] [-o group.name=value]...
set -euo pipefail
# shellcheck source=quickstart/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib.sh"
quickstart single-stream low8_both_4pol.ms "$@"
