"""The programs that are measured: how they are called, and what their output says."""

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from .shapes import Shape

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("CBFSDP_HOME", ROOT / "target" / "cbf-sdp-emulator"))
TOOLS = Path(sys.executable).parent
SAME_BUFFER_BYTES = 4 << 20
FORCED_BUFFER_BYTES = 32 << 20
SILENCE_SECONDS = 2


@dataclass(frozen=True)
class Job:
    """What a pair has to do."""

    shape: Shape
    dumps: int
    port: int
    rate: float = 0.0
    """Bytes/s of all streams together; 0 is unlimited."""
    source: Path | None = None
    """A set to be read, and to be the data model."""
    source_dumps: int = 0
    target: Path | None = None
    """A set to be written."""

    @property
    def stream_rate(self):
        return round(self.rate / self.shape.streams)


class EmuSend:
    """emu-send with data that it makes up and keeps in memory, or, when a set is to be written, with a set."""

    name = "emu-send"

    def command(self, job):
        return [HOME / "bin" / "emu-send", *_streams(job),
                "-o", f"transmission.rate={job.stream_rate}", "-o", f"transmission.max_heaps={_most_heaps(job)}",
                "-o", "transmission.burst_size=65536", "-o", f"transmission.max_packet_size={job.shape.packet_bytes}",
                "-o", f"transmission.transport_protocol={job.shape.protocol}",
                *([job.source] if job.target else self._synthetic(job))]

    @staticmethod
    def _synthetic(job):
        shape = job.shape
        return ["-o", f"reader.synthetic={shape.stations}x{shape.channels * shape.streams}x{job.source_dumps}",
                "-o", f"reader.num_repeats={-(-job.dumps // job.source_dumps)}"]

    def seconds(self, said):
        return float(re.search(r" MB in ([0-9.]+) s", said)[1])


class EmuRecv:
    """emu-recv with the consumer that decodes and counts, or with the writer of sets."""

    good_codes = (0, 3)
    silence_seconds = None

    def __init__(self, name="emu-recv", buffer_bytes=SAME_BUFFER_BYTES, force=False, options=()):
        self.name = name
        self._buffer = ["-o", f"reception.buffer_size={buffer_bytes}",
                        "-o", f"reception.force_buffer={'true' if force else 'false'}"]
        self._options = list(options)

    def command(self, job):
        if job.target:
            consumer = [f"reception.outputfilename={job.target}", "mswriter.overwrite=true",
                        f"reception.datamodel={job.source}"]
        else:
            consumer = ["reception.consumer=null", f"reception.num_ports={job.shape.streams}"]
        buffer = self._buffer if job.shape.protocol == "udp" else []
        return [HOME / "bin" / "emu-recv", *_streams(job), *buffer,
                "-o", f"reception.transport_protocol={job.shape.protocol}",
                "-o", f"reception.max_packet_size={max(9200, job.shape.packet_bytes)}",
                "-o", f"reception.idle_timeout={SILENCE_SECONDS}",
                *[word for option in [*consumer, *self._options] for word in ("-o", option)]]

    def is_ready(self, _, said):
        return "\nReady: " in "\n" + said

    def report(self, said, job):
        found = re.search(r"^Received (\d+) heaps .* MB in ([0-9.]+) s", said, re.MULTILINE)
        return (int(found[1]), float(found[2])) if found else (0, 0.0)


class BareReceive(EmuRecv):
    """Receive streams whose heaps are only drained, on the same Java and with the same flags: emu-recv without its engine."""

    good_codes = (0,)

    def __init__(self):
        super().__init__("bare streams")

    def command(self, job):
        return ["env", f"CBFSDP_CLASSPATH={ROOT / 'bench' / 'target' / 'classes'}", "sh", "-c",
                'home=$0; main_class=org.cbfsdp.bench.DrainHeaps; . "$home/lib/launch"', HOME,
                job.port, job.shape.streams, FORCED_BUFFER_BYTES, max(9200, job.shape.packet_bytes)]


class ToolSend:
    """spead2's send tool."""

    name = "spead2_send"

    def command(self, job):
        return [TOOLS / "spead2_send.py", "--heap-size", job.shape.heap_bytes, "--heaps", job.dumps * job.shape.streams,
                "--packet", job.shape.packet_bytes, "--max-heaps", _most_heaps(job), *_tcp(job),
                *([f"--rate={job.rate * 8e-9}"] if job.rate else []),
                *[f"127.0.0.1:{job.port + stream}" for stream in range(job.shape.streams)]]

    def seconds(self, said):
        return float(re.search(r"bytes in ([0-9.]+)s", said)[1])


class ToolReceive:
    """spead2's receive tool; it does not say how long it took, so its rate is that of its sender."""

    name = "spead2_recv"
    good_codes = (0, -2, 1, 130)
    silence_seconds = SILENCE_SECONDS

    def command(self, job):
        heaps = ["--concurrent-heaps", 16, "--ring-heaps", 64] if _is_small(job) else []
        return [TOOLS / "spead2_recv.py", "--mem-pool", "--packet", max(9200, job.shape.packet_bytes), *_tcp(job), *heaps,
                "--buffer", SAME_BUFFER_BYTES, "--threads", min(job.shape.streams, 2),
                *[f"127.0.0.1:{job.port + stream}" for stream in range(job.shape.streams)]]

    def is_ready(self, pid, _):
        return _listens(pid)

    def report(self, said, job):
        heaps = sum(int(count) for count in re.findall(r"^heaps: (\d+)$", said, re.MULTILINE))
        broken = sum(
            int(count) for count in re.findall(r"^incomplete_heaps_\w+: (\d+)$", said, re.MULTILINE))
        return min(heaps - broken, job.dumps * job.shape.streams), float("inf")


class IcdSend:
    """A Python program on spead2 that sends visibilities made before, as many different dumps as emu-send."""

    name = "icd_send (Python)"

    def command(self, job):
        shape = job.shape
        return [sys.executable, "-m", "peers.icd_send", "--port", job.port, "--transport", shape.protocol,
                "--streams", shape.streams, "--channels", shape.channels, "--baselines", shape.baselines,
                "--heaps", job.dumps, "--distinct", job.source_dumps, "--rate", job.stream_rate,
                "--packet-size", shape.packet_bytes, "--max-heaps", _most_heaps(job)]

    def seconds(self, said):
        return json.loads(said.splitlines()[-1])["seconds"]


class IcdReceive:
    """A Python program on spead2 that decodes every heap."""

    name = "icd_recv (Python)"
    good_codes = (0,)
    silence_seconds = None

    def command(self, job):
        return [sys.executable, "-m", "peers.icd_recv", "--port", job.port, "--streams", job.shape.streams,
                "--transport", job.shape.protocol, "--timeout", SILENCE_SECONDS, "--max-heaps", 64]

    def is_ready(self, _, said):
        return "Ready: " in said

    def report(self, said, job):
        lines = [line for line in said.splitlines() if line.startswith("{")]
        # Overrun from the first packet on, it has no heap to report.
        # Behind it on its line there may be a warning of the library, which another thread wrote.
        found = json.JSONDecoder().raw_decode(lines[-1])[0] if lines else {"heaps": 0, "seconds": 0.0}
        return found["heaps"], found["seconds"]


class SetSend:
    """A Python program that reads a set with python-casacore and sends it with spead2."""

    name = "ms_send (Python)"

    def command(self, job):
        return [sys.executable, "-m", "peers.ms_send", job.source, "--port", job.port, "--channels-per-stream",
                job.shape.channels, "--rate", job.rate]

    def seconds(self, said):
        return float("inf")


class SetReceive(IcdReceive):
    """A Python program that receives with spead2 and writes a set with python-casacore."""

    name = "ms_recv (Python)"

    def command(self, job):
        return [sys.executable, "-m", "peers.ms_recv", job.source, job.target, "--port", job.port,
                "--channels-per-stream", job.shape.channels, "--timeout", SILENCE_SECONDS]


def _streams(job):
    return ["-o", f"transmission.channels_per_stream={job.shape.channels}",
            "-o", f"transmission.target_port_start={job.port}", "-o", f"reception.receiver_port_start={job.port}"]


def _is_small(job):
    return job.shape.heap_bytes < 1 << 20


def _most_heaps(job):
    """Heaps of each stream that may wait in the sender: 16 MiB of all streams together, from 4 to 64."""
    return max(4, min(64, (16 << 20) // job.shape.dump_bytes))


def _tcp(job):
    return ["--tcp"] if job.shape.protocol == "tcp" else []


def _listens(pid):
    """Whether a process has opened an internet socket; one that says nothing when it is ready can be seen by that."""
    sockets = set()
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            target = os.readlink(f"/proc/{pid}/fd/{name}")
            if target.startswith("socket:["):
                sockets.add(target[8:-1])
    except OSError:
        return False
    tables = "".join(Path(f"/proc/net/{name}").read_text() for name in ("udp", "tcp"))
    return any(line.split()[9] in sockets for line in tables.splitlines() if len(line.split()) > 9 and ":" in line.split()[1])
