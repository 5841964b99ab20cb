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
from pathlib import Path
from random import randrange


def main() -> int:
    """Play; the exit status. All that is saved is saved in a folder of its own; nothing has been loaded before."""
    parser = argparse.ArgumentParser("python -m tests.monkey", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="for the same actions again; else by chance")
    parser.add_argument("--actions", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=None, help="as many actions as fit, instead")
    parser.add_argument("--only", help="kinds of actions, with commas between")
    parser.add_argument("--engine", choices=("numpy", "c"), help="else both in turn")
    parser.add_argument("--shuffle", action="store_true", help="receivers of signals in any order")
    parser.add_argument("--shrink", action="store_true", help="find the fewest actions that lead to the first trouble")
    parser.add_argument("--just", help="play these numbers alone, with commas between: for --shrink")
    options, ours = parser.parse_args(), Path(__file__).resolve().parents[2]
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="monkey-") as home:
        os.environ |= {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": home, "HOME": home}
        os.environ |= {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        os.environ["PYTHONPATH"] = os.pathsep.join((str(ours), os.environ.get("PYTHONPATH", "")))
        os.environ.pop("VISUAL", None)
        sys.pycache_prefix = f"{home}/bytecode"
        compile_dir(ours / "curvegui", quiet=2)  # as where it is installed
        tempfile.tempdir = None
        os.chdir(home)
        from tests.monkey.action import ROUND
        from tests.monkey.play import play

        first = play(options, Path(home))
        if first and options.shrink:
            numbers = range(first.at - first.at % ROUND, first.at + 1)

            def happens(just: Sequence[int]) -> bool:
                done = subprocess.run(
                    [sys.executable, *again(options, just)], capture_output=True, text=True, check=False
                )
                return f"TROUBLE {first.name}\n" in done.stdout

            found = fewest(numbers, happens)
            print(f"SHRUNK {first.name}\n{len(found)} of {len(numbers)} actions: {' '.join(again(options, found))}")
    return 1 if first else 0


def again(options: argparse.Namespace, just: Sequence[int]) -> list[str]:
    """The command that plays just these actions."""
    words = ["-m", "tests.monkey", f"--seed={options.seed}", f"--just={','.join(map(str, just))}"]
    words += [f"--{name}={getattr(options, name)}" for name in ("only", "engine") if getattr(options, name)]
    return words + ["--shuffle"] * options.shuffle


def fewest(numbers: Sequence[int], fails: Callable[[Sequence[int]], bool]) -> list[int]:
    """As few of these numbers as possible with which it still ``fails``; all of them if it does not even so.

    Each choice is tried twice: the trainer's thread goes its own way, and what happened once may not happen each time.
    Most trouble comes from the last numbers, so the first ones are left out first, and as many as possible at once.
    """
    kept, size = list(numbers), len(numbers) // 2
    while size:
        without = (kept[:start] + kept[start + size :] for start in range(0, len(kept), size))
        smaller = next((some for some in without if some and (fails(some) or fails(some))), None)
        if smaller is not None:
            kept = smaller
        else:
            size //= 2
    return kept


if __name__ == "__main__":
    sys.exit(main())
