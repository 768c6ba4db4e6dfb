"""From set to set through both programs, over good and bad networks; python-casacore and wsclean are the judges."""

import shutil
import subprocess

import numpy as np
import pytest

from checks import assert_holds, assert_lost, assert_never_wrong
from emulator import free_ports
from peers import visibility_set
from peers.fits import read_image
from peers.relay import Relay


@pytest.mark.parametrize("name, width, streams", [
    ("low8_both_4pol.ms", 0, 1),
    ("low8_both_2pol.ms", 5, 4),
    ("low8_cross_1pol.ms", 8, 2),
    ("low8_cross_4pol_irregular.ms", 5, 4),
    ("low16_both_4pol.ms", 16, 4),
])
def test_arrives_as_sent(emulator, own_copy, tmp_path, name, width, streams):
    path = own_copy(name)
    visibility_set.flag_some(path, seed=width)
    port = free_ports(streams)
    receiver = emulator.receive(path, tmp_path / "received.ms", port, transmission__channels_per_stream=width)

    emulator.send(path, port, transmission__channels_per_stream=width)

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", visibility_set.read(path), path)
    code, said = emulator.run("emu-recv", "compare", path, tmp_path / "received.ms")
    if "irregular" in name:
        assert code == 1 and "equal but for rows that are flagged throughout" in said, said
    else:
        assert code == 0, said


@pytest.mark.parametrize("start, count, width", [(4, 8, 0), (4, 8, 3)])
def test_a_slice_of_the_channels_arrives(emulator, sample, tmp_path, start, count, width):
    """The received set has all channels of the model: those that were sent hold data, the others are flagged."""
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)
    port = free_ports(3)
    settings = {
        "reader__start_chan": start, "reader__num_chan": count, "transmission__channels_per_stream": width}
    receiver = emulator.receive(path, tmp_path / "received.ms", port, **settings)

    emulator.send(path, port, **settings)

    assert receiver.wait() == 0, receiver.output
    never_sent = np.r_[0:start, start + count : 16]
    assert_lost(tmp_path / "received.ms", sent, [(dump, never_sent) for dump in range(len(sent.times))])
    code, said = emulator.run(
        "emu-recv", "compare", path, tmp_path / "received.ms", "--channels", f"{start}:{count}")
    assert code == 0, said


def test_repeats_go_on_in_time_with_the_last_coordinates(emulator, sample, tmp_path):
    """The model knows no such times: the dumps are written all the same, with the nearest dump's UVW."""
    path = sample("low8_cross_4pol.ms")
    sent = visibility_set.read(path)
    port = free_ports(1)
    receiver = emulator.receive(path, tmp_path / "received.ms", port)

    emulator.send(path, port, reader__num_repeats=2)

    assert receiver.wait() == 0, receiver.output
    received = visibility_set.read(tmp_path / "received.ms")
    dumps = len(sent.times)
    np.testing.assert_array_equal(received.vis, np.concatenate([sent.vis, sent.vis]))
    np.testing.assert_array_equal(received.uvw[:dumps], sent.uvw)
    np.testing.assert_array_equal(received.uvw[dumps:], np.repeat(sent.uvw[-1:], dumps, axis=0))
    np.testing.assert_allclose(np.diff(received.times), 0.849, atol=1e-5)


def test_one_reception_feeds_two_consumers(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    port = free_ports(1)
    receiver = emulator.receive(path, tmp_path / "received.ms", port, reception__consumer="null,mswriter")

    emulator.send(path, port)

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", visibility_set.read(path), path)


def test_compare_finds_one_changed_visibility(emulator, own_copy, sample):
    changed = own_copy("low8_both_4pol.ms")
    with visibility_set.tables.table(str(changed), readonly=False, ack=False) as table:
        cell = table.getcell("DATA", 77)
        cell[3, 1] = np.nextafter(cell[3, 1].real, np.float32(np.inf)) + 1j * cell[3, 1].imag
        table.putcell("DATA", 77, cell)

    code, said = emulator.run("emu-recv", "compare", sample("low8_both_4pol.ms"), changed)

    assert code == 1, said
    assert "DATA" in said


def test_arrives_through_a_network_that_doubles_packets(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    port, entrance = free_ports(1), free_ports(1)
    receiver = emulator.receive(path, tmp_path / "received.ms", port)
    relay = Relay(entrance, port, seed=1, duplicate=0.2)

    emulator.send(path, entrance, transmission__rate=2_000_000)

    assert receiver.wait() == 0, receiver.output
    relay.close()
    assert_holds(tmp_path / "received.ms", visibility_set.read(path), path)


def test_arrives_through_a_network_that_shuffles_packets(emulator, sample, tmp_path):
    """Packets come in any order within a window; the end of the stream comes late enough by then."""
    path = sample("low8_both_4pol.ms")
    port, entrance = free_ports(1), free_ports(1)
    receiver = emulator.receive(path, tmp_path / "received.ms", port, reception__allow_out_of_order="true")
    relay = Relay(entrance, port, seed=2, window=3)

    emulator.send(path, entrance, transmission__rate=2_000_000, transmission__max_packet_size=500)

    code = receiver.wait()
    relay.close()
    assert code in (0, 3), receiver.output
    assert assert_never_wrong(tmp_path / "received.ms", visibility_set.read(path)) > 0.9


@pytest.mark.parametrize("drop_first", [0, 1])
def test_arrives_with_descriptors_at_the_start_even_when_the_start_is_lost(emulator, sample, tmp_path, drop_first):
    """Without the descriptors the receiver reads the heaps by the interface's own types."""
    path = sample("low8_both_4pol.ms")
    port, entrance = free_ports(1), free_ports(1)
    receiver = emulator.receive(path, tmp_path / "received.ms", port, reception__max_packet_size=8972)
    relay = Relay(entrance, port, seed=3, drop_first=drop_first)

    emulator.send(
        path, entrance, transmission__rate=2_000_000, transmission__descriptors="start",
        transmission__max_packet_size=8972)

    assert receiver.wait() == (3 if drop_first else 0), receiver.output
    relay.close()
    assert relay.dropped == drop_first
    assert_holds(tmp_path / "received.ms", visibility_set.read(path), path)
    code, said = emulator.run("emu-recv", "compare", path, tmp_path / "received.ms")
    assert code == 0, said


def test_flags_what_a_network_lost(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    port, entrance = free_ports(4), free_ports(4)
    receiver = emulator.receive(
        path, tmp_path / "received.ms", port, transmission__channels_per_stream=4, reception__idle_timeout=3)
    relays = [Relay(entrance + number, port + number, seed=number, drop=0.01) for number in range(4)]

    emulator.send(path, entrance, transmission__rate=2_000_000, transmission__channels_per_stream=4)

    code = receiver.wait()
    for relay in relays:
        relay.close()
    assert sum(relay.dropped for relay in relays) > 0
    assert code == 3, receiver.output
    assert 0.3 < assert_never_wrong(tmp_path / "received.ms", visibility_set.read(path)) < 1


def image(path, prefix):
    """A small dirty image of a set, by wsclean on one thread."""
    shutil.copytree(path, prefix.with_suffix(".ms"))
    command = ["wsclean", "-j", "1", "-quiet", "-size", "64", "64", "-scale", "2amin", "-niter", "0", "-name", prefix,
               prefix.with_suffix(".ms")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return read_image(f"{prefix}-image.fits")


def test_wsclean_makes_the_same_image(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    port = free_ports(2)
    receiver = emulator.receive(path, tmp_path / "received.ms", port, transmission__channels_per_stream=8)

    emulator.send(path, port, transmission__channels_per_stream=8)

    assert receiver.wait() == 0, receiver.output
    of_sent = image(path, tmp_path / "of-sent")
    of_received = image(tmp_path / "received.ms", tmp_path / "of-received")
    assert np.abs(of_sent).max() > 0
    np.testing.assert_allclose(of_received, of_sent, rtol=1e-5, atol=1e-6 * np.abs(of_sent).max())
