"""Baseline correlation products as MeerKAT's correlator sends them, sent by spead2 and worked out by numpy."""

import numpy as np
import spead2
import spead2.send

FLAVOUR = spead2.Flavour(4, 64, 48)

#: Real and imaginary part of a product of which an input is missing.
MISSING = (-(2**31), 1)

#: Where the products of a pair, aa ba ab bb, stand among XX XY YX YY.
PLACES = (0, 2, 1, 3)


def pairs(antennas):
    """The pairs of antennas in the correlator's order."""
    return [(first, second) for second in range(antennas) for first in range(second + 1)]


class Substream:
    """One of several substreams, sent from the calling thread."""

    def __init__(self, host, port, channels, antennas, number, count, *, dtype=">i4", rate=20e6):
        config = spead2.send.StreamConfig(max_packet_size=1472, rate=rate, burst_size=14720)
        self._stream = spead2.send.UdpStream(spead2.ThreadPool(), [(host, port)], config)
        self._stream.set_cnt_sequence(number, count)
        self._items = spead2.send.ItemGroup(flavour=FLAVOUR)
        self._items.add_item(0x1600, "timestamp", "", shape=(), format=[("u", 48)])
        self._items.add_item(0x4103, "frequency", "", shape=(), format=[("u", 48)])
        self._shape = (channels, 4 * len(pairs(antennas)), 2)
        self._items.add_item(0x1800, "xeng_raw", "", shape=self._shape, dtype=np.dtype(dtype))
        self._dtype = dtype

    def describe(self):
        """Sends a heap of descriptors."""
        self._stream.send_heap(self._items.get_heap(descriptors="all", data="none"))

    def data(self, timestamp, first_channel, raw):
        """Sends a heap of (channel, product, part); what is no whole heap is sent as bytes that do not fit the descriptor."""
        self._items["timestamp"].value = timestamp
        self._items["frequency"].value = first_channel
        if raw.shape == self._shape:
            self._items["xeng_raw"].value = raw.astype(self._dtype)
            heap = self._items.get_heap(descriptors="none", data="all")
        else:
            heap = spead2.send.Heap(FLAVOUR)
            heap.add_item(self._items["timestamp"])
            heap.add_item(self._items["frequency"])
            heap.add_item(spead2.Item(0x1800, "xeng_raw", "", raw.shape, np.dtype(self._dtype),
                                      value=raw.astype(self._dtype)))
        heap.repeat_pointers = True
        self._stream.send_heap(heap)

    def end(self):
        """Sends the stop heap."""
        self._stream.send_heap(self._items.get_end())


def visibilities(raw, baselines):
    """What a set of these baselines holds of (dump, channel, product, part): visibilities, and which of them are missing."""
    dumps, channels, products, _ = raw.shape
    by_pair = raw.reshape(dumps, channels, products // 4, 4, 2)
    antennas = max(second for _, second in baselines) + 1
    vis = np.zeros((dumps, len(baselines), channels, 4), np.complex64)
    missing = np.zeros(vis.shape, bool)
    for number, pair in enumerate(pairs(antennas)):
        place = baselines.index(pair)
        for product, polarisation in enumerate(PLACES):
            parts = by_pair[:, :, number, product]
            vis[:, place, :, polarisation].real = parts[..., 0].astype(np.float32)
            vis[:, place, :, polarisation].imag = parts[..., 1].astype(np.float32)
            missing[:, place, :, polarisation] = parts[..., 0] == MISSING[0]
    vis[missing] = 0
    return vis, missing
