#!/bin/sh
# Makes docs/settings.md from the declared settings.
set -eu
cd "$(dirname "$0")/.."
mvn -B --no-transfer-progress -q -pl core -am compile
page=$(mktemp docs/.settings.XXXXXX)
trap 'rm -f "$page"' EXIT
java -cp core/target/classes org.cbfsdp.settings.SettingsMarkdown > "$page"
chmod 644 "$page"
mv "$page" docs/settings.md
echo "docs/settings.md written"
