"""Scans that follow each other on one connection of streams: one set each, sent by spead2 and read by python-casacore."""

import numpy as np

from checks import assert_holds
from emulator import free_ports
from peers import visibility_set
from test_spead2_to_emu_recv import open_streams, send_dump


def test_writes_a_set_for_each_scan(emulator, sample, tmp_path):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(2)
    receiver = emulator.receive(
        model, tmp_path / "received.ms", port, transmission__channels_per_stream=8, mswriter__per_scan="true",
        mswriter__max_dumps=4)
    scan_of_dump = [3] * 5 + [18446744073709551615] * 4 + [3] * 3

    streams = open_streams(sent, port, 8)
    for dump, scan in enumerate(scan_of_dump):
        send_dump(streams, sent, dump, scan_id=scan)
    for stream, _, _ in streams:
        stream.end()

    assert receiver.wait() == 0, receiver.output
    expected = {
        "received.scan-3.000001.ms": [0, 1, 2, 3],
        "received.scan-3.000002.ms": [4],
        "received.scan-18446744073709551615.000001.ms": [5, 6, 7, 8],
        "received.scan-3.000003.ms": [9, 10, 11],
    }
    assert {path.name for path in tmp_path.glob("received*")} == set(expected)
    for name, dumps in expected.items():
        assert_holds(tmp_path / name, sent, model, dumps)
        scans = np.unique(visibility_set.read(tmp_path / name).columns["SCAN_NUMBER"])
        assert scans.tolist() == [scan_of_dump[dumps[0]] & 0x7FFFFFFF]
