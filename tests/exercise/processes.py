"""Which processes a child has left behind."""

import os
from pathlib import Path

from curvegui.exercise.runner.start import MARK


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
