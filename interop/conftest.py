"""Fixtures: the distribution under test, the sample sets, and the count that ends the output."""

import os
import shutil
import tarfile
from pathlib import Path

import pytest

from emulator import Emulator

SAMPLES = Path(__file__).resolve().parent.parent / "quickstart" / "samples"
COUNTS = {"passed": 0, "failed": 0}


@pytest.fixture
def emulator(tmp_path):
    """Starts the programs; whatever still runs after the test is ended."""
    programs = Emulator(os.environ["CBFSDP_HOME"], tmp_path)
    yield programs
    programs.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The path of a sample set by its name, unpacked once; to be read only."""
    folder = tmp_path_factory.mktemp("samples")

    def unpacked(name):
        if not (folder / name).exists():
            with tarfile.open(SAMPLES / f"{name}.tar.xz") as archive:
                archive.extractall(folder)
        return folder / name

    return unpacked


@pytest.fixture
def own_copy(sample, tmp_path):
    """A copy of a sample set that the test may change."""

    def copied(name):
        return Path(shutil.copytree(sample(name), tmp_path / f"own-{name}"))

    return copied


def pytest_runtest_logreport(report):
    """Counts each test once: what is skipped, or fails before or after its own code, has failed."""
    if report.failed or report.skipped:
        COUNTS["failed"] += 1
    elif report.when == "call":
        COUNTS["passed"] += 1


def pytest_sessionfinish(session):
    """A skipped test is a failure: everything these tests need is installed."""
    if COUNTS["failed"] and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_unconfigure():
    """The last line."""
    print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed")
