"""Plays with the real window like a monkey, offscreen, while it trains at full speed, and tells what goes wrong.

    python -m tests.monkey --actions 5000
    python -m tests.monkey --seed 7 --seconds 3600 --shuffle
    python -m tests.monkey --seed 7 --shrink        the fewest actions that lead to the first trouble

All follows from the seed; what two threads do to each other does not. Ends with status 1 if there was any trouble.
"""

import argparse
import faulthandler
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from compileall import compile_dir
from functools import partial
from pathlib import Path
from random import randrange

TRIES = 2  # the trainer's thread goes its own way: what happened once may not happen each time


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser("python -m tests.monkey", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="for the same actions again; else by chance")
    parser.add_argument("--actions", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=None, help="as many actions as fit, instead")
    parser.add_argument("--only", help="kinds of actions, with commas between")
    parser.add_argument("--engine", choices=("numpy", "c"), help="else both in turn")
    parser.add_argument("--longest", type=float, default=0.25, help="seconds of its own time for the window at a piece")
    parser.add_argument("--shuffle", action="store_true", help="receivers of signals in any order")
    parser.add_argument("--shrink", action="store_true", help="find the fewest actions that lead to the first trouble")
    parser.add_argument("--just", help="play these numbers alone, with commas between: for --shrink")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Play; the exit status."""
    options = options_of(arguments)
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="monkey-") as home:
        prepare(Path(home))
        from tests.monkey.play import play

        return play(options, Path(home), shrunk)


def prepare(home: Path) -> None:
    """Let all that is kept be kept there; nothing has been loaded yet."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(home), "HOME": str(home)}
    os.environ |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    ours = Path(__file__).resolve().parents[2]
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ours), os.environ.get("PYTHONPATH", "")))
    sys.pycache_prefix = str(home / "bytecode")
    compile_dir(ours / "curvegui", quiet=2)  # as where it is installed
    tempfile.tempdir = None
    os.environ.pop("VISUAL", None)
    os.chdir(home)


def shrunk(options: argparse.Namespace, name: str, at: int) -> str:
    """How to see that trouble again with the fewest actions; ``at`` is the action at which it was noticed."""
    from tests.monkey.action import ROUND

    numbers = range(at - at % ROUND, at + 1)
    found = fewest(numbers, partial(happens, options, name))
    return f"{len(found)} of {len(numbers)} actions: {' '.join(command(options, found)[1:])}"


def happens(options: argparse.Namespace, name: str, just: Sequence[int]) -> bool:
    """Whether these numbers lead to trouble of that name, in a process of its own."""
    done = subprocess.run(command(options, just), capture_output=True, text=True, check=False)
    return f"TROUBLE {name}\n" in done.stdout


def command(options: argparse.Namespace, just: Sequence[int]) -> list[str]:
    """What plays these numbers alone."""
    words = [sys.executable, "-m", "tests.monkey", f"--seed={options.seed}", f"--just={','.join(map(str, just))}"]
    words += [f"--{name}={getattr(options, name)}" for name in ("only", "engine") if getattr(options, name)]
    return words + ["--shuffle"] * options.shuffle


def fewest(numbers: Sequence[int], fails: Callable[[Sequence[int]], bool], tries: int = TRIES) -> list[int]:
    """As few of these numbers as possible with which it still ``fails``; all of them if it does not even so.

    The last ones are tried alone first: most trouble comes from them.
    """

    def again(some: Sequence[int]) -> bool:
        return any(fails(some) for _ in range(tries))

    kept = list(numbers)
    for count in (1, 2, 4, 8, 16, 32, 64):
        if count < len(kept) and again(kept[-count:]):
            kept = kept[-count:]
            break
    pieces = 2
    while len(kept) > 1:
        size = -(-len(kept) // pieces)
        without = (kept[:start] + kept[start + size :] for start in range(0, len(kept), size))
        smaller = next((some for some in without if some and again(some)), None)
        if smaller is not None:
            kept, pieces = smaller, max(2, pieces - 1)
        elif size == 1:
            break
        else:
            pieces = min(len(kept), 2 * pieces)
    return kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
