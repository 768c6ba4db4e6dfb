"""Receives streams with spead2, a thread a stream, decodes every heap and drops it; prints what came as JSON."""

import argparse
import json
import threading
import time

import spead2
import spead2.recv

from . import icd


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(prog="icd_recv", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default %(default)s)")
    parser.add_argument("--port", type=int, default=41000, help="port of the first stream (default %(default)s)")
    parser.add_argument("--transport", choices=["udp", "tcp"], default="udp")
    parser.add_argument("--streams", type=int, default=1)
    parser.add_argument("--max-heaps", type=int, default=4, help="heaps of a stream being assembled at once")
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds without a heap after which it ends")
    return parser.parse_args()


class Counter:
    """Receives one stream on its own thread and counts."""

    def __init__(self, args, number):
        ring = spead2.recv.RingStreamConfig(heaps=4, contiguous_only=False)
        self.stream = spead2.recv.Stream(
            spead2.ThreadPool(), spead2.recv.StreamConfig(max_heaps=args.max_heaps), ring)
        add_reader = {"udp": self.stream.add_udp_reader, "tcp": self.stream.add_tcp_reader}[args.transport]
        add_reader(args.port + number, bind_hostname=args.host)
        self.heaps = self.incomplete = self.bytes = 0
        self.first = self.last = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        items = spead2.ItemGroup()
        for heap in self.stream:
            now = time.perf_counter()
            self.last = now
            if isinstance(heap, spead2.recv.IncompleteHeap):
                self.incomplete += 1
                continue
            updated = items.update(heap)
            if icd.DATA in updated:
                self.first = self.first or now
                self.heaps += 1
                self.bytes += updated[icd.DATA].value.nbytes


def main():
    """Waits for all streams to end, or to fall silent."""
    args = parse()
    counters = [Counter(args, number) for number in range(args.streams)]
    print("Ready: listening", flush=True)
    while any(counter.thread.is_alive() for counter in counters):
        time.sleep(0.02)
        last = max((counter.last or 0) for counter in counters)
        if last and time.perf_counter() - last > args.timeout:
            break
    for counter in counters:
        counter.stream.stop()
        counter.thread.join(5)
    first = min((counter.first for counter in counters if counter.first), default=0)
    last = max((counter.last for counter in counters if counter.first), default=0)
    print(json.dumps({
        "heaps": sum(counter.heaps for counter in counters),
        "incomplete": sum(counter.incomplete for counter in counters),
        "bytes": sum(counter.bytes for counter in counters),
        "seconds": last - first,
    }))


if __name__ == "__main__":
    main()
