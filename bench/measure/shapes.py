"""What is sent in a measurement."""

from dataclasses import dataclass

ELEMENT_BYTES = 34


@dataclass(frozen=True)
class Shape:
    """Heaps of one form, in so many streams."""

    stations: int
    channels: int
    streams: int = 1
    packet_bytes: int = 1472
    protocol: str = "udp"

    @property
    def baselines(self):
        return self.stations * (self.stations + 1) // 2

    @property
    def heap_bytes(self):
        """Visibilities in a heap, in bytes; `channels` are those of one stream."""
        return self.channels * self.baselines * ELEMENT_BYTES

    @property
    def dump_bytes(self):
        return self.heap_bytes * self.streams

    def dumps_for(self, total_bytes):
        """Dumps that make up about so many bytes, at least 20."""
        return max(20, round(total_bytes / self.dump_bytes))

    def __str__(self):
        size = f"{self.heap_bytes / 2**20:.1f} MiB" if self.heap_bytes >= 2**20 else f"{self.heap_bytes / 2**10:.0f} KiB"
        plural = "s" if self.streams > 1 else ""
        return f"{self.protocol.upper()} {self.packet_bytes} B packets, {size} heaps, {self.streams} stream{plural}"


def large(streams=1, packet_bytes=1472, protocol="udp"):
    """Heaps of 4 MiB: 59 channels of 64 stations."""
    return Shape(64, 59, streams, packet_bytes, protocol)


def small(streams=1, packet_bytes=1472, protocol="udp"):
    """Heaps of 62 KiB: 4 channels of 30 stations."""
    return Shape(30, 4, streams, packet_bytes, protocol)
