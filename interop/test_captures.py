"""Capture files in place of the network: what emu-send writes, spead2 and emu-recv read, and what is dumped is what spead2 has."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
import spead2
import spead2.recv

from checks import assert_holds
from emulator import Program, dotted, free_ports
from peers import icd, visibility_set

PORT = 41000


def write_capture(emulator, tmp_path, path, **settings):
    """Has emu-send write a set into a capture; returns its path."""
    capture = tmp_path / "sent.pcap"
    values = {"transmission.target_port_start": PORT, **dotted(settings)}
    options = [word for key, value in values.items() for word in ("-o", f"{key}={value}")]
    code, said = emulator.run("emu-send", "pcap", *options, capture, path)
    assert code == 0, said
    return capture


def received_by_spead2(capture, port):
    """The data heaps of one stream of a capture."""
    ring = spead2.recv.RingStreamConfig(heaps=64, contiguous_only=False)
    stream = spead2.recv.Stream(spead2.ThreadPool(), spead2.recv.StreamConfig(max_heaps=8), ring)
    stream.add_udp_pcap_file_reader(str(capture), filter=f"udp dst port {port}")
    items = spead2.ItemGroup()
    heaps = []
    for heap in stream:
        assert not isinstance(heap, spead2.recv.IncompleteHeap)
        if icd.DATA in items.update(heap):
            heaps.append({name: np.copy(item.value) for name, item in items.items()})
    return heaps


@pytest.mark.parametrize("name, width, packet", [
    ("low8_both_4pol.ms", 0, 1472),
    ("low8_both_2pol.ms", 5, 8972),
    ("low16_both_4pol.ms", 16, 65507),
])
def test_spead2_reads_what_is_written(emulator, sample, tmp_path, name, width, packet):
    path = sample(name)
    sent = visibility_set.read(path)
    ranges = icd.channel_ranges(0, sent.shape[2], width)
    capture = write_capture(
        emulator, tmp_path, path, transmission__channels_per_stream=width, transmission__max_packet_size=packet)

    for number, (first, count) in enumerate(ranges):
        heaps = received_by_spead2(capture, PORT + number)
        assert len(heaps) == len(sent.times)
        for dump, heap in enumerate(heaps):
            elements = sent.elements(dump, first, count)
            np.testing.assert_array_equal(heap[icd.DATA]["VIS"].reshape(elements["VIS"].shape), elements["VIS"])


@pytest.mark.parametrize("name, width", [
    ("low8_both_4pol.ms", 0),
    ("low8_both_2pol.ms", 5),
    ("low8_cross_1pol.ms", 1),
])
def test_a_set_survives_the_way_through_a_capture(emulator, own_copy, tmp_path, name, width):
    path = own_copy(name)
    visibility_set.flag_some(path, seed=width)
    capture = write_capture(emulator, tmp_path, path, transmission__channels_per_stream=width)

    receiver = emulator.receive(
        path, tmp_path / "received.ms", PORT, reception__pcap_file=capture, transmission__channels_per_stream=width)

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", visibility_set.read(path), path)
    code, said = emulator.run("emu-recv", "compare", path, tmp_path / "received.ms")
    assert code == 0, said


def test_a_cut_capture_is_received_as_far_as_it_goes(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    capture = write_capture(emulator, tmp_path, path)
    whole = capture.read_bytes()
    capture.write_bytes(whole[: len(whole) // 2])

    receiver = emulator.receive(path, tmp_path / "received.ms", PORT, reception__pcap_file=capture)

    assert receiver.wait() == 3, receiver.output
    assert " WARN " in receiver.output and "1 cut off by the end of the file" in receiver.output
    assert f"capture {capture} is cut off amid a packet, after " in receiver.output
    assert "; nothing more can come, but 1 of 1 streams lack their end" in receiver.output


def test_a_capture_that_loses_but_its_last_byte_has_lost_something(emulator, sample, tmp_path):
    """Even when all that is wanted came before: nobody knows what else was in the file."""
    path = sample("low8_both_4pol.ms")
    capture = write_capture(emulator, tmp_path, path)
    with open(capture, "ab") as file:
        file.write(b"\0\0")

    receiver = emulator.receive(path, tmp_path / "received.ms", PORT, reception__pcap_file=capture)
    code, said = emulator.run("emu-recv", "dump", capture)

    assert receiver.wait() == 3, receiver.output
    assert f"capture {capture} is cut off amid a packet" in receiver.output
    assert code == 3
    assert f"emu-recv dump: capture {capture} is cut off amid a packet" in said


def test_a_dump_without_room_for_it_fails(emulator, sample, tmp_path):
    capture = write_capture(emulator, tmp_path, sample("low8_both_4pol.ms"))
    with open("/dev/full", "w", encoding="utf-8") as full:
        outcome = subprocess.run(
            [Path(os.environ["CBFSDP_HOME"]) / "bin" / "emu-recv", "dump", capture],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert outcome.returncode == 1
    assert outcome.stderr == "emu-recv dump: standard output cannot be written: No space left on device\n"


def test_a_dump_is_content_with_a_reader_that_has_had_enough(emulator, sample, tmp_path):
    capture = write_capture(emulator, tmp_path, sample("low8_both_4pol.ms"))
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        outcome = subprocess.run(
            [Path(os.environ["CBFSDP_HOME"]) / "bin" / "emu-recv", "dump", capture],
            stdout=write_end, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    finally:
        os.close(write_end)
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_the_times_are_paced_without_waiting(emulator, sample, tmp_path):
    """At 1 kB/s, what is written at once would take long to send."""
    began = time.monotonic()
    capture = write_capture(emulator, tmp_path, sample("low8_both_4pol.ms"), transmission__rate=1000)
    took = time.monotonic() - began
    records = list(pcap_records(capture))
    nanos = [time for time, _ in records]
    assert nanos == sorted(nanos)
    payload = sum(length - 42 for _, length in records[:-1])
    assert (nanos[-1] - nanos[0]) / 1e9 == pytest.approx(payload / 1000, rel=1e-6)
    assert took < payload / 1000


def pcap_records(path):
    """Time in nanoseconds, and length, of each record."""
    file = path.read_bytes()
    assert file[:4] == bytes.fromhex("4d3cb2a1")
    at = 24
    while at < len(file):
        seconds, nanos, length, _ = np.frombuffer(file, "<u4", 4, at).tolist()
        yield seconds * 10**9 + nanos, length
        at += 16 + length


def test_dumps_what_spead2_receives(emulator, sample, tmp_path):
    capture = write_capture(emulator, tmp_path, sample("low8_both_4pol.ms"))
    code, said = emulator.run("emu-recv", "dump", "--json", capture)
    assert code == 0, said
    lines = [json.loads(line) for line in said.splitlines()]
    assert list(lines[-1]) == ["stats"]

    heaps = received_by_spead2(capture, PORT)
    dumped = [line for line in lines[:-1] if any(item["name"] == icd.DATA for item in line["items"])]
    assert len(dumped) == len(heaps)
    for line, heap in zip(dumped, heaps):
        for item in line["items"]:
            if item["shape"] == []:
                assert item["value"] == heap[item["name"]].item()
            elif "value" in item:
                assert item["value"] == [value.tolist() for value in heap[item["name"]]]
    assert lines[-1]["stats"]["heaps"] == len(heaps) + 1


def test_a_dump_ends_cleanly_by_signal(tmp_path):
    port = free_ports(1)
    program = Program([Path(os.environ["CBFSDP_HOME"]) / "bin" / "emu-recv", "dump", f"127.0.0.1:{port}"], tmp_path / "dump.log")
    try:
        deadline = time.monotonic() + 20
        while f":{port:04X} " not in Path("/proc/net/udp").read_text(encoding="ascii"):
            assert time.monotonic() < deadline, program.output
            time.sleep(0.05)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0, program.output
        assert program.output.startswith("Received 0 heaps\nheaps: 0\n")
    finally:
        program.kill()


def test_refuses_what_is_no_capture(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    wrong = tmp_path / "notes.txt"
    wrong.write_text("not a capture")
    for arguments, key in (
            (["dump", wrong], ""),
            (["-o", f"reception.pcap_file={wrong}", "-o", f"reception.datamodel={path}"], " (reception.pcap_file)")):
        code, said = emulator.run("emu-recv", *arguments)
        assert code == 2
        assert said.strip() == f"emu-recv: {wrong} is neither a pcap nor a pcapng capture file{key}"
