"""How long the app takes to start and how much memory it needs, beside the floor that its libraries set.

    python -m tests.benchmark.startup [--rounds 7] [--platform offscreen]

The floor imports QtWidgets, NumPy and pyqtgraph and shows an empty plot. Both are started in turn, each in a
process of its own; the times run from the start of the process to its first painted window. Memory is what
the process holds (resident set) at that moment, and for the app after 50,000 iterations. Takes about 20 s.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

READY = "CURVEGUI_READY_FILE"
ITERATIONS = 50_000
FLOOR = f"""
import os, numpy, pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
class Plot(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        with open(os.environ["{READY}"], "w") as file:
            file.write(str(os.getpid()))
plot = Plot()
plot.resize(1180, 830)
plot.show()
application.exec()
"""


@dataclass(frozen=True)
class Start:
    """One start: seconds by the clock, seconds of CPU, and megabytes."""

    wall: float
    cpu: float
    memory: float


def memory_mb(process: int) -> float:
    """The resident set of a process, in MB (10⁶ bytes)."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) * 1024 / 1e6


def cpu_s(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start(words: list[str], platform: str, stay_s: float = 0.0) -> Start:
    """Start a program, wait for its window, and for ``stay_s`` more before its memory is read."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready"
        places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), folder)
        environment = {**os.environ, **places, READY: str(ready), "QT_QPA_PLATFORM": platform}
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, *words], env=environment, stderr=subprocess.DEVNULL)
        while not ready.exists():
            time.sleep(0.002)
        wall, cpu = time.perf_counter() - begun, cpu_s(process.pid)
        time.sleep(stay_s)
        memory = memory_mb(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait()
    return Start(wall, cpu, memory)


def medians(starts: list[Start]) -> Start:
    """The median of each figure."""
    return Start(*(statistics.median(getattr(each, name) for each in starts) for name in ("wall", "cpu", "memory")))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    app = ["-m", "curvegui", "--speed", "0", "--iterations", str(ITERATIONS)]
    floors, apps = [], []
    for _ in range(options.rounds):
        floors.append(start(["-c", FLOOR], options.platform))
        apps.append(start(app, options.platform))
    floor, ours = medians(floors), medians(apps)
    trained = start(app, options.platform, stay_s=5.0)
    print(f"{'':34}{'wall s':>8}{'CPU s':>8}{'MB':>8}")
    print(f"{'the floor':34}{floor.wall:8.2f}{floor.cpu:8.2f}{floor.memory:8.0f}")
    print(f"{'the app, window painted':34}{ours.wall:8.2f}{ours.cpu:8.2f}{ours.memory:8.0f}")
    print(f"{f'the app, {ITERATIONS:,} iterations later':34}{'':8}{'':8}{trained.memory:8.0f}")
    print(f"{'ratio':34}{ours.wall / floor.wall:8.2f}{ours.cpu / floor.cpu:8.2f}{trained.memory / floor.memory:8.2f}")


if __name__ == "__main__":
    main()
