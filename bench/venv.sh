#!/usr/bin/env bash
# Prints the path of a Python whose spead2 was built from its source distribution: the ready-made package is built for old
# kernels, sends and receives one packet a system call entry, and would be too easy a peer. Takes three minutes once.
set -euo pipefail

root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
environment=$root/target/bench-venv
requirements=$root/interop/requirements.txt
packages=(libboost-dev libboost-program-options-dev libdivide-dev libpcap-dev python3-casacore python3-dev g++)

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "bench: the peers need these Debian packages: apt-get install ${missing[*]}" >&2
        exit 2
    fi
    apt-get install -y --no-install-recommends "${missing[@]}" >&2
fi
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
    rm -rf -- "$environment"
    mkdir -p -- "$root/target"
    /usr/bin/python3 -m venv --system-site-packages "$environment" >&2
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --use-feature=no-binary-enable-wheel-cache --no-binary spead2 \
        --requirement "$requirements" >&2
    "$environment/bin/python" -c 'import casacore.tables, numpy, spead2' >&2
    cp -- "$requirements" "$environment/requirements.txt"
fi
printf '%s\n' "$environment/bin/python"
