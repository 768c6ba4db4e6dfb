"""Starts a receiver and a sender, waits for both, and says what they used and what arrived."""

import os
import subprocess
import time
from dataclasses import dataclass

READY_SECONDS = 60
END_SECONDS = 120


@dataclass(frozen=True)
class Pair:
    """A receiver and a sender that belong together."""

    name: str
    receiver: object
    sender: object


@dataclass(frozen=True)
class Run:
    """One run of a pair; sizes in bytes of visibilities, CPU in seconds of the whole process."""

    sent_bytes: int
    received_bytes: int
    receive_seconds: float
    send_seconds: float
    sender_cpu: float
    receiver_cpu: float
    receiver_peak_bytes: int

    @property
    def is_whole(self):
        return self.received_bytes == self.sent_bytes

    @property
    def lost_percent(self):
        return 100 * (1 - self.received_bytes / self.sent_bytes)

    @property
    def received_rate(self):
        """MB/s from the first heap to the last."""
        return self.received_bytes / 1e6 / max(self.receive_seconds, 1e-9)

    @property
    def sent_rate(self):
        """MB/s while heaps were sent."""
        return self.sent_bytes / 1e6 / max(self.send_seconds, 1e-9)

    @property
    def sender_cpu_per_gigabyte(self):
        return self.sender_cpu / (self.sent_bytes / 1e9)

    @property
    def receiver_cpu_per_gigabyte(self):
        return self.receiver_cpu / (self.sent_bytes / 1e9)


def run_pair(pair, job, work):
    """Runs a pair once."""
    receiving = Process(pair.receiver.command(job), work / "receiver.log", pair.receiver.good_codes)
    try:
        receiving.wait_until(pair.receiver.is_ready)
        sending = Process(pair.sender.command(job), work / "sender.log", (0,))
        try:
            sending.wait()
        finally:
            sending.kill()
        receiving.wait(pair.receiver.silence_seconds)
    finally:
        receiving.kill()
    heaps, receive_seconds = pair.receiver.report(receiving.said(), job)
    shape = job.shape
    return Run(
        sent_bytes=job.dumps * shape.dump_bytes,
        received_bytes=heaps * shape.heap_bytes,
        receive_seconds=receive_seconds,
        send_seconds=pair.sender.seconds(sending.said()),
        sender_cpu=sending.cpu_seconds,
        receiver_cpu=receiving.cpu_seconds,
        receiver_peak_bytes=receiving.peak_bytes,
    )


class Process:
    """A program with its output in a file."""

    def __init__(self, command, log, good_codes):
        self._log = log
        self._good_codes = good_codes
        self._ended = False
        self.cpu_seconds = 0.0
        self.peak_bytes = 0
        with open(log, "w", encoding="utf-8") as sink:
            self._process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)

    def said(self):
        """What it has printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, is_ready):
        """Waits until it is ready to receive."""
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready(self._process.pid, self.said()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"bench: {self._process.args} did not get ready:\n{self.said()}")
            time.sleep(0.05)

    def wait(self, silence_seconds=None):
        """Waits for the end; interrupts a program that does not end by itself when its stop heaps were lost."""
        deadline = time.monotonic() + END_SECONDS
        interrupt = time.monotonic() + (silence_seconds or END_SECONDS)
        while not self._reap():
            now = time.monotonic()
            if now > deadline:
                raise SystemExit(f"bench: {self._process.args} did not end:\n{self.said()[-2000:]}")
            if now > interrupt:
                self._process.send_signal(2)
                interrupt = deadline
            time.sleep(0.01)
        if self._process.returncode not in self._good_codes:
            raise SystemExit(
                f"bench: {self._process.args} ended with {self._process.returncode}:\n{self.said()[-2000:]}")

    def kill(self):
        """Makes sure that it is gone."""
        if not self._ended and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _reap(self):
        pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
        if not pid:
            return False
        self._ended = True
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.peak_bytes = usage.ru_maxrss * 1024
        return True
