"""What spead2 sends, emu-recv writes: python-casacore finds every visibility, flag, coordinate and time."""

import pytest

from checks import assert_holds, assert_lost
from emulator import free_ports
from peers import icd, visibility_set
from peers.streams import Sender

PACED = 20e6


def open_streams(sent, port, width, **options):
    """A spead2 sender for each channel range, started."""
    _, baselines, channels, polarisations = sent.shape
    padded = options.pop("padded_to", polarisations)
    streams = [
        (Sender("127.0.0.1", port + number, (count, baselines, padded), rate=PACED, **options), first, count)
        for number, (first, count) in enumerate(icd.channel_ranges(0, channels, width))
    ]
    for stream, _, _ in streams:
        stream.start()
    return streams


def send_dump(streams, sent, dump, polarisations=None, but=(), **items):
    """Sends one dump over all streams but those numbered."""
    for number, (stream, first, count) in enumerate(streams):
        if number not in but:
            stream.data(sent.times[dump], first, sent.elements(dump, first, count, polarisations), **items)


def send_all(streams, sent, polarisations=None, lost=()):
    """Sends all dumps over all streams but the (stream, dump) that are lost, and the ends of the streams."""
    for dump in range(len(sent.times)):
        send_dump(streams, sent, dump, polarisations, but=[number for number, when in lost if when == dump])
    for stream, _, _ in streams:
        stream.end()


@pytest.mark.parametrize("name, width", [
    ("low8_both_4pol.ms", 0),
    ("low8_both_4pol.ms", 5),
    ("low8_both_4pol.ms", 8),
    ("low8_both_4pol.ms", 1),
    ("low8_cross_4pol.ms", 0),
    ("low8_cross_4pol.ms", 5),
    ("low8_both_2pol.ms", 0),
    ("low8_both_2pol.ms", 5),
    ("low8_cross_1pol.ms", 0),
    ("low8_cross_1pol.ms", 5),
    ("low8_cross_4pol_irregular.ms", 0),
    ("low8_cross_4pol_irregular.ms", 5),
    ("low16_both_4pol.ms", 16),
])
def test_writes_every_visibility(emulator, own_copy, tmp_path, name, width):
    model = own_copy(name)
    visibility_set.flag_some(model, seed=len(name) + width)
    sent = visibility_set.read(model)
    port = free_ports(len(icd.channel_ranges(0, sent.shape[2], width)))
    receiver = emulator.receive(model, tmp_path / "received.ms", port, transmission__channels_per_stream=width)

    send_all(open_streams(sent, port, width), sent)

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", sent, model)


@pytest.mark.parametrize("name", ["low8_both_2pol.ms", "low8_cross_1pol.ms"])
def test_finds_the_polarisations_of_a_sender_that_pads(emulator, sample, tmp_path, name):
    """Four are sent whatever the set has: each stands where its correlation type has its place."""
    model = sample(name)
    sent = visibility_set.read(model)
    port = free_ports(1)
    receiver = emulator.receive(model, tmp_path / "received.ms", port, payload__pad_polarisations="true")
    places = [code - 9 for code in visibility_set.subtable(model, "POLARIZATION")["CORR_TYPE"][0]]

    [(stream, first, count)] = open_streams(sent, port, 0, padded_to=4)
    for dump, time in enumerate(sent.times):
        elements = sent.elements(dump, first, count, 4)
        own = elements["VIS"][..., : len(places)].copy()
        elements["VIS"] = 0
        elements["VIS"][..., places] = own
        stream.data(time, first, elements)
    stream.end()

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", sent, model)


@pytest.mark.parametrize("options", [
    {"packet_size": 8972},
    {"packet_size": 500},
    {"descriptors": "none"},
], ids=["jumbo", "small-packets", "descriptors-once"])
def test_takes_what_a_sender_may_choose(emulator, sample, tmp_path, options):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(2)
    receiver = emulator.receive(model, tmp_path / "received.ms", port, transmission__channels_per_stream=8)

    send_all(open_streams(sent, port, 8, **options), sent)

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", sent, model)


def test_writes_the_scan_number(emulator, sample, tmp_path):
    model = sample("low8_cross_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(1)
    receiver = emulator.receive(model, tmp_path / "received.ms", port)

    streams = open_streams(sent, port, 0)
    for dump in range(len(sent.times)):
        send_dump(streams, sent, dump, scan_id=7 if dump < 5 else 8)
    streams[0][0].end()

    assert receiver.wait() == 0, receiver.output
    scans = visibility_set.read(tmp_path / "received.ms").columns["SCAN_NUMBER"]
    assert (scans[:5] == 7).all() and (scans[5:] == 8).all()


def test_takes_one_dump(emulator, sample, tmp_path):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(1)
    receiver = emulator.receive(model, tmp_path / "received.ms", port)

    streams = open_streams(sent, port, 0)
    send_dump(streams, sent, 0)
    streams[0][0].end()

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", sent, model, dumps=[0])


def test_flags_what_was_lost_and_says_so(emulator, sample, tmp_path):
    """Exit code 3; what is lost is flagged, and nothing else is touched."""
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    lost = [(1, 3), (2, 3), (3, 7)]
    port = free_ports(4)
    receiver = emulator.receive(model, tmp_path / "received.ms", port, transmission__channels_per_stream=5)

    send_all(open_streams(sent, port, 5), sent, lost=lost)

    assert receiver.wait() == 3, receiver.output
    assert_lost(tmp_path / "received.ms", sent, [(dump, slice(5 * stream, 5 * stream + 5)) for stream, dump in lost])


def test_ends_without_the_end_of_a_stream(emulator, sample, tmp_path):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(2)
    receiver = emulator.receive(
        model, tmp_path / "received.ms", port, transmission__channels_per_stream=8, reception__idle_timeout=2)

    streams = open_streams(sent, port, 8)
    for dump in range(len(sent.times)):
        send_dump(streams, sent, dump)
    streams[0][0].end()

    assert receiver.wait(20) in (0, 3), receiver.output
    assert_holds(tmp_path / "received.ms", sent, model)
