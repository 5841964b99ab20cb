"""Which processes a child has left behind, and how long they take on a busy machine."""

import os
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

from curvegui.exercise.runner.operating_system import MARK, Limits


def left_behind():
    """Children of this process, zombies too, and whatever else was started by a learner's code."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            marked = f"{MARK}={os.getpid()}-".encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() or marked:
            found.append(entry.name)
    return found


def on_this_machine(limits: Limits) -> Limits:
    """The limits, with as much more time as other programs take from this one at the moment."""
    start, used = perf_counter(), process_time()
    while process_time() - used < 0.05:
        pass
    slower = max(1.0, 1.5 * (perf_counter() - start) / 0.05 - 0.5)
    return replace(limits, seconds=limits.seconds * slower, patience=limits.patience * slower)
