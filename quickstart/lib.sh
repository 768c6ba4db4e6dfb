# shellcheck shell=bash
# What the quick starts share: read by each example's run.sh, which then calls 'quickstart'.

quickstart_root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${CBFSDP_HOME:-$quickstart_root/../target/cbf-sdp-emulator}
ready_seconds=30
end_seconds=60
# Names of the receivers, each of which writes NAME.ms; an example may have several.
receivers=(received)
declare -A receiver_pids=()
scratch=''
options=()

say() {
    printf '%s\n' "$*"
}

fail() {
    say "FAIL: $*" >&2
    exit 1
}

clean_up() {
    local pid
    for pid in "${receiver_pids[@]}"; do
        if kill -0 "$pid" 2>/dev/null; then
            kill "$pid"
            # It was told to end a line above: whatever it ends with is no news.
            wait "$pid" || true
        fi
    done
    if [ -n "$scratch" ]; then
        rm -rf -- "$scratch"
    fi
}

# Waits until receiver $1 is $2 ('ready' or 'gone'), at most $3 seconds.
await_receiver() {
    local pid=${receiver_pids[$1]} deadline=$((SECONDS + $3))
    while [ "$SECONDS" -lt "$deadline" ]; do
        if ! kill -0 "$pid" 2>/dev/null; then
            [ "$2" = gone ]
            return
        fi
        if [ "$2" = ready ] && grep -q '^Ready: ' "$1.log"; then
            return 0
        fi
        sleep 0.1
    done
    return 1
}

# start_receiver NAME [OPTION]...
start_receiver() {
    local name=$1
    shift
    "$home/bin/emu-recv" -c "$config" -o "reception.outputfilename=$name.ms" "$@" >"$name.log" 2>&1 &
    receiver_pids[$name]=$!
    if ! await_receiver "$name" ready "$ready_seconds"; then
        cat "$name.log" >&2
        fail "the receiver did not get ready; what it said is above"
    fi
}

# Waits for receiver $1 to end by itself, and hands back its exit code.
finish_receiver() {
    if ! await_receiver "$1" gone "$end_seconds"; then
        cat "$1.log" >&2
        fail "the receiver did not end within $end_seconds s after the sender"
    fi
    local code=0
    wait "${receiver_pids[$1]}" || code=$?
    unset "receiver_pids[$1]"
    return "$code"
}

# Checks that receiver $1 ended well.
check_reception() {
    local code=0
    finish_receiver "$1" || code=$?
    cat "$1.log"
    [ "$code" -eq 0 ] || fail "emu-recv ended with exit code $code"
}

# Checks that what receiver $1 wrote is what was sent.
check_set() {
    "$home/bin/emu-recv" compare sent.ms "$1.ms" >compare.log 2>&1 || {
        cat compare.log >&2
        fail "what arrived is not what was sent; the differences are above"
    }
    cat compare.log
}

# prepare EXAMPLE SET [WORK_DIR] [OPTION]...: enters the work folder, where the sample SET becomes sent.ms, and leaves the
# OPTIONs in 'options'.
prepare() {
    local sample=$2
    config=$quickstart_root/$1/emulator.conf
    shift 2
    [ -x "$home/bin/emu-recv" ] || fail "nothing is built in $home; type ./run.sh, or mvn package"
    home=$(cd "$home" && pwd)
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
        mkdir -p -- "$1"
        cd -- "$1" || exit
        shift
    else
        scratch=$(mktemp -d)
        cd -- "$scratch" || exit
    fi
    rm -rf -- sent.ms
    tar -xJf "$quickstart_root/samples/$sample.tar.xz"
    mv -- "$sample" sent.ms
    options=("$@")
}

# Sends sent.ms with the example's configuration and 'options', and receives it, at each of the receivers.
transmit() {
    local name
    for name in "${receivers[@]}"; do
        say "receiving: emu-recv -c $config -o reception.outputfilename=$name.ms ${options[*]}"
        start_receiver "$name" "${options[@]}"
    done
    say "sending:   emu-send -c $config ${options[*]}"
    timeout --foreground "$end_seconds" "$home/bin/emu-send" -c "$config" "${options[@]}" ||
        fail "emu-send ended with exit code $?"
    for name in "${receivers[@]}"; do
        check_reception "$name"
    done
}

# quickstart EXAMPLE SET [WORK_DIR] [OPTION]...: sends the sample SET with EXAMPLE/emulator.conf, receives it, compares.
quickstart() {
    prepare "$@"
    transmit
    local name rows where=''
    for name in "${receivers[@]}"; do
        check_set "$name"
    done
    rows=$(sed -n "s/^rows in both *\([0-9]*\).*/\1/p" compare.log)
    [ "${#receivers[@]}" -eq 1 ] || where=" at each of ${#receivers[@]} receivers"
    say "PASS: ${rows:-all} rows arrived exactly as sent$where (DATA, FLAG, UVW, TIME and metadata)"
}
