"""Sends a Measurement Set with spead2 and python-casacore, in the manner of the original emulator; prints JSON.

One thread goes through the dumps and, in each, through the streams; descriptors and all items are in every heap.
"""

import argparse
import json
import time

import numpy as np
import spead2
from casacore import tables

from . import icd
from .streams import Sender


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(prog="ms_send", description=__doc__.splitlines()[0])
    parser.add_argument("set", help="the Measurement Set to send")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=41000, help="port of the first stream (default %(default)s)")
    parser.add_argument("--transport", choices=["udp", "tcp"], default="udp")
    parser.add_argument("--channels-per-stream", type=int, default=0, help="0 = all in one stream (default)")
    parser.add_argument("--packet-size", type=int, default=1472)
    parser.add_argument("--rate", type=float, default=0.0, help="bytes/s a stream, 0 = unlimited (default)")
    return parser.parse_args()


def main():
    """Sends all dumps."""
    args = parse()
    table = tables.table(args.set, ack=False)
    times = table.getcol("TIME")
    baselines = int((times == times[0]).sum())
    channels, polarisations = table.getcell("DATA", 0).shape
    pool = spead2.ThreadPool()
    streams = []
    for number, (first, count) in enumerate(icd.channel_ranges(0, channels, args.channels_per_stream)):
        stream = Sender(
            args.host, args.port + number, (count, baselines, polarisations), transport=args.transport,
            packet_size=args.packet_size, rate=args.rate, threads=pool)
        stream.start()
        streams.append((stream, first, count))
    begin = time.perf_counter()
    sent = 0
    for row in range(0, len(times), baselines):
        vis = table.getcol("DATA", row, baselines).transpose(1, 0, 2)
        for stream, first, count in streams:
            elements = np.zeros((count, baselines), icd.element(polarisations))
            elements["VIS"] = vis[first : first + count]
            elements["FD"] = 255
            sent += stream.data(times[row], first, elements)
    seconds = time.perf_counter() - begin
    for stream, _, _ in streams:
        stream.end()
    print(json.dumps({"heaps": len(times) // baselines * len(streams), "bytes": sent, "seconds": seconds}))


if __name__ == "__main__":
    main()
