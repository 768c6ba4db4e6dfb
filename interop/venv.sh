#!/usr/bin/env bash
# Prints the path of a Python that has spead2, python-casacore and pytest; makes the environment when it is missing or
# the requirements have changed. The system's Python is used, whatever 'python3' is on the PATH: python3-casacore is its.
set -euo pipefail

root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
environment=$root/target/interop-venv
requirements=$root/interop/requirements.txt

if ! cmp -s "$requirements" "$environment/requirements.txt"; then
    rm -rf -- "$environment"
    mkdir -p -- "$root/target"
    /usr/bin/python3 -m venv --system-site-packages "$environment" >&2
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >&2
    "$environment/bin/python" -c 'import casacore.tables, numpy, spead2' >&2
    cp -- "$requirements" "$environment/requirements.txt"
fi
printf '%s\n' "$environment/bin/python"
