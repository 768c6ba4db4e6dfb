"""The highest rate at which nothing is lost."""

import statistics
import sys

from .processes import run_pair

STEP = 1.25
FIRST_RATE = 1192e6
"""Rate asked for first, in bytes/s: slow enough for all with large heaps."""
LEAST_RATE = 50e6
REFINEMENTS = 2
SECONDS = 4.0


def rates_to_try():
    """Yields one rate after the other; is sent whether the pair lost nothing at it, and whether its sender reached it.

    Goes down in steps when the first rate and the one above are too high, up otherwise, until two in a row were too high or the
    sender no longer reaches what is asked, and then twice into the middle between the best and the step above it.
    """
    rate = FIRST_RATE
    whole, reached = yield rate
    if not whole:
        whole, reached = yield rate * STEP
        rate *= STEP if whole else 1
    climbing = whole
    while not whole and rate / STEP > LEAST_RATE:
        rate /= STEP
        whole, reached = yield rate
    if not whole:
        return
    best, failures = rate, 0
    while climbing and reached and failures < 2:
        rate *= STEP
        whole, reached = yield rate
        best, failures = (rate, 0) if whole else (best, failures + 1)
    high = best * STEP
    for _ in range(REFINEMENTS if failures or not climbing else 0):
        middle = (best * high) ** 0.5
        whole, _ = yield middle
        best, high = (middle, high) if whole else (best, middle)


class Search:
    """Looks for each pair's highest rate, the pairs in turn; a rate counts when the median run of the pair lost nothing."""

    def __init__(self, pairs, make_job, work, rounds):
        self._pairs = pairs
        self._make_job = make_job
        self._work = work
        self._rounds = rounds

    def run(self):
        """Returns for each pair its runs at the highest rate without loss, or None."""
        walks = {pair: rates_to_try() for pair in self._pairs}
        rates = {pair: next(walk) for pair, walk in walks.items()}
        best = {pair: (0, None) for pair in self._pairs}
        while rates:
            for pair, runs in self._at(rates).items():
                whole = statistics.median(run.lost_percent for run in runs) == 0
                if whole:
                    best[pair] = max(best[pair], (sent_rate(runs), runs), key=lambda found: found[0])
                try:
                    rates[pair] = walks[pair].send((whole, sent_rate(runs) >= 0.85 * rates[pair] / 1e6))
                except StopIteration:
                    del rates[pair]
        return {pair.name: runs for pair, (_, runs) in best.items()}

    def _at(self, rates):
        runs = {pair: [] for pair in rates}
        for _ in range(self._rounds):
            for pair, rate in rates.items():
                if not self._is_decided(runs[pair]):
                    runs[pair].append(run_pair(pair, self._make_job(rate, SECONDS), self._work))
        for pair, made in runs.items():
            print(f"  {pair.name} at {rates[pair] / 1e6:.0f} MB/s: sent {sent_rate(made):.0f} MB/s, "
                  f"whole {sum(run.is_whole for run in made)} of {len(made)}", file=sys.stderr)
        return runs

    def _is_decided(self, runs):
        """When more than half of all rounds went one way, the rest cannot change the median."""
        whole = sum(run.is_whole for run in runs)
        return max(whole, len(runs) - whole) > self._rounds // 2


def sent_rate(runs):
    """Median MB/s that the sender reached."""
    return statistics.median(run.sent_rate for run in runs)
