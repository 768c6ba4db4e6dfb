#!/usr/bin/env bash
# Runs this module's tests against a bridge built with AddressSanitizer and UndefinedBehaviorSanitizer, and fails on any
# report of theirs. The JVM itself is not instrumented, so the sanitizers are preloaded and leave its signals alone.
# Left out: the tests of the loader and the class rules, which run no C++ of ours.
#   native/sanitize.sh [name of one test class]
set -euo pipefail
cd "$(dirname "$0")"

build="$PWD/target/native-sanitized"
reports="$PWD/target/sanitize-reports"
tests="${1:-*Test,!LoadClassTest,!ArchitectureTest,!NativeLibraryTest}"

mvn -B -q --no-transfer-progress -f ../pom.xml -pl native test-compile
java_home="$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"
cmake -S cpp -B "$build" -DSANITIZE=ON -DJAVA_HOME="$java_home" --log-level=WARNING
cmake --build "$build" --parallel 2
rm -rf "$reports"
mkdir -p "$reports"

# libstdc++ comes along because ASan wants to find __cxa_throw when it starts, and the java launcher is plain C.
preload=""
for library in libasan.so libubsan.so libstdc++.so; do
    preload="$preload $(readlink -f "$(g++ -print-file-name=$library)")"
done

status=0
LD_PRELOAD="${preload# }" \
ASAN_OPTIONS="handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:detect_leaks=0:log_path=$reports/asan" \
UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:log_path=$reports/ubsan" \
JAVA_TOOL_OPTIONS="-Dcbfsdp.native.casacore=$build/libcbfsdp_casacore.so -Dcbfsdp.native.net=$build/libcbfsdp_net.so \
-Dcbfsdp.native.transpose=$build/libcbfsdp_transpose.so" \
    mvn -B -o --no-transfer-progress -f ../pom.xml -pl native surefire:test -Dtest="$tests" 2>&1 \
    | tee "$reports.log" || status=$?

# UBSan's runtime writes to the standard error when ASan is there too.
if [ -n "$(ls -A "$reports")" ] || grep -qE "runtime error:|AddressSanitizer" "$reports.log"; then
    find "$reports" -type f -exec cat {} +
    echo "sanitize: reports, above and in $reports and $reports.log" >&2
    exit 1
fi
if [ "$status" -ne 0 ]; then
    echo "sanitize: tests failed, no sanitizer report" >&2
    exit "$status"
fi
echo "sanitize: no report"
