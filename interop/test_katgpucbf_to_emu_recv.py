"""What MeerKAT's correlator sends, here by spead2, emu-recv writes: python-casacore finds every product in its place."""

from decimal import Decimal

import numpy as np
import pytest

from emulator import free_ports
from peers import icd, katgpucbf, visibility_set

SAMPLE = "low8_both_4pol.ms"
RATE = 1_712_000_000
SEED = 4103


class Correlator:
    """A transmission that goes with a set: as many antennas, its dumps' times, its channels in substreams."""

    def __init__(self, model, width, seed=SEED):
        self.set = visibility_set.read(model)
        self.antennas = max(second for _, second in self.set.baselines) + 1
        self.ranges = icd.channel_ranges(0, self.set.shape[2], width)
        interval = self.set.times[1] - self.set.times[0]
        self.dump_samples = round(interval * RATE)
        start = Decimal(self.set.times[0]) - Decimal(icd.UNIX_EPOCH_MJD_SECONDS) - Decimal(self.dump_samples) / (2 * RATE)
        #: The count is not from the first dump but from half an hour before it.
        self.first_sample = round(1800 / interval) * self.dump_samples
        self.sync_time = start - Decimal(self.first_sample) / RATE
        random = np.random.default_rng(seed)
        shape = (len(self.set.times), self.set.shape[2], 4 * len(katgpucbf.pairs(self.antennas)), 2)
        self.raw = random.integers(-(2**31) + 1, 2**31, shape, np.int64)
        # Half of them such as a float holds exactly.
        self.raw[..., ::2, :] %= 2**24

    def settings(self, width):
        """What the receiver has to be told."""
        return {
            "payload__method": "katgpucbf",
            "payload__sync_time": f"{self.sync_time:.12f}",
            "payload__adc_sample_rate": RATE,
            "payload__dump_samples": self.dump_samples,
            "transmission__channels_per_stream": width,
        }

    def substreams(self, port, **options):
        """Senders, one a port, that have described their items."""
        senders = [
            katgpucbf.Substream("127.0.0.1", port + i, count, self.antennas, i, len(self.ranges), **options)
            for i, (_, count) in enumerate(self.ranges)
        ]
        for sender in senders:
            sender.describe()
        return senders

    def send(self, senders, dump, but=()):
        """Sends one dump over all substreams but those numbered."""
        timestamp = self.first_sample + dump * self.dump_samples
        for number, (sender, (first, count)) in enumerate(zip(senders, self.ranges)):
            if number not in but:
                sender.data(timestamp, first, self.raw[dump, first:first + count])

    def assert_written(self, path, lost=()):
        """The set at path holds everything, at the model's times; what is missing or lost is zero and flagged."""
        received = visibility_set.read(path)
        vis, missing = katgpucbf.visibilities(self.raw, received.baselines)
        flags = np.repeat(missing.any(axis=3, keepdims=True), 4, axis=3)
        for dump, number in lost:
            first, count = self.ranges[number]
            vis[dump, :, first:first + count] = 0
            flags[dump, :, first:first + count] = True
        assert received.baselines == self.set.baselines
        np.testing.assert_array_equal(received.times, self.set.times)
        np.testing.assert_array_equal(received.vis, vis)
        np.testing.assert_array_equal(received.flags, flags)
        np.testing.assert_array_equal(received.uvw, self.set.uvw)
        assert (received.columns["SCAN_NUMBER"] == 1).all()
        return flags


def mark_antenna(raw, antenna, antennas):
    """Marks all products of an antenna in all channels of a dump as missing."""
    for number, pair in enumerate(katgpucbf.pairs(antennas)):
        if antenna in pair:
            raw[:, 4 * number:4 * number + 4] = katgpucbf.MISSING


@pytest.mark.parametrize("width, dtype", [(0, ">i4"), (4, ">i4"), (5, "<i4")])
def test_writes_every_product_and_flags_what_is_marked(emulator, sample, tmp_path, width, dtype):
    model = sample(SAMPLE)
    correlator = Correlator(model, width)
    mark_antenna(correlator.raw[2], 3, correlator.antennas)
    mark_antenna(correlator.raw[5], 0, correlator.antennas)
    correlator.raw[7] = katgpucbf.MISSING
    port = free_ports(len(correlator.ranges))
    receiver = emulator.receive(model, tmp_path / "received.ms", port, **correlator.settings(width))

    senders = correlator.substreams(port, dtype=dtype)
    for dump in range(len(correlator.set.times)):
        if dump % 5 == 4:
            for sender in senders:
                sender.describe()
        correlator.send(senders, dump)
    for sender in senders:
        sender.end()

    assert receiver.wait() == 0, receiver.output
    flags = correlator.assert_written(tmp_path / "received.ms")
    assert flags[7].all() and flags[2].any() and not flags[2].all() and not flags[[0, 1, 3, 4, 6]].any()


def test_counts_each_bad_heap_once(emulator, sample, tmp_path):
    """Two substreams; one heap of each kind that is wrong, and one that is lost."""
    model = sample(SAMPLE)
    correlator = Correlator(model, 8)
    port = free_ports(2)
    receiver = emulator.receive(model, tmp_path / "received.ms", port, **correlator.settings(8))

    senders = correlator.substreams(port)
    for dump in range(len(correlator.set.times)):
        timestamp = correlator.first_sample + dump * correlator.dump_samples
        if dump == 4:
            senders[0].data(timestamp + 1, 0, correlator.raw[dump, :8])
            senders[0].data(timestamp, 1, correlator.raw[dump, :8])
            senders[0].data(timestamp, 0, correlator.raw[dump, :8, :-4])
        correlator.send(senders, dump, but=[1] if dump == 6 else [])
    for sender in senders:
        sender.end()

    assert receiver.wait() == 3, receiver.output
    correlator.assert_written(tmp_path / "received.ms", lost=[(6, 1)])
    lines = [line for line in receiver.output.splitlines() if line.startswith(("stream 0", "stream 1"))]
    assert len([line for line in lines if line.startswith("stream 0")]) == 3, receiver.output
    for reason in ("a time that is not the data model's", "channels that this stream does not carry",
                   "not a visibility payload"):
        assert [line for line in lines if line.startswith("stream 0") and f": 1 heap refused: {reason}" in line], lines
    [missing] = [line for line in lines if line.startswith("stream 1")]
    assert ": 1 heap missing, dumps of " in missing


def test_refuses_settings_that_do_not_go_together(emulator):
    code, said = emulator.run("emu-recv", "-o", "payload.method=katgpucbf", "-o", "payload.dump_samples=7")
    assert code == 2
    for name in ("payload.sync_time", "payload.adc_sample_rate"):
        assert f"{name} is not set" in said
    code, said = emulator.run("emu-send", "-o", "payload.method=katgpucbf", "-o", "reader.synthetic=2x2x2")
    assert code == 2
    assert "payload.method = 'katgpucbf' is a layout that only emu-recv takes; emu-send sends icd" in said
