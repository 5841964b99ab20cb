"""Kills the app with -9 while it saves a project, over and over, and looks at what is on the disk.

    python tests/soak/kills.py --kills 1000

A child process saves two projects in turn over the same file, as fast as it can; it is killed after a random time;
what it left must open, and be one of the two, byte for byte. Ends with status 1 if it ever is not.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import cycle
from pathlib import Path
from time import sleep

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project, encode, load, save

LONGEST_S = 0.03  # from the first save to the kill: a few saves
TARGET, SOURCES = "heart.curvegui", ("one.curvegui", "two.curvegui")


def projects() -> list[Project]:
    """Two projects of different sizes."""
    found = []
    for iterations in (500, 5_000):
        trainer = Trainer(TrainingConfig())
        trainer.advance(iterations)
        found.append(Project(trainer.record(), name=f"after {iterations}"))
    return found


def save_until_killed(folder: Path) -> None:
    """What the child does."""
    for project in cycle([load(folder / name) for name in SOURCES]):
        save(folder / TARGET, project)
        print("saved", flush=True)


def kill_while_saving(folder: Path, seconds: float) -> None:
    """Start a child, let it save for some time, and kill it."""
    command = [sys.executable, __file__, "--child", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        if child.stdout.readline() != b"saved\n":
            raise RuntimeError("The child could not save")
        sleep(seconds)
        child.kill()


def outcomes(kills: int, folder: Path, seed: int = 1) -> Counter[str]:
    """How often the file was the one project, the other one, or neither; and what else was left."""
    chance, found = random.Random(seed), Counter[str]()
    whole = {encode(project): project.name for project in projects()}
    for name, data in zip(SOURCES, whole, strict=True):
        (folder / name).write_bytes(data)
    for _ in range(kills):
        (folder / TARGET).write_bytes(next(iter(whole)))
        kill_while_saving(folder, chance.uniform(0, LONGEST_S))
        found[whole.get((folder / TARGET).read_bytes(), "LOST")] += 1
        load(folder / TARGET)
        for left in folder.glob(".*.part"):
            found["half-written files beside it"] += 1
            left.unlink()
    return found


def main() -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--child", type=Path)
    options = parser.parse_args()
    if options.child:
        save_until_killed(options.child)
    with tempfile.TemporaryDirectory() as folder:
        found = outcomes(options.kills, Path(folder))
    print(*(f"{count:6,} {name}" for name, count in sorted(found.items())), sep="\n")
    return 1 if found["LOST"] else 0


if __name__ == "__main__":
    sys.exit(main())
