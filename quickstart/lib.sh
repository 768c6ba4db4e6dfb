# shellcheck shell=bash
# What the quick starts share: read by each example's run.sh, which then calls 'quickstart'.

quickstart_root=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${CBFSDP_HOME:-$quickstart_root/../target/cbf-sdp-emulator}
ready_seconds=30
end_seconds=60
receiver_pid=''
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
    if [ -n "$receiver_pid" ] && kill -0 "$receiver_pid" 2>/dev/null; then
        kill "$receiver_pid"
        wait "$receiver_pid" || true
    fi
    if [ -n "$scratch" ]; then
        rm -rf -- "$scratch"
    fi
}

# Waits until the receiver is $1 ('ready' or 'gone'), at most $2 seconds.
await_receiver() {
    local deadline=$((SECONDS + $2))
    while [ "$SECONDS" -lt "$deadline" ]; do
        if ! kill -0 "$receiver_pid" 2>/dev/null; then
            [ "$1" = gone ]
            return
        fi
        if [ "$1" = ready ] && grep -q '^Ready: ' recv.log; then
            return 0
        fi
        sleep 0.1
    done
    return 1
}

start_receiver() {
    "$home/bin/emu-recv" -c "$config" "$@" >recv.log 2>&1 &
    receiver_pid=$!
    if ! await_receiver ready "$ready_seconds"; then
        cat recv.log >&2
        fail "the receiver did not get ready; what it said is above"
    fi
}

# Waits for the receiver to end by itself, and hands back its exit code.
finish_receiver() {
    if ! await_receiver gone "$end_seconds"; then
        cat recv.log >&2
        fail "the receiver did not end within $end_seconds s after the sender"
    fi
    local code=0
    wait "$receiver_pid" || code=$?
    receiver_pid=''
    return "$code"
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

# Sends sent.ms with the example's configuration and 'options', and receives it.
transmit() {
    say "receiving: emu-recv -c $config ${options[*]}"
    start_receiver "${options[@]}"
    say "sending:   emu-send -c $config ${options[*]}"
    timeout --foreground "$end_seconds" "$home/bin/emu-send" -c "$config" "${options[@]}" ||
        fail "emu-send ended with exit code $?"
    local code=0
    finish_receiver || code=$?
    cat recv.log
    [ "$code" -eq 0 ] || fail "emu-recv ended with exit code $code"
}

# quickstart EXAMPLE SET [WORK_DIR] [OPTION]...: sends the sample SET with EXAMPLE/emulator.conf, receives it, compares.
quickstart() {
    prepare "$@"
    transmit
    "$home/bin/emu-recv" compare sent.ms received.ms >compare.log 2>&1 || {
        cat compare.log >&2
        fail "what arrived is not what was sent; the differences are above"
    }
    cat compare.log
    local rows
    rows=$(sed -n "s/^rows in both *\([0-9]*\).*/\1/p" compare.log)
    say "PASS: ${rows:-all} rows arrived exactly as sent (DATA, FLAG, UVW, TIME and metadata)"
}
