"""Measures emu-send and emu-recv beside spead2's programs, in turn, and prints tables of medians and ranges."""

import argparse
import os
import shutil
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "interop")]
os.environ["PYTHONPATH"] = str(ROOT / "interop")

from emulator import free_ports  # noqa: E402
from make_set import make_set  # noqa: E402

from .processes import run_pair  # noqa: E402
from .programs import Job  # noqa: E402
from .search import Search  # noqa: E402
from .sections import SECTIONS  # noqa: E402
from .tables import machine, write_page  # noqa: E402

WORK = ROOT / "target" / "bench"
SAMPLE = "low8_both_4pol.ms"
CACHED_BYTES = 8 << 20
"""Visibilities that a sender is given to send over and over, at least two dumps of them."""
SET_BYTES = 3 << 30


def main():
    """Measures the sections asked for."""
    parser = argparse.ArgumentParser(prog="bench/run.sh", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all when none is given")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each program (default %(default)s)")
    parser.add_argument("--all", action="store_true", help="every packet size, heap size and number of streams; takes hours")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    args = parser.parse_args()
    unknown = set(args.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    bench = Bench(args.rounds, args.all)
    print(machine() + f" Medians of {args.rounds} runs, ranges in brackets.\n")
    for name in args.sections or SECTIONS:
        text = SECTIONS[name](bench)
        print(f"{SECTIONS[name].__doc__.splitlines()[0]}\n\n{text}\n", flush=True)
        if args.write:
            write_page(name, f"{machine()} Medians of {args.rounds} runs, ranges in brackets.\n\n{text}")
    shutil.rmtree(WORK, ignore_errors=True)


class Bench:
    """Runs pairs in turn, with sets made for their shapes."""

    def __init__(self, rounds, everything):
        self._rounds = rounds
        self._everything = everything
        self._sets = {}

    def pick(self, few, many):
        """Which shapes to measure."""
        return many if self._everything else few

    def search(self, pairs, shape):
        """For each pair its runs at the highest rate without loss."""
        print(f"{shape}:", file=sys.stderr)
        return Search(pairs, lambda rate, seconds: self._job(shape, rate * seconds, rate), WORK, self._rounds).run()

    def rounds(self, pairs, shape, *, rate=0.0, seconds=0.0, gigabytes=0.0, to_set=False):
        """For each pair its runs, made in turn."""
        runs = {pair.name: [] for pair in pairs}
        for _ in range(self._rounds):
            for pair in pairs:
                runs[pair.name].append(run_pair(pair, self._job(shape, rate * seconds or gigabytes * 1e9, rate, to_set), WORK))
                shutil.rmtree(WORK / "received.ms", ignore_errors=True)
                last = runs[pair.name][-1]
                print(f"  {shape}, {pair.name}: sent {last.sent_rate:.0f} MB/s, lost {last.lost_percent:.2f} %, CPU s/GB "
                      f"{last.sender_cpu_per_gigabyte:.2f} + {last.receiver_cpu_per_gigabyte:.2f}", file=sys.stderr)
        return runs

    def set_bytes(self, shape):
        """How much a set of this shape holds when it is sent once."""
        return self._source(shape)[1] * shape.dump_bytes

    def _job(self, shape, total_bytes, rate, to_set=False):
        free_ports.next = 22000 if getattr(free_ports, "next", 0) > 30000 else getattr(free_ports, "next", 22000)
        if to_set:
            source, dumps = self._source(shape)
            wanted = dumps
        else:
            source, dumps = None, max(2, min(64, CACHED_BYTES // shape.dump_bytes))
            wanted = -(-shape.dumps_for(total_bytes) // dumps) * dumps
        return Job(shape, wanted, free_ports(shape.streams), rate, source, dumps, WORK / "received.ms" if to_set else None)

    def _source(self, shape):
        key = (shape.stations, shape.channels * shape.streams)
        if key not in self._sets:
            sample = WORK / SAMPLE
            if not sample.exists():
                with tarfile.open(ROOT / "quickstart" / "samples" / f"{SAMPLE}.tar.xz") as archive:
                    archive.extractall(WORK)
            path = WORK / f"set{len(self._sets)}.ms"
            dumps = max(2, min(160, SET_BYTES // shape.dump_bytes))
            make_set(path, sample, stations=shape.stations, channels=shape.channels * shape.streams, dumps=dumps)
            self._sets[key] = (path, dumps)
        return self._sets[key]


if __name__ == "__main__":
    main()
