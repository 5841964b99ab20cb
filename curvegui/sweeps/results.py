"""A file that keeps the results of a sweep as they arrive, locked against others, and intact after a sudden end."""

import contextlib
import errno
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO

from curvegui import __version__
from curvegui.core.engine.backend import AUTO, Backend
from curvegui.core.language.text import in_row, mark, tr
from curvegui.core.learner.engines import ENGINES, is_small, words_for
from curvegui.core.sweep.plan import SweepPlan, SweepTask, plan_of
from curvegui.core.sweep.task import TaskResult, belongs, result_of
from curvegui.files.disk.atomic import HINTS, WriteError, write_all, write_bytes
from curvegui.files.disk.lock import is_sole_writer
from curvegui.files.format.section import MOST_BYTES, ProjectError, Section, damaged, is_readable, read_json, write_json
from curvegui.files.format.stored_zip import opened

FORMAT = "curvegui sweep"
VERSION = 1


@dataclass(frozen=True, eq=False)
class KeptSweep:
    """The content of a sweep's file: the plan, and the results so far."""

    plan: SweepPlan
    tasks: tuple[SweepTask, ...]  # all runs of the plan
    results: Mapping[int, TaskResult]  # by the numbers of their tasks, in the order in which they came
    length: int  # bytes up to the last whole line; what follows was cut off by a sudden end

    @property
    def missing(self) -> tuple[SweepTask, ...]:
        return tuple(task for task in self.tasks if task.number not in self.results)


def header_line(plan: SweepPlan) -> bytes:
    """The first line of a file; raises ``ValueError`` if it would be too long to be read again."""
    content = {"format": FORMAT, "version": VERSION, "made_by": __version__, "plan": plan.as_values()}
    if not is_readable(content):
        raise ValueError(tr("This sweep is too long to be kept: vary fewer values, or a curve of fewer points."))
    return write_json(content) + b"\n"


def sweep_name(plan: SweepPlan) -> str:
    """The default name of a sweep's file: the same for the same plan."""
    return f"sweep-{sha256(write_json(plan.as_values())).hexdigest()[:8]}.jsonl"


def result_line(task: SweepTask, result: TaskResult) -> bytes:
    """The line of a result, which says in words of which run the result is."""
    return write_json({"run": task.key, **result.as_values()}) + b"\n"


def read_lines(lines: Iterator[bytes]) -> KeptSweep:
    """The sweep in the lines of a file; raises ``ProjectError`` if they are none, or damaged before their end."""
    first = next(lines, b"")
    plan = _plan(first)
    tasks, length = tuple(plan.tasks()), len(first)
    results, cut_at = dict[int, TaskResult](), 0
    for number, line in enumerate(lines, start=2):
        result = _result(line, tasks)
        if result is None:
            cut_at = cut_at or number
            continue
        if cut_at:
            raise damaged(tr("line {line} is no result of its sweep", line=cut_at))
        results.setdefault(result.number, result)
        length += len(line)
    return KeptSweep(plan, tasks, results, length)


def _plan(line: bytes) -> SweepPlan:
    is_sweep = line.startswith(b'{"format":"' + FORMAT.encode()) and line.endswith(b"\n")
    header = Section(read_json(line) if is_sweep else {})
    if header.text("format", "") != FORMAT:
        raise ProjectError(tr("It is not a sweep."))
    if header.whole("version", low=1) > VERSION:
        words = mark("It was made by CurveGUI {text}, and this version, {version}, is too old for it.")
        raise ProjectError(tr(words, text=header.text("made_by", ""), version=__version__))
    try:
        return plan_of(header.mapping("plan"))
    except ProjectError:
        raise
    except ValueError as error:
        raise ProjectError(tr("It has a plan that cannot be carried out. {error}", error=error)) from error


def _result(line: bytes, tasks: tuple[SweepTask, ...]) -> TaskResult | None:
    """The result in a line; None if the line has no result of these tasks."""
    if not line.endswith(b"\n"):
        return None
    try:
        values = read_json(line)
        result = result_of(values)
    except ValueError:
        return None
    if result.number >= len(tasks) or values.get("run") != tasks[result.number].key:
        return None
    return result if belongs(result, tasks[result.number]) else None


def chosen_for(kept: KeptSweep, wanted: Backend) -> Backend:
    """The engine for the missing runs, where nobody chooses one: that of the latest result, so that all can be
    compared. Without results, an automatic choice is NumPy for all runs if some networks are too large for the engine
    in C."""
    if kept.results:
        latest = list(kept.results.values())[-1].backend
        if latest.engine in ENGINES:
            return latest
        wanted = replace(wanted, precision=latest.precision)
    is_mixed = wanted.engine == AUTO and not all(is_small(task.config.sizes) for task in kept.missing)
    return replace(wanted, engine="numpy") if is_mixed else wanted


def computed(results: Iterable[TaskResult]) -> Counter[Backend]:
    return Counter(result.backend for result in results)


def mixture_words(counts: Counter[Backend]) -> str:
    """A sentence if not all results were computed with the same engine; else nothing."""
    if len(counts) < 2:
        return ""
    words = mark(
        "Different engines computed these runs ({told}). After a few thousand iterations, their costs differ by more "
        "than rounding, as with another seed."
    )
    return tr(words, told=in_row([f"{words_for(each)} {count:,}" for each, count in counts.most_common()]))


GONE = errno.EBADF  # of a file that is at its path no more
SYNC_SECONDS = 1.0  # between two times that results are written out to the disk itself: a power failure loses no more


def read_sweep(path: str | os.PathLike[str]) -> KeptSweep:
    """The sweep in a file, even one under way; raises ``ProjectError`` if the file cannot be read, or is damaged."""
    with opened(path) as file:
        return read_lines(file.lines(MOST_BYTES))


class SweepFile:
    """A sweep's file, open for more results; with a ``plan``, a missing file is made. ``kept`` is the content at first.
    Raises ``ProjectError`` if the file is no sweep, another sweep, damaged or in use, and ``WriteError`` if it cannot
    be written."""

    def __init__(
        self, path: str | os.PathLike[str], plan: SweepPlan | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.path, self._clock = Path(path), clock
        self.results: dict[int, TaskResult] = {}
        try:
            self._file = self._opened(plan)
            try:
                self.kept = self._continued(plan)
            except BaseException:
                self._file.close()
                raise
        except WriteError:  # in words already
            raise
        except OSError as error:
            raise self._explained(error) from error
        self.results |= self.kept.results
        self._length, self._synced = self.kept.length, clock()

    def _opened(self, plan: SweepPlan | None) -> IO[bytes]:
        """The open and locked file; if it is missing, it is made for a plan, with its first line or not at all."""
        name = self.path.name
        if self.path.exists() and not self.path.is_file():
            raise ProjectError(tr("“{name}” could not be opened. It is not a file.", name=name))
        if plan is not None and not os.path.lexists(self.path):
            try:
                write_bytes(self.path, header_line(plan), replaces=False)
            except WriteError as error:
                if error.errno != errno.EEXIST:  # another program has made it just now
                    raise
        if not self.path.exists():  # or it is a link to nowhere
            raise ProjectError(tr("“{name}” could not be opened. There is no such file.", name=name))
        file = self.path.open("a+b", buffering=0)
        if not is_sole_writer(file):
            file.close()
            raise ProjectError(tr("Another program is carrying out the sweep in “{name}”.", name=name))
        return file

    def _continued(self, plan: SweepPlan | None) -> KeptSweep:
        """The content of the file, whose end is removed if it was cut off."""
        kept, name = read_sweep(self.path), self.path.name
        if plan is not None and kept.plan != plan:
            raise ProjectError(tr("“{name}” contains another sweep. Choose another file for this one.", name=name))
        self._file.truncate(kept.length)
        return kept

    def add(self, result: TaskResult) -> None:
        """Add a result, unless its task has one already. Raises ``WriteError``; earlier results stay."""
        if result.number in self.results:
            return
        line = result_line(self.kept.tasks[result.number], result)
        try:
            write_all(self._file, line)
            if self._clock() - self._synced >= SYNC_SECONDS:
                self._sync()
        except OSError as error:
            with contextlib.suppress(OSError):
                self._file.truncate(self._length)
            raise self._explained(error) from error
        self._length += len(line)
        self.results[result.number] = result

    def _sync(self) -> None:
        os.fsync(self._file.fileno())
        try:
            is_ours = os.path.samestat(os.fstat(self._file.fileno()), self.path.stat())
        except FileNotFoundError:
            is_ours = False
        if not is_ours:  # what is added goes into a file without a name
            raise OSError(GONE, tr("The file has been removed or replaced"))
        self._synced = self._clock()

    def close(self) -> None:
        """Flush the file to the disk, and close it; raises ``WriteError`` if that fails."""
        if self._file.closed:
            return
        try:
            with self._file:
                self._sync()
        except OSError as error:
            raise self._explained(error) from error

    def __enter__(self) -> "SweepFile":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            self.close()
            return
        with contextlib.suppress(WriteError):  # what went wrong first is told
            self.close()

    def _explained(self, error: OSError) -> WriteError:
        hint = tr(HINTS.get(error.errno or 0, ""))
        hint = hint or tr("{error}. Choose another place.", error=error.strerror or error)
        is_there = self.results and error.errno != GONE
        kept = f" {tr('The results that had arrived are in it.')}" if is_there else ""
        name, parent = self.path.name, self.path.absolute().parent
        words = mark("“{name}” could not be written in {parent}. {hint}{kept}")
        return WriteError(error.errno or errno.EIO, tr(words, name=name, parent=parent, hint=hint, kept=kept))
