"""A save that is tried out: it is prepared and carried out once, then again and again with a fault or a kill in it."""

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curvegui.files.disk.atomic import clear_below
from tests.faults.disk import FAULTS, KILLS, Disk, Fault
from tests.faults.forked import ForkResult, forked
from tests.faults.record import LETTER, Parts, Prepared, Record

WORDS = b"This letter belongs to nobody here."


@dataclass(frozen=True)
class Case:
    """One fault in one save."""

    prepared: Prepared
    fault: Fault

    def __str__(self) -> str:
        calls, at = self.prepared.calls, self.fault.at
        return f"{self.prepared.record.name}: {self.fault} ({calls[at] if at < len(calls) else 'none'})"


class UnpreparedError(Exception):
    """A record does not do what it says, though nothing was in its way."""


def prepared(record: Record, folder: Path) -> Prepared:
    """Carry out a save undisturbed, below a folder: here, which loads all that it needs, and as it will be tried."""
    before, work = folder / "before", folder / "work"
    before.mkdir(parents=True)
    (before / LETTER).write_bytes(WORDS)
    _trainer_pause(record, lambda: record.before(before / record.file))
    bare = Prepared(record, before, {}, {}, ())
    path = bare.copy(work)
    old = record.read(path)
    record.save(bare.copy(work))
    bare.copy(work)
    calls, _ = _trainer_pause(record, lambda: _acted(record, path, Disk(work)))
    return Prepared(record, before, old, record.read(path), calls)


def _trainer_pause(record: Record, work: Any) -> Any:
    ended = forked(work)
    if ended.how != "done":
        raise UnpreparedError(f"{record.name}: {ended.how}, {ended.value!r} {ended.stderr}")
    return ended.value


def cases(ready: Prepared, kinds: set[str]) -> Iterator[Case]:
    """Everything that can happen at each call: kills, faults once and for good."""
    for at, call in enumerate(ready.calls):
        for kind, calls in (FAULTS | KILLS).items():
            if call in calls and ("kills" if kind in KILLS else "faults") in kinds:
                yield Case(ready, Fault(kind, at))
                if kind in FAULTS:
                    yield Case(ready, Fault(kind, at, lasting=True))


def complaint(case: Case, work: Path) -> str:
    """What is wrong after a case; nothing where all is well. ``work`` is a folder that may be used for it."""
    ready, record = case.prepared, case.prepared.record
    path = ready.copy(work)
    acted = forked(lambda: _acted(record, path, Disk(work, case.fault)))
    seen = forked(lambda: _looked(record, path, work))
    found = [
        _of_the_act(case, acted),
        "another file was damaged" if (work / LETTER).read_bytes() != WORDS else "",
        _of_what_is_there(case, acted, seen.value) if seen.how == "done" else f"cannot be read: {words_of(seen)}",
    ]
    return "; ".join(filter(None, found))


def _looked(record: Record, path: Path, work: Path) -> tuple[Parts, list[str], str, Parts, list[str]]:
    """What is there, what is left behind, why the next save does not work, and the same after it."""
    found, here, why = record.read(path), left(work), ""
    try:
        record.save(path)
    except Exception as error:
        why = repr(error)
    if not record.free:
        clear_below([work])  # as the next start does in the app's own folders
    return found, here, why, record.read(path), left(work)


def _acted(record: Record, path: Path, disk: Disk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Carry out a save on this disk; the calls it made, and what the log has of exceptions."""
    with heard_log() as traces:
        disk.install()
        record.save(path)
    return tuple(disk.calls), tuple(traces)


class _Traces(logging.Handler):
    """Collects what is logged with an exception: where a sentence says it, the log should be spared that."""

    def __init__(self) -> None:
        super().__init__()
        self.traces: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.traces.append(f"{record.getMessage()} {record.exc_info[1]!r}")


@contextlib.contextmanager
def heard_log() -> Iterator[list[str]]:
    """There is a log, as in the app; what is written into it with an exception."""
    handler = _Traces()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.traces
    finally:
        logging.getLogger().removeHandler(handler)


def _of_the_act(case: Case, acted: ForkResult) -> str:
    if case.fault.kind in KILLS:
        return "" if acted.how == "killed" else f"not killed, but {words_of(acted)}"
    if acted.how not in ("done", "raised"):
        return words_of(acted)
    if "Traceback" in acted.stderr or (acted.how == "done" and acted.value[1]):
        return f"a traceback: {acted.stderr.strip()[-300:] or acted.value[1]}"
    is_told = acted.how == "done" or is_told_to(case.prepared.record, acted.value)
    return "" if is_told else words_of(acted)


def words_of(ended: ForkResult) -> str:
    """How it ended, for those who look for the fault."""
    return f"{ended.how} {ended.value!r} {ended.stderr[-400:]}"


def is_told_to(record: Record, error: Any) -> bool:
    """Whether a person can read what went wrong."""
    words = str(error)
    is_expected = isinstance(error, OSError) or type(error).__name__ in ("ProjectError", "ExerciseError")
    is_sentence = words.endswith(".") and " " in words and "Errno" not in words
    return is_expected and (is_sentence or record.bare)


def _of_what_is_there(case: Case, acted: ForkResult, seen: tuple[Parts, list[str], str, Parts, list[str]]) -> str:
    parts, here, why, later, still_here = seen
    fault, ready = case.fault, case.prepared
    may_be_left = fault.kind in KILLS or fault.lasting or ready.calls[fault.at] == "unlink"
    found = {
        "neither old nor new": differences(parts, ready.old, ready.new),
        "it does not say that it is not saved": acted.how == "done"
        and not ready.record.quiet
        and differences(parts, ready.new),
        "left behind": "" if may_be_left else ", ".join({*here} - {*left(ready.folder)}),
        "the next save does not work": why,
        "the next save saves something else": not why and differences(later, ready.new),
        "left behind for good": ", ".join(still_here),
    }
    return "; ".join(f"{what}: {which}" for what, which in found.items() if which)


def differences(parts: Parts, *allowed: Parts) -> str:
    """Which parts are like those of none of them, and what they are."""
    names = sorted({*parts, *(name for each in allowed for name in each)})
    strange = [name for name in names if all(parts.get(name) != each.get(name) for each in allowed)]
    return ", ".join(f"{name} is {repr(parts.get(name))[:70]}" for name in strange)


def left(work: Path) -> list[str]:
    """Temporary files, and files with nothing in them."""
    found = []
    for folder, _, names in os.walk(work):
        for name in names:
            path = Path(folder, name)
            is_empty = (
                path.is_file() and not path.is_symlink() and not path.stat().st_size and not name.endswith(".lock")
            )
            if path.suffix == ".part" or name.startswith("tmp") or is_empty:
                found.append(str(path.relative_to(work)))
    return sorted(found)
