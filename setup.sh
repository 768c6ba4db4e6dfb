#!/usr/bin/env bash
# Installs what the build needs and this machine lacks; with --tests also what the tests need. Safe to repeat.
#
# Exit codes: 0 everything is there, 1 an installation failed, 2 something is missing that you have to put there.
set -euo pipefail

build_packages=(g++ make cmake casacore-dev xz-utils)
test_packages=(python3 python3-venv python3-numpy python3-casacore casacore-tools casacore-data wsclean shellcheck chromium
    chromium-driver)

usage() {
    echo "usage: ./setup.sh [--tests]"
}

# at_least FOUND WANTED: whether dotted version FOUND is WANTED or newer.
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

refuse() {
    echo "setup: $1" >&2
    echo "setup: on Debian or Ubuntu type:  apt-get install openjdk-17-jdk-headless maven" >&2
    exit 2
}

check_java_and_maven() {
    local javac=javac found
    if [ -n "${JAVA_HOME:-}" ]; then
        javac=$JAVA_HOME/bin/javac
    fi
    found=$("$javac" -version 2>&1 | sed -n 's/^javac //p') || true
    if [ -z "$found" ]; then
        refuse "a JDK is needed, 17 or newer, and '$javac' does not run"
    fi
    at_least "$found" 17 || refuse "a JDK is needed, 17 or newer, and '$javac' is $found"
    found=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p') || true
    if [ -z "$found" ]; then
        refuse "Maven is needed, 3.8.7 or newer, and 'mvn' does not run"
    fi
    at_least "$found" 3.8.7 || refuse "Maven is needed, 3.8.7 or newer, and 'mvn' is $found"
}

# Fills the array 'missing' with those of the packages named that are not installed.
find_missing() {
    local package
    missing=()
    for package in "$@"; do
        if [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            missing+=("$package")
        fi
    done
}

install_missing() {
    local as_root=(env DEBIAN_FRONTEND=noninteractive)
    local command=(apt-get install --yes --no-install-recommends "${missing[@]}")
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo --non-interactive true 2>/dev/null; }; then
            echo "setup: these packages are missing, and only root can install them; type as root:" >&2
            echo "  apt-get update && ${command[*]}" >&2
            exit 2
        fi
        as_root=(sudo "${as_root[@]}")
    fi
    echo "setup: installing ${missing[*]}"
    if ! apt-cache show "${missing[@]}" >/dev/null 2>&1; then
        "${as_root[@]}" apt-get update
    fi
    # Lists that are out of date name files that are gone; with fresh ones it works.
    "${as_root[@]}" "${command[@]}" || {
        "${as_root[@]}" apt-get update
        "${as_root[@]}" "${command[@]}"
    }
}

packages=("${build_packages[@]}")
case "${1:-}" in
    "") ;;
    --tests) packages+=("${test_packages[@]}") ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        usage >&2
        exit 2
        ;;
esac

check_java_and_maven
if ! command -v dpkg-query >/dev/null; then
    echo "setup: not a Debian system; see to it that these are there, by whatever name: ${packages[*]}" >&2
    exit 0
fi
find_missing "${packages[@]}"
if [ "${#missing[@]}" -gt 0 ]; then
    install_missing
fi
