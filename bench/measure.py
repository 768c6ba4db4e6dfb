"""Runs sender and receiver pairs in turn and reports throughput, CPU time and loss as a table."""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "target" / "bench"
PAGE = ROOT / "docs" / "performance.md"
ELEMENT_BYTES = 34
READY_SECONDS = 60
END_SECONDS = 180
SILENCE_SECONDS = 2
HOME = Path(os.environ["CBFSDP_HOME"])

sys.path.insert(0, str(ROOT / "bench"))
sys.path.insert(0, str(ROOT / "interop"))
from emulator import free_ports  # noqa: E402
from make_set import make_set  # noqa: E402


@dataclass(frozen=True)
class Size:
    """What is sent."""

    stations: int
    channels: int
    dumps: int
    repeats: int
    width: int

    @property
    def baselines(self):
        return self.stations * (self.stations + 1) // 2

    @property
    def streams(self):
        return -(-self.channels // self.width)

    @property
    def dump_bytes(self):
        return self.channels * self.baselines * ELEMENT_BYTES


@dataclass(frozen=True)
class Run:
    """One run: payload sent and received, times and CPU seconds."""

    sent_bytes: int
    received_bytes: int
    flight_seconds: float
    job_seconds: float
    sender_cpu: float
    receiver_cpu: float

    @property
    def megabytes_per_second(self):
        return self.received_bytes / 1e6 / max(self.flight_seconds, 1e-9)

    @property
    def lost_percent(self):
        return 100 * (1 - self.received_bytes / self.sent_bytes)

    def cpu_per_gigabyte(self, which):
        return getattr(self, which) / (self.sent_bytes / 1e9)


def main():
    """Measures and reports."""
    args = parse()
    WORK.mkdir(parents=True, exist_ok=True)
    size = Size(args.stations, args.channels, args.dumps, args.repeats, args.channels_per_stream)
    model = WORK / "model.ms"
    make_model(model, size)
    rows = []
    for way, pairs in {"network only": network_pairs, "set to set": set_pairs}.items():
        for rate in (args.rate, 0):
            rows += measure(way, rate, pairs(size, model, rate), args.rounds)
    shutil.rmtree(WORK, ignore_errors=True)
    report = render(size, args, rows)
    print(report)
    if args.write:
        write_page(report)


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run.sh", description=__doc__)
    parser.add_argument("--stations", type=int, default=64)
    parser.add_argument("--channels", type=int, default=256)
    parser.add_argument("--dumps", type=int, default=20, help="dumps of the set (default %(default)s)")
    parser.add_argument("--repeats", type=int, default=3, help="times the set is sent, network only (default %(default)s)")
    parser.add_argument("--channels-per-stream", type=int, default=64)
    parser.add_argument("--rate", type=int, default=50_000_000, help="bytes/s a stream of the paced runs (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    return parser.parse_args()


def make_model(model, size):
    """The set that is sent."""
    name = "low8_both_4pol.ms"
    with tarfile.open(ROOT / "quickstart" / "samples" / f"{name}.tar.xz") as archive:
        archive.extractall(WORK)
    make_set(model, WORK / name, stations=size.stations, channels=size.channels, dumps=size.dumps)


def network_pairs(size, model, rate):
    """Programs that send and receive without a disk: what is received is decoded and dropped."""
    dumps = size.dumps * size.repeats

    def emulator(port):
        return (
            emu("emu-send", port, size, rate, ["-o", f"reader.num_repeats={size.repeats}", model]),
            emu("emu-recv", port, size, rate, ["-o", "reception.consumer=null", "-o", f"reception.datamodel={model}"]),
        )

    def peer(port):
        shape = ["--port", port, "--streams", size.streams]
        return (
            python("icd_send", *shape, "--channels", size.width, "--baselines", size.baselines, "--heaps", dumps, "--rate", rate),
            python("icd_recv", *shape, "--timeout", SILENCE_SECONDS),
        )

    return [("emu-send, emu-recv", emulator, size, dumps), ("spead2 (Python)", peer, size, dumps)]


def set_pairs(size, model, rate):
    """Programs that read a set, send it, receive it and write a set."""

    def emulator(port):
        output = ["-o", f"reception.outputfilename={WORK / 'received.ms'}", "-o", "mswriter.overwrite=true"]
        return (
            emu("emu-send", port, size, rate, [model]),
            emu("emu-recv", port, size, rate, ["-o", f"reception.datamodel={model}", *output]),
        )

    def peer(port):
        shape = ["--port", port, "--channels-per-stream", size.width]
        return (
            python("ms_send", model, *shape, "--rate", rate),
            python("ms_recv", model, WORK / "received.ms", *shape, "--timeout", SILENCE_SECONDS),
        )

    return [("emu-send, emu-recv", emulator, size, size.dumps), ("spead2 and python-casacore", peer, size, size.dumps)]


def emu(name, port, size, rate, more):
    """The command of a program under test."""
    return [HOME / "bin" / name, "-o", f"transmission.channels_per_stream={size.width}",
            "-o", f"transmission.target_port_start={port}", "-o", f"reception.receiver_port_start={port}",
            "-o", f"transmission.rate={rate}", "-o", f"reception.idle_timeout={SILENCE_SECONDS}", *more]


def python(name, *arguments):
    """The command of a peer."""
    return [sys.executable, "-m", f"peers.{name}", *arguments]


def measure(way, rate, pairs, rounds):
    """Runs the pairs in turn; returns a row for each."""
    runs = {name: [] for name, *_ in pairs}
    for number in range(rounds):
        for name, commands, size, dumps in pairs:
            sender, receiver = commands(free_ports(size.streams))
            runs[name].append(one_run(sender, receiver, size, dumps))
            print(f"{way}, {pace(rate)}, round {number + 1}, {name}: {runs[name][-1]}", file=sys.stderr)
    return [(way, rate, name, runs[name]) for name, *_ in pairs]


def one_run(sender, receiver, size, dumps):
    """Starts the receiver, runs the sender, waits for both."""
    log = WORK / "receiver.log"
    receiving = start(receiver, log)
    wait_until_ready(receiving, log)
    begin = time.perf_counter()
    sending = start(sender, WORK / "sender.log")
    sender_cpu = cpu_until_end(sending, WORK / "sender.log", (0,))
    receiver_cpu = cpu_until_end(receiving, log, (0, 3))
    job_seconds = time.perf_counter() - begin
    heaps, seconds = receiver_report(log.read_text(encoding="utf-8"))
    shutil.rmtree(WORK / "received.ms", ignore_errors=True)
    heap_bytes = size.width * size.baselines * ELEMENT_BYTES
    return Run(dumps * size.dump_bytes, heaps * heap_bytes, seconds, job_seconds, sender_cpu, receiver_cpu)


def start(command, log):
    """Starts a program with its output in a file."""
    with open(log, "w", encoding="utf-8") as sink:
        return subprocess.Popen(
            [str(word) for word in command], cwd=ROOT / "interop", stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)


def wait_until_ready(process, log):
    """Waits for the line that says so."""
    deadline = time.monotonic() + READY_SECONDS
    while not any(line.startswith("Ready: ") for line in log.read_text(encoding="utf-8").splitlines()):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise SystemExit(f"bench: the receiver did not get ready:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.02)


def cpu_until_end(process, log, good_codes):
    """Waits for a program; returns its CPU seconds, user and system."""
    deadline = time.monotonic() + END_SECONDS
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > deadline:
            process.kill()
            raise SystemExit(f"bench: {process.args} did not end:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good_codes:
        raise SystemExit(f"bench: {process.args} ended with {process.returncode}:\n{log.read_text(encoding='utf-8')}")
    return usage.ru_utime + usage.ru_stime


def receiver_report(said):
    """Complete heaps, and seconds from the first to the last, as either kind of receiver reports them."""
    ours = re.search(r"^Received (\d+) heaps .* MB in ([0-9.]+) s", said, re.MULTILINE)
    if ours:
        return int(ours[1]), float(ours[2])
    theirs = json.loads(said.splitlines()[-1])
    return theirs["heaps"], theirs["seconds"]


def pace(rate):
    """A rate in words."""
    return f"{rate / 1e6:g} MB/s a stream" if rate else "unlimited"


def render(size, args, rows):
    """The report in Markdown."""
    lines = [
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({cpu_name()}), Linux {os.uname().release}, "
        f"`rmem_max` {Path('/proc/sys/net/core/rmem_max').read_text().strip()}, {java_version()}, loopback, UDP, "
        f"packets of 1472 bytes. {size.stations} stations, {size.baselines} baselines, {size.channels} channels in "
        f"{size.streams} streams, 4 polarisations: {size.dump_bytes / 1e6:.1f} MB a dump; {size.dumps * size.repeats} dumps "
        f"over the network only, {size.dumps} from set to set. Medians of {args.rounds} runs in turn, ranges in brackets.",
        "",
        "| way | sender's rate | programs | MB/s received | lost % | CPU s/GB sender | CPU s/GB receiver | whole job s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for way, rate, name, runs in rows:
        cells = [
            spread([run.megabytes_per_second for run in runs], "{:.0f}"),
            spread([run.lost_percent for run in runs], "{:.1f}"),
            spread([run.cpu_per_gigabyte("sender_cpu") for run in runs], "{:.2f}"),
            spread([run.cpu_per_gigabyte("receiver_cpu") for run in runs], "{:.2f}"),
            spread([run.job_seconds for run in runs], "{:.2f}"),
        ]
        lines.append(f"| {way} | {pace(rate)} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def spread(values, form):
    """Median and range."""
    return f"{form} ({form}-{form})".format(statistics.median(values), min(values), max(values))


def cpu_name():
    """What the kernel calls the processor."""
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else os.uname().machine


def java_version():
    """The virtual machine that the programs run on."""
    java = f"{os.environ['JAVA_HOME']}/bin/java" if "JAVA_HOME" in os.environ else "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return "Java " + re.search(r'"(.*?)"', said)[1]


def write_page(report):
    """Replaces what stands between the markers of the page."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = "<!-- bench:begin -->\n", "<!-- bench:end -->"
    before, rest = text.split(begin)
    PAGE.write_text(before + begin + report + "\n" + end + rest.split(end)[1], encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written", file=sys.stderr)


if __name__ == "__main__":
    main()
