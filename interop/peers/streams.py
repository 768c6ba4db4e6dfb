"""One stream of the interface, sent or received by spead2 with ItemGroups, as any Python program would."""

import threading

import numpy as np
import spead2
import spead2.recv
import spead2.send

from . import icd


def _interface(chosen):
    """How spead2 is told the interface of a group: the address for IPv4, the index for IPv6."""
    return {"interface_index" if isinstance(chosen, int) else "interface_address": chosen}


def _multicast_from(chosen):
    return {} if chosen is None else {"ttl": 1, **_interface(chosen)}


class Sender:
    """Sends one stream from the calling thread."""

    def __init__(self, host, port, shape, *, transport="udp", packet_size=1472, rate=0.0, flavour=icd.FLAVOUR,
                 descriptors="all", threads=None, interface=None):
        channels, baselines, polarisations = shape
        config = spead2.send.StreamConfig(max_packet_size=packet_size, rate=rate, burst_size=10 * packet_size)
        kind = {"udp": spead2.send.UdpStream, "tcp": spead2.send.TcpStream}[transport]
        self._stream = kind(threads or spead2.ThreadPool(), [(host, port)], config, **_multicast_from(interface))
        self._items = spead2.send.ItemGroup(flavour=flavour)
        self._descriptors = descriptors
        icd.add_items(self._items, channels, baselines, polarisations)

    def start(self):
        """Sends the start-of-stream heap, with the descriptors in it when the data heaps do without."""
        heap = self._items.get_start()
        if self._descriptors == "none":
            self._items.add_to_heap(heap, descriptors="all", data="none")
        return self._stream.send_heap(heap)

    def data(self, mjd_seconds, first_channel, elements, *, scan_id=1, hardware_id=0xBEEF):
        """Sends one data heap and returns the bytes it took."""
        channels, baselines = elements.shape
        count, fraction = icd.to_count_and_fraction(mjd_seconds)
        for name, value in {
            "visibility_timestamp_count": count,
            "visibility_timestamp_fraction": fraction,
            "visibility_channel_id": first_channel,
            "visibility_channel_count": channels,
            "visibility_polarisation_id": 0,
            "visibility_baseline_count": baselines,
            "visibility_phase_bin_id": 0,
            "visibility_phase_bin_count": 1,
            "scan_id": scan_id,
            "visibility_hardware_id": hardware_id,
            icd.DATA: elements,
        }.items():
            self._items[name].value = value
        return self._stream.send_heap(self._items.get_heap(descriptors=self._descriptors, data="all"))

    def end(self):
        """Sends the end-of-stream heap."""
        return self._stream.send_heap(self._items.get_end())


class Receiver:
    """Receives one stream on a thread of its own until its end-of-stream heap."""

    def __init__(self, host, port, *, transport="udp", max_heaps=8, interface=None):
        ring = spead2.recv.RingStreamConfig(heaps=64, contiguous_only=False)
        self._stream = spead2.recv.Stream(spead2.ThreadPool(), spead2.recv.StreamConfig(max_heaps=max_heaps), ring)
        if interface is not None:
            self._stream.add_udp_reader(host, port, **_interface(interface))
        else:
            add_reader = {"udp": self._stream.add_udp_reader, "tcp": self._stream.add_tcp_reader}[transport]
            add_reader(port, bind_hostname=host)
        self.start_heaps = 0
        self.incomplete_heaps = 0
        self.heaps = []
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()

    def _receive(self):
        items = spead2.ItemGroup()
        for heap in self._stream:
            if isinstance(heap, spead2.recv.IncompleteHeap):
                self.incomplete_heaps += 1
                continue
            self.start_heaps += heap.is_start_of_stream()
            updated = items.update(heap)
            if icd.DATA in updated:
                self.heaps.append({name: np.copy(item.value) for name, item in items.items()})

    def wait(self, seconds):
        """Waits for the end of the stream; False when it did not come in time, and reception is then stopped."""
        self._thread.join(seconds)
        in_time = not self._thread.is_alive()
        self._stream.stop()
        self._thread.join(5)
        return in_time
