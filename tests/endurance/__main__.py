"""Runs all that tries to break the app, in rounds, for hours, and writes one table.

    tests/endurance/run --hours 8 --table endurance.txt [--only monkey faults] [--seed 1]

A round goes once through the parts below, each with another seed and for its share of the round's time. A line is added
to the table when a part ends; what a part said is kept beside the table if it failed. Ends with status 1 if any did.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import localtime, monotonic, strftime

ROUND_S = 3_600
LATE_TESTS = 2  # a second
READERS = "formula", "tables", "projects", "exercise", "sweeps", "lessons", "outlines", "kept", "catalogues"


@dataclass(frozen=True)
class Part:
    """A script: its share of a round's time, and its words for so many seconds and a seed."""

    share: float
    words: Callable[[int, int], Sequence[str]]


def _monkey(*more: str) -> Callable[[int, int], Sequence[str]]:
    return lambda seconds, seed: ("-m", "tests.monkey", "--seconds", str(seconds), "--seed", str(seed), *more)


def _faults(what: str) -> Callable[[int, int], Sequence[str]]:
    return lambda seconds, seed: ("-m", "tests.faults", what, "--seconds", str(seconds), "--seed", str(seed))


def _fuzz(reader: str) -> Part:
    words = ("--seconds", "--seed")
    return Part(
        0.01,
        lambda seconds, seed: (f"tests/fuzz/{reader}.py", words[0], str(seconds), words[1], str(seed)),
    )


def _closings(seconds: int, seed: int) -> Sequence[str]:
    times = max(1, seconds // 90)  # there are fifteen kinds, and an app takes some seconds to start
    return "-m", "tests.endurance.closings", "--times", str(times), "--seed", str(seed), "--busy", str(4 * (seed % 2))


def _soak(seconds: int, seed: int) -> Sequence[str]:
    return "-m", "tests.endurance.soak", "--seconds", str(seconds), "--pause", "0.15" if seed % 2 else "2"


def _late(seconds: int, seed: int) -> Sequence[str]:
    where = "-n", "2", "-m", "slow or not slow", "tests/session", "tests/ui"
    plugin = "-p", "tests.help.late", "--late", str(seed), "--sample", str(LATE_TESTS * seconds)
    return "-m", "pytest", "-q", *plugin, *where


PARTS = {
    "monkey": Part(0.15, _monkey()),
    "monkey, in C": Part(0.1, _monkey("--engine", "c")),
    "monkey, shuffled": Part(0.1, _monkey("--shuffle")),
    "kills": Part(0.1, _faults("kills")),
    "faults": Part(0.05, _faults("faults")),
    "places": Part(0.05, _faults("places")),
    "closings": Part(0.1, _closings),
    "late": Part(0.1, _late),
    "soak": Part(0.17, _soak),
    **{f"fuzz {reader}": _fuzz(reader) for reader in READERS},
}


class Table:
    """The table in a file, written as it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.failed = 0
        self._add("began", "part", "seed", "seconds", "status", "what it says last")

    def _add(self, *cells: object) -> None:
        widths = 19, 17, 5, 7, 6, 0
        line = "  ".join(str(cell).ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        print(line, flush=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def note(self, part: str, seed: int, began: str, seconds: float, ended: "subprocess.CompletedProcess[str]") -> None:
        """Add a line; keep all that was said by a part that failed."""
        said = (ended.stdout + ended.stderr).strip().splitlines()
        self._add(began, part, seed, round(seconds), ended.returncode, said[-1] if said else "")
        if ended.returncode:
            self.failed += 1
            kept = self._path.with_name(f"{self._path.stem}-{part.replace(', ', '-').replace(' ', '-')}-{seed}.log")
            kept.write_text(ended.stdout + "\n" + ended.stderr, encoding="utf-8")


def main() -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--table", type=Path, default=Path("endurance.txt"), help="lines are added at its end")
    parser.add_argument("--only", nargs="+", metavar="PART", help=f"parts that begin so: {', '.join(PARTS)}")
    parser.add_argument("--seed", type=int, default=1, help="of the first round; each one takes the next")
    options = parser.parse_args()
    wanted = {name: part for name, part in PARTS.items() if name.startswith(tuple(options.only or [""]))}
    shares, end = sum(part.share for part in wanted.values()), monotonic() + 3_600 * options.hours
    table, seed = Table(options.table), options.seed
    while (left := end - monotonic()) > 0:
        for name, part in wanted.items():
            seconds = max(1, round(min(ROUND_S, left) * part.share / shares))
            began, start = strftime("%Y-%m-%d %H:%M:%S", localtime()), monotonic()
            words = part.words(seconds, seed)
            ended = subprocess.run([sys.executable, *words], capture_output=True, encoding="utf-8", check=False)
            table.note(name, seed, began, monotonic() - start, ended)
        seed += 1
    print(f"endurance: {table.failed} parts failed" if table.failed else "endurance: all went well")
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
