"""Kills and faults at every call of every kind of save, and saves in odd places.

    python -m tests.faults [kills] [faults] [places] [--seed N] [--count N] [--seconds N] [--only WORDS]

What must hold: each part of what is on the disk is as it was before or as it is after, and it can be read; what could
not be saved is told in a sentence; no other file is touched; nothing temporary is left; and the next save works. With
--count, so many cases are chosen from all; with --seconds, they are tried in an order by chance until the time is up.
Ends with status 1 if anything does not hold. Linux only.
"""

import argparse
import json
import logging
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.faults import places, window
from tests.faults.kept import KEPT, READ
from tests.faults.places import PLACES
from tests.faults.record import Prepared
from tests.faults.saves import SAVES
from tests.faults.trials import cases, complaint, prepared

KINDS = "kills", "faults", "places"
MOST_WORDS = 900  # of a complaint
OF_THE_APP = 0.3  # of the time, where that is what is given


@dataclass(frozen=True)
class Trial:
    """One thing to try: ``complaint`` says what is wrong after it, or nothing; None where it cannot be tried here."""

    kind: str
    name: str
    complaint: Callable[[], str | None]


def in_processes(work: Sequence[Trial], until: float) -> Iterator[tuple[str, str, str]]:
    """Try all in as many processes as there are cores, until the time is up: of each its kind, name and complaint."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    answers, question = os.pipe()
    workers = []
    for number in range(cores):
        workers.append(os.fork())
        if not workers[-1]:
            _work(work[number::cores], question, until)
    os.close(question)
    with os.fdopen(answers, encoding="utf-8") as lines:
        for line in lines:
            yield tuple(json.loads(line))  # type: ignore[misc]
    statuses = [os.waitpid(worker, 0)[1] for worker in workers]
    if any(statuses):
        raise RuntimeError("A process that tried cases has ended before all were tried")


def _work(work: Sequence[Trial], question: int, until: float) -> None:
    """What a process does, which never comes back from here. Short lines do not mix in the pipe."""
    status = 1
    try:
        for trial in work:
            if time.monotonic() < until and (problem := _tried(trial)) is not None:
                line = json.dumps([trial.kind, trial.name[:200], problem[:MOST_WORDS]], ensure_ascii=False)
                os.write(question, line.encode("utf-8", "replace") + b"\n")
        status = 0
    finally:
        os._exit(status)


def _tried(trial: Trial) -> str | None:
    try:
        return trial.complaint()
    except Exception:
        return f"it could not be tried: {traceback.format_exc()[-MOST_WORDS:]}"


def _windows(kinds: set[str], options: argparse.Namespace, root: Path) -> list[Trial]:
    """Of the app itself: each takes some seconds, so that there are few where others are counted."""
    rounds = max(1, options.count // 50) if options.count else 250
    seeds = [options.seed * 10_000 + number for number in range(rounds)]
    found = []
    if "kills" in kinds:
        found += [_trial("kills of the app", f"seed {each}", root, window.complaint, each) for each in seeds]
    if "faults" in kinds:
        found += [_trial("faults in the app", f"seed {each}", root, window.complaint_of_faults, each) for each in seeds]
    if "places" in kinds:
        odd = [_trial("odd starts", each, root, window.complaint_of_place, each) for each in window.ODD_STARTS]
        found += _chosen(odd, rounds, options.seed)
    return _chosen(found, None, options.seed)


def _trial(kind: str, name: str, root: Path, complaint: Callable[[Path, Any], str | None], what: Any) -> Trial:
    """Something that is tried in a home of its own."""

    def tried() -> str | None:
        home = root / f"home-{os.getpid()}"
        home.mkdir()
        home.chmod(0o777)
        try:
            return complaint(home, what)
        finally:
            shutil.rmtree(home, ignore_errors=True)
            home.unlink(missing_ok=True)

    return Trial(kind, f"{kind}, {name}", tried)


def _cases(kinds: set[str], options: argparse.Namespace, root: Path, ready: Sequence[Prepared]) -> list[Trial]:
    """Everything that can happen at each call of each save, and all saves in odd places: those that are chosen."""
    found = []
    for kind in sorted(kinds):
        trials = [each for one in ready for each in trials_of(one, kind, root)]
        found += _chosen(trials, options.count, options.seed)
    return _chosen(found, None, options.seed)


def trials_of(ready: Prepared, kind: str, root: Path) -> Iterator[Trial]:
    """All of a kind for one save."""
    if kind == "places":
        for place in PLACES:
            name = f"{ready.record.name}, {place.name}"
            yield Trial(kind, name, lambda place=place: places.complaint(ready, place, root / f"work-{os.getpid()}"))  # type: ignore[misc]
    for case in cases(ready, {kind}):
        yield Trial(kind, str(case), lambda case=case: complaint(case, root / f"work-{os.getpid()}"))  # type: ignore[misc]


def _chosen(found: Sequence[Trial], count: int | None, seed: int) -> list[Trial]:
    """In an order by chance, the first ``count``."""
    return random.Random(seed).sample(found, len(found))[:count]


def said(outcomes: Iterable[tuple[str, str, str]], tried: Counter[str], failures: list[tuple[str, str]]) -> None:
    """Take in what was tried, and say at once what did not hold."""
    for kind, what, problem in outcomes:
        tried[kind] += 1
        if problem:
            failures.append((what, problem))
            print(f"{what}: {problem}", flush=True)


def main() -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"any of {', '.join(KINDS)}; default all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="of each kind; of the app itself fewer")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--only", default="", help="saves whose name has these words in it")
    parser.add_argument("--table", type=Path)
    options = parser.parse_args()
    logging.getLogger().addHandler(logging.NullHandler())
    kinds, begun = set(options.kinds or KINDS), time.monotonic()
    tried, failures = Counter[str](), list[tuple[str, str]]()
    records = [each for each in SAVES + KEPT + READ if options.only in each.name]
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # memory, where there is that
    with tempfile.TemporaryDirectory(dir=place) as folder:
        root = Path(folder)
        root.chmod(0o755)  # for those who are not root

        if not options.only:  # before this process has an application of Qt's
            said(in_processes(_windows(kinds, options, root), begun + OF_THE_APP * options.seconds), tried, failures)
        ready = [prepared(each, root / f"record-{number}") for number, each in enumerate(records)]
        said(in_processes(_cases(kinds, options, root, ready), begun + options.seconds), tried, failures)
    seconds, counts = time.monotonic() - begun, ", ".join(f"{count:,} {kind}" for kind, count in tried.items())
    print(f"{counts} in {seconds:.0f} s, {len(failures):,} failed")
    if options.table:
        found = {"tried": tried, "failed": len(failures), "failures": failures, "seconds": seconds}
        options.table.write_text(json.dumps(found, indent=1))
    return 1 if failures or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
