"""A kind of save: prepared and carried out once, then again and again with a fault or a kill in it."""

import contextlib
import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from curvegui.exercise.problem import ExerciseError
from curvegui.files.disk.atomic import clear_below
from curvegui.files.format.section import ProjectError
from tests.faults.disk import FAULTS, KILLS, Disk, Fault
from tests.help.forked import forked

LETTER, WORDS = "letter.txt", b"This letter belongs to nobody here."  # lies beside every file and has to stay
Parts = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A kind of save, of a ``file`` whose path each function takes.

    ``read`` says what is there, part by part: each is as it was before or as it is after, never anything else. A save
    that is ``quiet`` says in the log that it failed; one that is ``bare`` leaves the words for an ``OSError`` to its
    callers. Of a file that is ``free``, a person chooses the name and the folder. Once it is `prepared`, it also has
    the folder as it is before the save, what is read before and after, and the calls that a save makes.
    """

    name: str
    file: str
    save: Callable[[Path], object]
    read: Callable[[Path], Parts]
    before: Callable[[Path], object] | None = None  # makes what is there before the save
    quiet: bool = False
    bare: bool = False
    free: bool = False
    folder: Path = Path()
    old: Parts = field(default_factory=dict)
    new: Parts = field(default_factory=dict)
    calls: tuple[str, ...] = ()

    def problem(self, saved):
        """What is wrong with how a save has ended, or with what a person can read of what went wrong."""
        words = str(saved.value)
        is_sentence = self.bare or (words.endswith(".") and " " in words and "Errno" not in words)
        is_expected = isinstance(saved.value, OSError | ProjectError | ExerciseError)
        return {
            "it ended badly": saved.how not in ("done", "raised") and saved,
            "no sentence": saved.how == "raised" and not (is_expected and is_sentence) and saved,
            "a traceback": "Traceback" in saved.stderr and saved,
        }

    def copy(self, to):
        """Copy the folder; the path of the file in the copy."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to, symlinks=True)
        return to / self.file


def prepared(record, folder):
    """Carry out a save undisturbed, below a folder: here, which loads all that it needs, and as it will be tried."""
    ready, work = replace(record, folder=folder / "before"), folder / "work"
    ready.folder.mkdir(parents=True)
    (ready.folder / LETTER).write_bytes(WORDS)
    made = forked(lambda: record.before and record.before(ready.folder / record.file))
    path = ready.copy(work)
    old = record.read(path)
    record.save(ready.copy(work))
    ready.copy(work)
    saved = forked(lambda: _save(record, path, Disk(work)))
    if (made.how, saved.how) != ("done", "done"):
        raise RuntimeError(f"{record.name} cannot be saved though nothing is in its way: {made}, {saved}")
    return replace(ready, old=old, new=record.read(path), calls=saved.value[0])


def faults_in(ready, kinds):
    """All faults, once and for good, or all kills, which can happen at the calls of a save."""
    for at, call in enumerate(ready.calls):
        for kind in (kind for kind in kinds if call in kinds[kind]):
            yield Fault(kind, at)
            if kind in FAULTS:
                yield Fault(kind, at, lasting=True)


def complaint(ready, fault, work):
    """What is wrong after a fault or a kill in a save; nothing where all is well. ``work`` is a folder for the save."""
    path, is_kill = ready.copy(work), fault.kind in KILLS
    saved = forked(lambda: _save(ready, path, Disk(work, fault)))
    seen = forked(lambda: _look(ready, path, work))
    problem = {
        **({"it was not killed": saved.how != "killed" and saved} if is_kill else ready.problem(saved)),
        "a traceback in the log": saved.how == "done" and saved.value[1],
        "damaged": (work / LETTER).read_bytes() != WORDS and LETTER,
        "cannot be read": seen.how != "done" and seen,
    }
    if seen.how == "done":
        parts, here, why, later, still_here = seen.value
        is_unsaid = saved.how == "done" and not ready.quiet
        may_be_left = is_kill or fault.lasting or ready.calls[fault.at] == "unlink"
        problem |= {
            "neither old nor new": differences(parts, ready.old, ready.new),
            "it does not say that it is not saved": is_unsaid and differences(parts, ready.new),
            "left behind": not may_be_left and ", ".join({*here} - {*left(ready.folder)}),
            "the next save does not work": why,
            "the next save saves something else": not why and differences(later, ready.new),
            "left behind for good": ", ".join(still_here),
        }
    return listed(problem)


def _save(record, path, disk):
    """Carry out a save on this disk; the calls it made, and what the log has of exceptions."""
    with heard_log() as traces:
        disk.install()
        record.save(path)
    return tuple(disk.calls), tuple(traces)


def _look(record, path, work):
    """What is there, what is left behind, why the next save does not work, and the same after it."""
    found, here, why = record.read(path), left(work), ""
    try:
        record.save(path)
    except Exception as error:
        why = repr(error)
    if not record.free:
        clear_below([work])  # as the next start does in the app's own folders
    return found, here, why, record.read(path), left(work)


@contextlib.contextmanager
def heard_log():
    """There is a log, as in the app; what is written into it with an exception, which a sentence should spare it."""
    traces, root, handler = [], logging.getLogger(), logging.Handler()
    handler.emit = lambda said: traces.append(f"{said.getMessage()} {said.exc_info[1]!r}") if said.exc_info else None
    root.addHandler(handler)
    try:
        yield traces
    finally:
        root.removeHandler(handler)


def listed(problem):
    """All that is wrong with a trial, in a line."""
    return "; ".join(f"{what}: {which}" for what, which in problem.items() if which)


def differences(parts, *allowed):
    """The parts that are in none of the allowed states, and what they are."""
    names = sorted({*parts, *(name for each in allowed for name in each)})
    strange = [name for name in names if all(parts.get(name) != each.get(name) for each in allowed)]
    return ", ".join(f"{name} is {repr(parts.get(name))[:70]}" for name in strange)


def left(work):
    """Temporary files, and files with nothing in them."""
    found = []
    for path in work.rglob("*"):
        is_empty = not path.is_symlink() and path.is_file() and not path.stat().st_size
        if path.suffix == ".part" or path.name.startswith("tmp") or (is_empty and not path.name.endswith(".lock")):
            found.append(str(path.relative_to(work)))
    return sorted(found)
