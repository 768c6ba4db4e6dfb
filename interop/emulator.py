"""The programs under test, run from outside: emu-send and emu-recv of one distribution."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

READY_SECONDS = 30
END_SECONDS = 60


class Program:
    """One running program; its output, both streams together, goes to a file."""

    def __init__(self, command, log):
        self.command = [str(word) for word in command]
        self._log = log
        with open(log, "w", encoding="utf-8") as sink:
            self._process = subprocess.Popen(
                self.command, cwd=log.parent, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)

    @property
    def output(self):
        """All it has said so far."""
        return self._log.read_text(encoding="utf-8")

    def wait_until_said(self, start_of_line, seconds=READY_SECONDS):
        """Waits for a line that begins like this; a program that ends or stays silent is a failure."""
        deadline = time.monotonic() + seconds
        while not any(line.startswith(start_of_line) for line in self.output.splitlines()):
            assert self._process.poll() is None, f"{self.command} ended before '{start_of_line}':\n{self.output}"
            assert time.monotonic() < deadline, f"{self.command} did not say '{start_of_line}':\n{self.output}"
            time.sleep(0.05)

    def wait(self, seconds=END_SECONDS):
        """Waits for the end and returns the exit code; one that does not end is a failure."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.command} did not end within {seconds} s:\n{self.output}") from None

    def send_signal(self, number):
        """Sends a signal to the program."""
        self._process.send_signal(number)

    def kill(self):
        """Ends it at once, if it still runs."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(10)


class Emulator:
    """Starts the programs of one distribution in one folder, with settings given as {'group.name': value}."""

    def __init__(self, home, folder):
        self._home = Path(home)
        self._folder = folder
        self._programs = []

    def start(self, name, settings, *arguments):
        """Starts a program with half of its settings in a file and half of them as options."""
        number = len(self._programs)
        # The rates here are low: nothing is lost by beginning cold, and a minute is won.
        settings = {"transmission.warm_up": 0, "reception.warm_up": 0, **settings}
        in_file = dict(list(settings.items())[::2])
        as_options = [word for key, value in list(settings.items())[1::2] for word in ("-o", f"{key}={value}")]
        config = self._folder / f"{name}-{number}.conf"
        config.write_text(_ini(in_file), encoding="utf-8")
        command = [self._home / "bin" / name, "-c", config, *as_options, *arguments]
        program = Program(command, self._folder / f"{name}-{number}.log")
        self._programs.append(program)
        return program

    def receive(self, model, output, port, **settings):
        """Starts emu-recv and waits until it listens."""
        program = self.start("emu-recv", {
            "reception.datamodel": model,
            "reception.outputfilename": output,
            "reception.receiver_port_start": port,
            "reception.idle_timeout": 10,
            **dotted(settings),
        })
        program.wait_until_said("Ready: ")
        return program

    def send(self, measurement_set, port, **settings):
        """Runs emu-send to its end and returns it; an exit code other than 0 is a failure."""
        program = self.start("emu-send", {
            "transmission.target_port_start": port,
            "transmission.rate": 20_000_000,
            **dotted(settings),
        }, measurement_set)
        code = program.wait()
        assert code == 0, f"emu-send ended with {code}:\n{program.output}"
        return program

    def run(self, name, *arguments):
        """Runs a program with arguments only; returns its exit code and what it said."""
        program = Program([self._home / "bin" / name, *arguments], self._folder / f"{name}-{len(self._programs)}.log")
        self._programs.append(program)
        return program.wait(), program.output

    def java(self, name, *arguments):
        """Starts one of the test programs in interop/java on the distribution's libraries."""
        java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
        command = [java, "-cp", f"{os.environ['INTEROP_CLASSES']}:{self._home}/lib/*", name, *arguments]
        program = Program(command, self._folder / f"{name}-{len(self._programs)}.log")
        self._programs.append(program)
        return program

    def close(self):
        """Ends whatever still runs."""
        for program in self._programs:
            program.kill()


def dotted(settings):
    """Keyword arguments as settings: transmission__rate stands for transmission.rate."""
    return {name.replace("__", "."): value for name, value in settings.items()}


def free_ports(count):
    """The first of neighbouring ports, UDP and TCP, that were free a moment ago, below those that the system hands out."""
    free_ports.next = getattr(free_ports, "next", 22000)
    while free_ports.next < 32000:
        first = free_ports.next
        free_ports.next += count
        if all(_is_free(port) for port in range(first, first + count)):
            return first
    raise AssertionError("no free ports left")


def _is_free(port):
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                return False
    return True


def _ini(settings):
    groups = {}
    for key, value in settings.items():
        group, name = key.split(".", 1)
        groups.setdefault(group, []).append(f"{name} = {value}\n")
    return "\n".join(f"[{group}]\n{''.join(lines)}" for group, lines in groups.items())
