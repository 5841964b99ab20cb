"""Plays with the real window like a monkey, offscreen, while it trains at full speed, and tells what goes wrong.

    python -m tests.monkey --actions 5000
    python -m tests.monkey --seed 7 --seconds 3600 --shuffle        receivers of signals in any order
    python -m tests.monkey --seed 7 --shrink                        the fewest actions that lead to the first trouble

``--only``: kinds of actions; ``--engine``: numpy or c, else both in turn; ``--just``: these numbers alone.
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

from tests.help.program import asked, own_environment


def main() -> int:
    """Play; the exit status. All that is saved is saved in a folder of its own; nothing of the app is loaded before."""
    usual = {"seed": randrange(10**6), "actions": 5_000, "seconds": 0.0, "only": [""], "engine": "", "just": [-1]}
    options, ours = asked(__doc__, **usual, shuffle=False, shrink=False), Path(__file__).resolve().parents[2]
    faulthandler.enable()
    with tempfile.TemporaryDirectory(prefix="monkey-") as home:
        os.environ |= own_environment(home)
        os.environ["PYTHONPATH"] = os.pathsep.join((str(ours), os.environ.get("PYTHONPATH", "")))
        os.environ.pop("VISUAL", None)
        sys.pycache_prefix = f"{home}/bytecode"
        compile_dir(ours / "curvegui", quiet=2)  # as where it is installed
        tempfile.tempdir = None
        os.chdir(home)
        from tests.monkey.play import ROUND, play

        first = play(options, Path(home))
        if first and options.shrink:
            numbers = range(first.at - first.at % ROUND, first.at + 1)

            def happens(just: Sequence[int]) -> bool:
                command = [sys.executable, *again(options, just)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                return f"TROUBLE {first.name}\n" in done.stdout

            found = fewest(numbers, happens)
            print(f"SHRUNK {first.name}\n{len(found)} of {len(numbers)} actions: {' '.join(again(options, found))}")
    return 1 if first else 0


def again(options: argparse.Namespace, just: Sequence[int]) -> list[str]:
    """The command that plays just these actions."""
    words = ["-m", "tests.monkey", f"--seed={options.seed}", f"--engine={options.engine}", "--just", *map(str, just)]
    return [*words, *["--only", *options.only] * any(options.only), *["--shuffle"] * options.shuffle]


def fewest(numbers: Sequence[int], fails: Callable[[Sequence[int]], bool]) -> list[int]:
    """As few of these numbers as possible with which it still ``fails``; all of them if it does not even so.

    Each choice is tried twice: the trainer's thread goes its own way, and what happened once may not happen each time.
    Most trouble comes from the last numbers, so the first ones are left out first, and as many as possible at once.
    """
    kept, size = list(numbers), len(numbers) // 2
    while size:
        without = (kept[:start] + kept[start + size :] for start in range(0, len(kept), size))
        smaller = next((some for some in without if some and (fails(some) or fails(some))), None)
        kept, size = smaller or kept, size if smaller else size // 2
    return kept


if __name__ == "__main__":
    sys.exit(main())
