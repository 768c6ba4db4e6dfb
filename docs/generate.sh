#!/bin/sh
# Makes docs/settings.md and docs/metrics.md from what is declared in the code.
set -eu
cd "$(dirname "$0")/.."
mvn -B --no-transfer-progress -q -pl core -am compile
page=$(mktemp docs/.page.XXXXXX)
trap 'rm -f "$page"' EXIT

# generate CLASS FILE: what CLASS prints becomes FILE.
generate() {
    java -cp core/target/classes "$1" > "$page"
    chmod 644 "$page"
    cp "$page" "$2"
    echo "$2 written"
}

generate org.cbfsdp.settings.SettingsMarkdown docs/settings.md
generate org.cbfsdp.telemetry.metric.MetricsMarkdown docs/metrics.md
