"""Kills and faults at every call of every kind of save, and saves in odd places.

    python -m tests.faults [kills|faults|places] [--seed N] [--count N] [--seconds N] [--only WORDS]

What must hold: each part of what is on the disk is as it was before or as it is after, and it can be read; what could
not be saved is told in a sentence; no other file is touched; nothing temporary is left; and the next save works. With
--count, so many cases of each kind are chosen; with --seconds, all are tried by chance until the time is up. Ends with
status 1 if anything does not hold. Linux only.
"""

import logging
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.faults import places, trials, window
from tests.faults.disk import FAULTS, KILLS
from tests.faults.kept import KEPT, READ
from tests.faults.saves import SAVES
from tests.help.program import asked

KINDS = "kills", "faults", "places"
MOST_WORDS = 900  # of a complaint
OF_THE_APP = 0.3  # of the time, where that is what is given
TO_TRY = []  # kind, name, and what says, given a folder, what is wrong after it: nothing; None where it cannot be tried


def trials_of_app(kind, options):
    """Trials of the app itself: each takes some seconds, so that there are few of them where a number is asked for."""
    rounds = max(1, options.count // 50) if options.count else 250
    seeds = [options.seed * 10_000 + number for number in range(rounds)]
    name, complaint, whats = {
        "kills": ("kills of the app", window.complaint_of_kill, seeds),
        "faults": ("faults in the app", window.complaint_of_faults, seeds),
        "places": ("odd starts", window.complaint_of_place, by_chance(window.ODD_STARTS, options.seed)[:rounds]),
    }[kind]
    return [(name, f"{name}, {what}", partial(complaint, what)) for what in whats]


def trials_of(ready, kind):
    """All trials of a kind for one save: what can happen at each of its calls, or all odd places."""
    if kind == "places":
        return [(kind, f"{ready.name}, {each.name}", partial(places.complaint, ready, each)) for each in places.PLACES]
    return [
        (kind, f"{ready.name}: {each} ({ready.calls[each.at]})", partial(trials.complaint, ready, each))
        for each in trials.faults_in(ready, KILLS if kind == "kills" else FAULTS)
    ]


def by_chance(found, seed):
    return random.Random(seed).sample([*found], len(found))


def in_processes(work, root, until):
    """Try all in as many processes as there are cores, until the time is up: kind, name and complaint of each."""
    TO_TRY[:] = work
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), multiprocessing.get_context("fork")) as pool:
        yield from filter(None, pool.map(partial(tried, root, until), range(len(work))))


def tried(root, until, number):
    """Carry out a trial of `TO_TRY` in an empty folder; its kind, name and complaint."""
    (kind, name, complaint), folder = TO_TRY[number], root / f"work-{os.getpid()}"
    if time.monotonic() >= until:
        return None
    folder.mkdir()
    folder.chmod(0o777)
    try:
        problem = complaint(folder)
    except Exception:
        problem = f"it could not be tried: {traceback.format_exc()[-MOST_WORDS:]}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        folder.unlink(missing_ok=True)
    return None if problem is None else (kind, name[:200], problem[:MOST_WORDS])


def main():
    """Try what the words of the command ask for; the exit status."""
    options = asked(__doc__, choices=("all", *KINDS), seed=1, count=0, seconds=float("inf"), only="")
    logging.getLogger().addHandler(logging.NullHandler())
    sys.stdout.reconfigure(errors="replace")
    begun, counts, failed = time.monotonic(), Counter(), 0
    kinds = KINDS if options.part == "all" else [options.part]
    records = [each for each in SAVES + KEPT + READ if options.only in each.name]

    def outcomes(root):
        if not options.only:  # before this process has an application of Qt's
            work = [each for kind in kinds for each in trials_of_app(kind, options)]
            yield from in_processes(by_chance(work, options.seed), root, begun + OF_THE_APP * options.seconds)
        ready, work = [trials.prepared(each, root / f"record-{number}") for number, each in enumerate(records)], []
        for kind in kinds:
            of_kind = [each for one in ready for each in trials_of(one, kind)]
            work += by_chance(of_kind, options.seed)[: options.count or None]
        yield from in_processes(by_chance(work, options.seed), root, begun + options.seconds)

    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101 - for those who are not root
        for kind, name, problem in outcomes(Path(folder)):
            counts[kind] += 1
            if problem:
                failed += 1
                print(f"{name}: {problem}", flush=True)
    words = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    print(f"{words} in {time.monotonic() - begun:.0f} s, {failed:,} failed")
    return 1 if failed or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
