"""How long the app takes to start and how much memory it needs, beside the floor that its libraries set.

    python -m tests.benchmark.startup [--rounds 7] [--platform offscreen] [--most 1.6]
    python -m tests.benchmark.startup --rounds 1         to see that it starts

The floor imports QtWidgets, NumPy and pyqtgraph and shows an empty plot. Floor and app are started in turn, each in a
process of its own, with its byte code there. The times run from the start of the process to its first painted window,
and until everything is there that is seen at first. Memory is what the process holds (resident set) when the window is
painted. Figures are medians. With ``--most``, the program fails where a first
window takes more CPU time than so many times the floor. Takes about a minute.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import inf
from pathlib import Path

import numpy as np

from tests.help.program import asked, own_environment

READY, COMPLETE = "CURVEGUI_READY_FILE", "CURVEGUI_COMPLETE_FILE"
FLOOR = f"""
import os, numpy, pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
class Plot(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        for variable in ("{READY}", "{COMPLETE}"):
            with open(os.environ[variable], "w") as file:
                file.write(str(os.getpid()))
plot = Plot()
plot.resize(1180, 830)
plot.show()
application.exec()
"""
APP = "from curvegui.__main__ import main; main([])"
PATIENCE_S = 60


def memory_mb(process: int) -> float:
    """The resident set of a process, in MB (10⁶ bytes)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6


def cpu_s(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until a condition holds; raises ``RuntimeError`` if the program ends before, or takes for ever."""
    until = time.perf_counter() + PATIENCE_S
    while not condition():
        if process.poll() is not None or time.perf_counter() > until:
            raise RuntimeError(f"It does not start: {process.args}")
        time.sleep(0.002)


def start(code: str, platform: str) -> list[float]:
    """Start a program, wait for its window, and end it.

    Returns seconds by the clock and of CPU, to the first painted window and until all is there; megabytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        ready, complete = Path(folder) / "ready", Path(folder) / "complete"
        files = {READY: str(ready), COMPLETE: str(complete), "QT_QPA_PLATFORM": platform}
        environment = os.environ | own_environment(folder) | files
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begun, times = time.perf_counter(), list[float]()
        process = subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(ready.exists, process)
            times += [time.perf_counter() - begun, cpu_s(process.pid)]
            memory = memory_mb(process.pid)
            wait_for(complete.exists, process)
            times += [time.perf_counter() - begun, cpu_s(process.pid)]
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)
        finally:
            process.kill()
    return [*times, memory]


def main() -> bool:
    """Print the table; whether the app is too slow."""
    options = asked(__doc__, rounds=7, platform="offscreen", most=inf)
    codes = {"the floor": FLOOR, "the app": APP}
    rounds = [[start(code, options.platform) for code in codes.values()] for _ in range(options.rounds + 1)]
    usual = np.median(rounds[1:], axis=0)  # the first of each brings the files into memory, and writes the byte code
    floor = usual[0][[0, 1, 0, 1, 4]]
    print(f"{'':24}{'first window':^32}{'everything there':^32}{'MB':>8}")
    print(f"{'':24}" + 2 * f"{'wall s':>8}{'':8}{'CPU s':>8}{'':8}")
    for name, figures in zip(codes, usual, strict=True):
        cells = "".join(f"{mine:8.2f} {mine / its:5.2f} x" for mine, its in zip(figures[:4], floor, strict=False))
        print(f"{name:24}{cells}{figures[4]:8.0f} {figures[4] / floor[4]:5.2f} x")
    is_slow = bool(usual[1][1] > options.most * floor[1])
    if is_slow:
        print(f"The first window takes more CPU than {options.most} times the floor")
    return is_slow


if __name__ == "__main__":
    sys.exit(main())
