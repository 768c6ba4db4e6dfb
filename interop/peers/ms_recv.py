"""Receives streams with spead2 into a Measurement Set with python-casacore, in the manner of the original emulator.

A thread a stream decodes heaps; one thread writes each heap into its rows and channels. Prints what came as JSON.
"""

import argparse
import json
import queue
import shutil
import threading
import time

import numpy as np
import spead2
import spead2.recv
from casacore import tables

from . import icd


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(prog="ms_recv", description=__doc__.splitlines()[0])
    parser.add_argument("model", help="the set that tells structure, times and baselines")
    parser.add_argument("output", help="the set to write; replaced when it is there")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default %(default)s)")
    parser.add_argument("--port", type=int, default=41000, help="port of the first stream (default %(default)s)")
    parser.add_argument("--transport", choices=["udp", "tcp"], default="udp")
    parser.add_argument("--channels-per-stream", type=int, default=0, help="0 = all in one stream (default)")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds without a heap after which it ends")
    return parser.parse_args()


class Reception:
    """Decodes the heaps of all streams into one queue of (time, first channel, visibilities)."""

    def __init__(self, args, streams):
        self.work = queue.Queue(maxsize=64)
        self.incomplete = 0
        self.last = None
        self._threads = []
        self._streams = []
        pool = spead2.ThreadPool(2)
        for number in range(streams):
            ring = spead2.recv.RingStreamConfig(heaps=32, contiguous_only=False)
            stream = spead2.recv.Stream(pool, spead2.recv.StreamConfig(max_heaps=8), ring)
            add_reader = {"udp": stream.add_udp_reader, "tcp": stream.add_tcp_reader}[args.transport]
            add_reader(args.port + number, bind_hostname=args.host)
            thread = threading.Thread(target=self._pull, args=(stream,), daemon=True)
            thread.start()
            self._streams.append(stream)
            self._threads.append(thread)

    def _pull(self, stream):
        items = spead2.ItemGroup()
        for heap in stream:
            self.last = time.perf_counter()
            if isinstance(heap, spead2.recv.IncompleteHeap):
                self.incomplete += 1
            elif icd.DATA in items.update(heap):
                moment = icd.to_mjd_seconds(
                    items["visibility_timestamp_count"].value, items["visibility_timestamp_fraction"].value)
                first = int(items["visibility_channel_id"].value)
                self.work.put((moment, first, np.array(items[icd.DATA].value["VIS"])))

    def has_ended(self, timeout):
        """Whether nothing more will come."""
        if not self.work.empty():
            return False
        silent = self.last is not None and time.perf_counter() - self.last > timeout
        return silent or not any(thread.is_alive() for thread in self._threads)

    def stop(self):
        """Closes the sockets."""
        for stream in self._streams:
            stream.stop()


def main():
    """Writes until all streams have ended, or fall silent."""
    args = parse()
    with tables.table(args.model, ack=False) as model:
        times = np.unique(model.getcol("TIME"))
        baselines = model.nrows() // len(times)
        channels = model.getcell("DATA", 0).shape[0]
        shutil.rmtree(args.output, ignore_errors=True)
        model.copy(args.output, deep=False, valuecopy=False).close()
    output = tables.table(args.output, readonly=False, ack=False)
    reception = Reception(args, len(icd.channel_ranges(0, channels, args.channels_per_stream)))
    print("Ready: listening", flush=True)
    heaps = written = 0
    first = last = None
    while not reception.has_ended(args.timeout):
        try:
            moment, channel, vis = reception.work.get(timeout=0.02)
        except queue.Empty:
            continue
        first = first or time.perf_counter()
        dump = int(np.abs(times - moment).argmin())
        block = np.ascontiguousarray(vis.transpose(1, 0, 2))
        corner = [channel + vis.shape[0] - 1, vis.shape[2] - 1]
        output.putcolslice("DATA", block, [channel, 0], corner, [], dump * baselines, baselines)
        heaps += 1
        written += block.nbytes
        last = time.perf_counter()
    reception.stop()
    closing = time.perf_counter()
    output.close()
    seconds = last - first + time.perf_counter() - closing if first else 0
    print(json.dumps({"heaps": heaps, "incomplete": reception.incomplete, "bytes": written, "seconds": seconds}))


if __name__ == "__main__":
    main()
