"""The tables, one a function: each takes the bench and returns Markdown."""

import statistics

from . import shapes
from .processes import Pair
from .programs import (
    FORCED_BUFFER_BYTES, BareReceive, EmuRecv, EmuSend, IcdReceive, IcdSend, SetReceive, SetSend, ToolReceive, ToolSend)
from .tables import spread, table

OURS = Pair("emu-send, emu-recv", EmuRecv(), EmuSend())
OURS_FORCED = Pair("emu-send, emu-recv, forced buffer", EmuRecv(buffer_bytes=FORCED_BUFFER_BYTES, force=True), EmuSend())
TOOLS = Pair("spead2_send, spead2_recv", ToolReceive(), ToolSend())
MIXED = Pair("emu-send, spead2_recv", ToolReceive(), EmuSend())
REAL_DATA = Pair("icd_send (Python), spead2_recv", ToolReceive(), IcdSend())
PYTHON = Pair("emu-send, icd_recv (Python)", IcdReceive(), EmuSend())
BARE = Pair("bare streams", BareReceive(), EmuSend())
ENGINE = Pair(
    "emu-recv with telemetry",
    EmuRecv(buffer_bytes=FORCED_BUFFER_BYTES, force=True, options=["telemetry.port=0", "telemetry.report_interval=1"]), EmuSend())


def receive(bench):
    """Receive rate without loss, found by search, over UDP."""
    rows = []
    for shape in bench.pick(
            [shapes.large(), shapes.small()],
            [form(streams, packet) for form in (shapes.large, shapes.small)
             for packet in (1472, 8972, 65000) for streams in (1, 4, 16)]):
        pairs = [OURS, OURS_FORCED, TOOLS] + ([PYTHON] if shape.heap_bytes < 1 << 20 else [])
        for name, runs in bench.search(pairs, shape).items():
            rows.append([shape, name, *_rates(runs)])
    return table(["what", "programs", "MB/s without loss", "CPU s/GB sender", "CPU s/GB receiver"], rows)


def _rates(runs):
    if runs is None:
        return ["none", "", ""]
    return [spread(run.sent_rate for run in runs), *_cpu(runs)]


def _cpu(runs):
    return [spread((run.sender_cpu_per_gigabyte for run in runs), "{:.2f}"),
            spread((run.receiver_cpu_per_gigabyte for run in runs), "{:.2f}")]


def cost(bench):
    """CPU seconds a GB at 1 GB/s, 1472-byte packets: of whole runs, their start included, and of each further GB."""
    rows = []
    for shape, pairs in ((shapes.large(), [OURS, TOOLS]), (shapes.small(), [OURS])):
        short = bench.rounds(pairs, shape, rate=1e9, seconds=5)
        long = bench.rounds(pairs, shape, rate=1e9, seconds=40)
        for name in long:
            further = [_further(*both) for both in zip(short[name], long[name])]
            rows.append([shape, name, spread((run.lost_percent for run in long[name]), "{:.2f}"), _cpu(long[name])[0],
                         _cpu(short[name])[1], _cpu(long[name])[1], spread(further, "{:.3f}")])
    return table(["what, 1 GB/s offered", "programs", "lost %", "CPU s/GB sender, 40 s", "CPU s/GB receiver, 5 s",
                  "CPU s/GB receiver, 40 s", "CPU s a further GB, receiver"], rows)


def engine(bench):
    """What the receive engine costs beyond streams whose heaps are only drained: each further GB once warm, and what is taken in a flood."""
    pairs = [BARE, ENGINE]
    rows = []
    for shape in bench.pick([shapes.large()], [shapes.large(), shapes.large(4), shapes.small(), shapes.small(4)]):
        short = bench.rounds(pairs, shape, rate=500e6, seconds=5)
        long = bench.rounds(pairs, shape, rate=500e6, seconds=15)
        floods = [bench.rounds(pairs, shape, gigabytes=gigabytes) for gigabytes in (4, 60)]
        costs = {name: [_further(*both) for both in zip(short[name], long[name])] for name in long}
        taken = [{name: [run.received_bytes / 1e6 / run.send_seconds for run in flood[name]] for name in flood} for flood in floods]
        for name in costs:
            rows.append([shape, name, spread((run.lost_percent for run in long[name]), "{:.2f}"),
                         spread(costs[name], "{:.3f}"), _ratio(costs, name),
                         *[cell for rates in taken for cell in (spread(rates[name]), _ratio(rates, name))]])
    return table(["what", "receiver", "lost % at 500 MB/s", "CPU s a further GB at 500 MB/s", "to bare",
                  "MB/s taken of 4 GB that come unlimited", "to bare", "MB/s taken of 60 GB", "to bare"], rows)


def _further(short, long, of="receiver_cpu"):
    """CPU seconds of a program for each GB that the long run had more than the short one: without its start."""
    return (getattr(long, of) - getattr(short, of)) / ((long.sent_bytes - short.sent_bytes) / 1e9)


def _ratio(values, name):
    return f"{statistics.median(values[name]) / statistics.median(values[BARE.name]):.2f}"


def send(bench):
    """How fast a sender sends when nothing holds it back but the medium; what the receiver loses is not counted."""
    rows = []
    for shape in bench.pick(
            [shapes.large(), shapes.large(packet_bytes=65000), shapes.small()],
            [form(streams, packet) for form in (shapes.large, shapes.small)
             for packet in (1472, 8972, 65000) for streams in (1, 4, 16)]):
        for name, runs in bench.rounds([OURS_FORCED, MIXED, REAL_DATA, TOOLS], shape, gigabytes=20).items():
            rows.append([shape, name, spread(run.sent_rate for run in runs),
                         spread((run.lost_percent for run in runs), "{:.1f}"), *_cpu(runs)])
    return table(["what, unlimited", "programs", "MB/s sent", "lost %", "CPU s/GB sender", "CPU s/GB receiver"], rows)


def tcp(bench):
    """TCP, both ends alike, unlimited."""
    rows = []
    for shape in bench.pick(
            [shapes.large(protocol="tcp", packet_bytes=packet) for packet in (1472, 65000)],
            [form(streams, packet, "tcp") for form in (shapes.large, shapes.small)
             for packet in (1472, 8972, 65000) for streams in (1, 4, 16)]):
        for name, runs in bench.rounds([OURS, TOOLS], shape, gigabytes=20).items():
            rows.append([shape, name, spread(run.sent_rate for run in runs),
                         spread(run.lost_percent for run in runs), *_cpu(runs)])
    return table(["what, unlimited", "programs", "MB/s", "lost %", "CPU s/GB sender", "CPU s/GB receiver"], rows)


def sets(bench):
    """From Measurement Set to Measurement Set: 64 stations x 256 channels x 4 polarisations in 4 streams."""
    shape = shapes.Shape(64, 64, streams=4)
    ours = Pair("emu-send, emu-recv, forced buffer", EmuRecv(buffer_bytes=FORCED_BUFFER_BYTES, force=True), EmuSend())
    theirs = Pair("ms_send, ms_recv (Python)", SetReceive(), SetSend())
    rows = []
    for label, rate in (("600 MB/s", 600e6), ("unlimited", 0)):
        found = bench.rounds([ours, theirs], shape, rate=rate, gigabytes=bench.set_bytes(shape) / 1e9, to_set=True)
        for name, runs in found.items():
            rows.append([label, name, spread(run.received_rate for run in runs),
                         spread((run.lost_percent for run in runs), "{:.1f}"), *_cpu(runs)])
    return table(["sender's rate", "programs", "MB/s received", "lost %", "CPU s/GB sender", "CPU s/GB receiver"], rows)


def scaling(bench):
    """Cost of a further GB as the number of streams, stations and channels grows; 800 MB/s offered."""
    series = [
        ("streams, heaps of one size", [shapes.Shape(64, 4, streams) for streams in (1, 4, 16, 64)]),
        ("streams, dumps of one size", [shapes.Shape(64, 256 // streams, streams) for streams in (1, 4, 16, 64)]),
        ("stations", [shapes.Shape(stations, channels) for stations, channels in ((8, 3426), (32, 234), (64, 59), (128, 15), (256, 4))]),
        ("channels", [shapes.Shape(64, channels) for channels in (16, 64, 256, 1024)]),
    ]
    rows = []
    for name, forms in series:
        for shape in bench.pick([forms[0], *forms[-2:]], forms):
            short = bench.rounds([OURS_FORCED], shape, rate=800e6, seconds=5)[OURS_FORCED.name]
            long = bench.rounds([OURS_FORCED], shape, rate=800e6, seconds=15)[OURS_FORCED.name]
            rows.append([name, f"{shape.streams} x {shape.channels} channels, {shape.stations} stations", spread(
                (run.lost_percent for run in long), "{:.1f}"),
                         *[spread((_further(*both, of) for both in zip(short, long)), "{:.3f}") for of in ("sender_cpu", "receiver_cpu")],
                         memory(long), f"{_resident_megabytes(shape):.0f}"])
    return table(["series", "shape", "lost %", "CPU s a further GB, sender", "CPU s a further GB, receiver",
                  "receiver's resident MB", "by the formula"], rows)


def _resident_megabytes(shape):
    """What docs/performance.md says that a receiver with default memory has resident as long as it keeps up."""
    reserve = (512 << 20) // 4
    buffer = _buffer_bytes(shape.heap_bytes)
    lacking = max(0, 2 - reserve // buffer) * buffer
    return 115 + (reserve + lacking) / 1e6 + 2.1 + shape.streams * 1.5


def _buffer_bytes(heap):
    """The receiver's buffers come in four sizes an octave."""
    octave = 1 << (heap.bit_length() - 1)
    return -(-heap // (octave // 4)) * (octave // 4)


def memory(runs):
    """Median resident set of the receiver."""
    return f"{statistics.median(run.receiver_peak_bytes for run in runs) / 1e6:.0f}"


SECTIONS = {"receive": receive, "cost": cost, "engine": engine, "send": send, "tcp": tcp, "sets": sets, "scaling": scaling}
