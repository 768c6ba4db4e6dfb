"""Figures as Markdown."""

import os
import re
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "performance.md"


def spread(values, form="{:.0f}"):
    """Median and range."""
    values = list(values)
    return f"{form} ({form} to {form})".format(statistics.median(values), min(values), max(values))


def table(head, rows):
    """A table; cells are text."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def machine():
    """What was measured on."""
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    java = f"{os.environ['JAVA_HOME']}/bin/java" if "JAVA_HOME" in os.environ else "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores ({found[1] if found else os.uname().machine}), "
        f"Linux {os.uname().release}, `rmem_max` {Path('/proc/sys/net/core/rmem_max').read_text().strip()}, "
        f"Java {re.search(chr(34) + '(.*?)' + chr(34), said)[1]}, loopback.")


def write_page(section, text):
    """Replaces what stands between the section's markers in docs/performance.md."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- bench:{section} -->\n", f"<!-- /bench:{section} -->"
    before, rest = page.split(begin)
    PAGE.write_text(before + begin + text + "\n" + end + rest.split(end, 1)[1], encoding="utf-8")
