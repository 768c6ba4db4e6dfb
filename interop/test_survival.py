"""What is left after the receiver was killed, interrupted or refused."""

import signal
import socket
import time

import numpy as np
import pytest

from checks import assert_never_wrong
from emulator import free_ports
from peers import visibility_set
from test_spead2_to_emu_recv import open_streams, send_dump

FLUSH_SECONDS = 1


def test_keeps_what_was_flushed_when_killed(emulator, sample, tmp_path):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(2)
    receiver = emulator.receive(
        model, tmp_path / "received.ms", port, transmission__channels_per_stream=8,
        mswriter__flush_interval=FLUSH_SECONDS, reception__idle_timeout=0)

    streams = open_streams(sent, port, 8)
    for dump in range(4):
        send_dump(streams, sent, dump)
    time.sleep(FLUSH_SECONDS + 1)
    for dump in range(4, 8):
        send_dump(streams, sent, dump)
    time.sleep(FLUSH_SECONDS + 1)
    receiver.kill()

    received = visibility_set.read(tmp_path / "received.ms")
    assert len(received.times) >= 7, "flushed dumps are gone"
    np.testing.assert_array_equal(received.vis, sent.vis[: len(received.times)])
    assert not received.flags.any()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_closes_the_set_when_interrupted(emulator, sample, tmp_path, number):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(2)
    receiver = emulator.receive(model, tmp_path / "received.ms", port, transmission__channels_per_stream=8)

    streams = open_streams(sent, port, 8)
    for dump in range(6):
        send_dump(streams, sent, dump)
    time.sleep(0.5)
    receiver.send_signal(number)

    receiver.wait(15)
    assert "heaps" in receiver.output, "no report"
    assert assert_never_wrong(tmp_path / "received.ms", sent) > 0.7
    with visibility_set.tables.table(str(tmp_path / "received.ms"), ack=False) as table:
        assert table.nrows() >= 5 * sent.shape[1]


def test_leaves_an_existing_set_alone(emulator, own_copy, tmp_path):
    model = own_copy("low8_both_4pol.ms")
    existing = own_copy("low8_cross_1pol.ms")
    before = visibility_set.read(existing)

    code, said = emulator.run(
        "emu-recv", "-o", f"reception.datamodel={model}", "-o", f"reception.outputfilename={existing}")

    assert code in (1, 2), said
    assert existing.name in said and "mswriter.overwrite" in said
    assert "\tat " not in said, "a stack trace instead of a sentence"
    np.testing.assert_array_equal(visibility_set.read(existing).vis, before.vis)


def test_replaces_an_existing_set_when_told_to(emulator, own_copy, sample, tmp_path):
    model = sample("low8_both_4pol.ms")
    existing = own_copy("low8_cross_1pol.ms")
    port = free_ports(1)
    receiver = emulator.receive(model, existing, port, mswriter__overwrite="true")

    emulator.send(model, port)

    assert receiver.wait() == 0, receiver.output
    np.testing.assert_array_equal(visibility_set.read(existing).vis, visibility_set.read(model).vis)


def test_never_replaces_the_data_model(emulator, own_copy):
    model = own_copy("low8_both_4pol.ms")
    before = visibility_set.read(model)

    code, said = emulator.run(
        "emu-recv", "-o", f"reception.datamodel={model}", "-o", f"reception.outputfilename={model}",
        "-o", "mswriter.overwrite=true")

    assert code in (1, 2), said
    np.testing.assert_array_equal(visibility_set.read(model).vis, before.vis)


def test_names_the_port_that_is_in_use(emulator, sample, tmp_path):
    port = free_ports(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", port))

        code, said = emulator.run(
            "emu-recv", "-o", f"reception.datamodel={sample('low8_both_4pol.ms')}",
            "-o", "reception.bind_hostname=127.0.0.1", "-o", f"reception.receiver_port_start={port}",
            "-o", f"reception.outputfilename={tmp_path / 'received.ms'}")

    assert code in (1, 2), said
    assert str(port) in said
    assert "\tat " not in said, "a stack trace instead of a sentence"
