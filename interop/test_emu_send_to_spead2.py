"""What emu-send sends, spead2 receives: every heap decodes by ItemGroup.update, every item has its value."""

import numpy as np
import pytest

from emulator import free_ports
from peers import icd, visibility_set
from peers.streams import Receiver


def transmit(emulator, path, ranges, **settings):
    """Has emu-send send a set to spead2 receivers; returns the heaps of each stream."""
    port = free_ports(len(ranges))
    receivers = [Receiver("127.0.0.1", port + number) for number in range(len(ranges))]
    emulator.send(path, port, **settings)
    for number, receiver in enumerate(receivers):
        assert receiver.wait(10), f"stream {number} did not end"
        assert receiver.start_heaps == 1
        assert receiver.incomplete_heaps == 0
    return [receiver.heaps for receiver in receivers]


def assert_heap(heap, sent, dump, first, count, **items):
    """One heap is one dump of one channel range."""
    ticks = divmod(round((float(sent.times[dump]) - icd.UNIX_EPOCH_MJD_SECONDS) * 2**32), 2**32)
    expected = {
        "visibility_timestamp_count": ticks[0],
        "visibility_timestamp_fraction": ticks[1],
        "visibility_channel_id": first,
        "visibility_channel_count": count,
        "visibility_polarisation_id": 0,
        "visibility_baseline_count": sent.shape[1],
        "visibility_phase_bin_id": 0,
        "visibility_hardware_id": 0xBEEF,
        "scan_id": 1,
        **items,
    }
    assert {name: int(heap[name]) for name in expected} == expected
    data = heap[icd.DATA]
    elements = sent.elements(dump, first, count)
    np.testing.assert_array_equal(data["VIS"].reshape(elements["VIS"].shape), elements["VIS"])
    np.testing.assert_array_equal(data["FD"], elements["FD"])
    assert not data["TCI"].any()


@pytest.mark.parametrize("name, width", [
    ("low8_both_4pol.ms", 0),
    ("low8_both_4pol.ms", 5),
    ("low8_both_4pol.ms", 1),
    ("low8_cross_4pol.ms", 8),
    ("low8_both_2pol.ms", 0),
    ("low8_both_2pol.ms", 5),
    ("low8_cross_1pol.ms", 0),
    ("low8_cross_1pol.ms", 5),
    ("low8_cross_4pol_irregular.ms", 0),
    ("low8_cross_4pol_irregular.ms", 5),
    ("low16_both_4pol.ms", 16),
])
def test_sends_every_visibility(emulator, own_copy, name, width):
    path = own_copy(name)
    visibility_set.flag_some(path, seed=len(name) + width)
    sent = visibility_set.read(path)
    ranges = icd.channel_ranges(0, sent.shape[2], width)

    streams = transmit(emulator, path, ranges, transmission__channels_per_stream=width)

    for heaps, (first, count) in zip(streams, ranges):
        assert len(heaps) == len(sent.times)
        for dump, heap in enumerate(heaps):
            assert_heap(heap, sent, dump, first, count)


@pytest.mark.parametrize("name", ["low8_both_2pol.ms", "low8_cross_1pol.ms"])
def test_pads_the_polarisations(emulator, sample, name):
    path = sample(name)
    sent = visibility_set.read(path)
    places = [code - 9 for code in visibility_set.subtable(path, "POLARIZATION")["CORR_TYPE"][0]]

    [heaps] = transmit(emulator, path, [(0, 16)], payload__pad_polarisations="true")

    for dump, heap in enumerate(heaps):
        vis = heap[icd.DATA]["VIS"]
        assert vis.shape[2] == 4
        np.testing.assert_array_equal(vis[..., places], sent.elements(dump, 0, 16)["VIS"])
        assert not np.delete(vis, places, axis=2).any()


@pytest.mark.parametrize("start, count, width", [(4, 8, 0), (4, 8, 3), (10, 0, 4), (15, 1, 0), (3, 1000, 0)])
def test_sends_a_slice_of_the_channels(emulator, sample, start, count, width):
    """The channel's number is its place in the set; what reaches beyond the last channel is cut."""
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)
    channels = min(count or 16, 16 - start)
    ranges = icd.channel_ranges(start, channels, width)

    streams = transmit(
        emulator, path, ranges, reader__start_chan=start, reader__num_chan=count, transmission__channels_per_stream=width)

    for heaps, (first, channels) in zip(streams, ranges):
        for dump, heap in enumerate(heaps):
            assert_heap(heap, sent, dump, first, channels)


def test_repeats_each_dump(emulator, sample):
    path = sample("low8_cross_4pol.ms")
    sent = visibility_set.read(path)

    [heaps] = transmit(emulator, path, [(0, 16)], reader__num_repeats=3, reader__repeat_mode="dump")

    assert len(heaps) == 3 * len(sent.times)
    for number, heap in enumerate(heaps):
        assert_heap(heap, sent, number // 3, 0, 16)


def test_repeats_the_sequence_with_time_going_on(emulator, sample):
    path = sample("low8_cross_4pol.ms")
    sent = visibility_set.read(path)

    [heaps] = transmit(emulator, path, [(0, 16)], reader__num_repeats=2, reader__repeat_mode="sequence")

    dumps = len(sent.times)
    assert len(heaps) == 2 * dumps
    times = [icd.to_mjd_seconds(h["visibility_timestamp_count"], h["visibility_timestamp_fraction"]) for h in heaps]
    np.testing.assert_allclose(np.diff(times), 0.849, atol=1e-5)
    for dump in range(dumps):
        assert_heap(heaps[dump], sent, dump, 0, 16)
        np.testing.assert_array_equal(heaps[dumps + dump][icd.DATA], heaps[dump][icd.DATA])


@pytest.mark.parametrize("dumps", [1, 5])
def test_sends_some_dumps_only(emulator, sample, dumps):
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)

    [heaps] = transmit(emulator, path, [(0, 16)], reader__num_timestamps=dumps)

    assert len(heaps) == dumps
    for dump, heap in enumerate(heaps):
        assert_heap(heap, sent, dump, 0, 16)


def test_sends_the_items_that_are_set(emulator, sample):
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)

    [heaps] = transmit(emulator, path, [(0, 16)], transmission__scan_id=2**40 + 5, transmission__hardware_id=77)

    assert_heap(heaps[0], sent, 0, 0, 16, scan_id=2**40 + 5, visibility_hardware_id=77)


@pytest.mark.parametrize("packet_size", [200, 8972])
def test_sends_packets_of_other_sizes(emulator, sample, packet_size):
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)

    [heaps] = transmit(emulator, path, [(0, 16)], transmission__max_packet_size=packet_size)

    for dump, heap in enumerate(heaps):
        assert_heap(heap, sent, dump, 0, 16)


def test_sends_zeros_for_the_fraction_of_data_when_told_to(emulator, sample):
    [heaps] = transmit(emulator, sample("low8_both_4pol.ms"), [(0, 16)], payload__fd="zero")

    assert not any(heap[icd.DATA]["FD"].any() for heap in heaps)


@pytest.mark.parametrize("interval", [0, 0.02])
def test_sends_the_descriptors_at_the_start_only_or_now_and_then(emulator, sample, interval):
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)
    ranges = icd.channel_ranges(0, 16, 8)

    streams = transmit(
        emulator, path, ranges, transmission__channels_per_stream=8, transmission__descriptors="start",
        transmission__descriptor_interval=interval, transmission__time_interval=0.02)

    for heaps, (first, count) in zip(streams, ranges):
        assert len(heaps) == len(sent.times)
        for dump, heap in enumerate(heaps):
            assert_heap(heap, sent, dump, first, count)
