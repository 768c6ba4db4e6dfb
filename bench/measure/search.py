"""The highest rate at which nothing is lost."""

import statistics
import sys

from .processes import run_pair

GRID = [250e6 * 1.25**step for step in range(16)]
"""Rates asked for, in bytes/s: 250 MB/s to 7.1 GB/s."""
SECONDS = 4.0


class Search:
    """Climbs the grid with several pairs in turn; a rate counts when the median run of the pair lost nothing.

    A pair leaves after two rates in a row that it did not manage, or when its sender no longer reaches what was asked.
    """

    def __init__(self, pairs, make_job, work, rounds):
        self._pairs = pairs
        self._make_job = make_job
        self._work = work
        self._rounds = rounds

    def run(self, first_rate=0.0):
        """Returns for each pair its runs at the highest rate without loss, or None; begins at the first rate of the grid from `first_rate` on."""
        active = {pair.name: 0 for pair in self._pairs}
        best = dict.fromkeys(active)
        for rate in (rate for rate in GRID if rate >= first_rate):
            climbing = [pair for pair in self._pairs if active[pair.name] < 2]
            if not climbing:
                break
            for pair, runs in self._at(rate, climbing).items():
                if statistics.median(run.lost_percent for run in runs) == 0:
                    best[pair] = runs
                    active[pair] = 2 if sent_rate(runs) < 0.85 * rate / 1e6 else 0
                else:
                    active[pair] += 1
        return best

    def _at(self, rate, pairs):
        runs = {pair.name: [] for pair in pairs}
        for _ in range(self._rounds):
            for pair in pairs:
                if not self._is_decided(runs[pair.name]):
                    runs[pair.name].append(run_pair(pair, self._make_job(rate, SECONDS), self._work))
        for name, made in runs.items():
            print(f"  {name} at {rate / 1e6:.0f} MB/s: sent {sent_rate(made):.0f} MB/s, "
                  f"whole {sum(run.is_whole for run in made)} of {len(made)}", file=sys.stderr)
        return runs

    def _is_decided(self, runs):
        """When more than half of all rounds went one way, the rest cannot change the median."""
        whole = sum(run.is_whole for run in runs)
        return max(whole, len(runs) - whole) > self._rounds // 2


def sent_rate(runs):
    """Median MB/s that the sender reached."""
    return statistics.median(run.sent_rate for run in runs)
