#!/usr/bin/env bash
# Everything that must hold before a change goes in: scripts, formatting, compilation without warnings, unit, integration
# and end-to-end tests; the unit tests once more on a newer JDK where there is one; the native code under sanitizers.
# interop/run.sh comes on top, against other people's programs.
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")"

# Prints the major version of the JDK in folder $1, or nothing.
jdk_major() {
    [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Prints the folder of the newest JDK that is newer than the one Maven runs on, or nothing.
newer_jdk() {
    local best='' best_major major candidate
    best_major=$(mvn --version | sed -n 's/^Java version: \([0-9]*\).*/\1/p')
    for candidate in /usr/lib/jvm/*; do
        major=$(jdk_major "$candidate") || continue
        if [ "${major:-0}" -gt "$best_major" ]; then
            best=$candidate
            best_major=$major
        fi
    done
    printf '%s' "$best"
}

if [ $# -gt 0 ]; then
    echo "usage: ./test.sh" >&2
    echo "test: it takes no arguments; a single test is run by  mvn -pl MODULE -am -Dtest=NAME -Dsurefire.failIfNoSpecifiedTests=false test" >&2
    exit 2
fi
./setup.sh --tests
echo "test: shell scripts"
find . \( -name target -o -name .git \) -prune -o -type f \( -name '*.sh' -o -path './.ci/run' -o -path '*/src/main/launcher/*' \) \
    -exec shellcheck --external-sources {} +

echo "test: build and all tests"
mvn -B --no-transfer-progress verify

# Every test JVM checks its JNI calls; what it finds is a warning on its output, and a fault here.
if grep -rslE 'WARNING in native method|JNI call made (with|without)' --include='*.dumpstream' --include='*-output.txt' --include='*.xml' \
    ./*/target/surefire-reports ./*/target/failsafe-reports; then
    echo "test: the reports above have warnings of -Xcheck:jni" >&2
    exit 1
fi

newer=$(newer_jdk)
if [ -n "$newer" ]; then
    echo "test: unit tests on $newer"
    mvn -B --no-transfer-progress -Djvm="$newer/bin/java" test
else
    echo "test: no newer JDK in /usr/lib/jvm, unit tests ran on one only"
fi

echo "test: native code under sanitizers"
native/sanitize.sh
echo "test: all passed"
