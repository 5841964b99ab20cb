"""A sweep as lines of JSON: the plan first, then one line a result, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from curvegui import __version__
from curvegui.core.language.text import tr
from curvegui.core.sweep.plan import SweepPlan, SweepTask, plan_of
from curvegui.core.sweep.task import TaskResult, belongs, result_of
from curvegui.files.format.section import ProjectError, Section, damaged
from curvegui.files.format.strict_json import is_readable, read_json, write_json

FORMAT = "curvegui sweep"
VERSION = 1


@dataclass(frozen=True, eq=False)
class KeptSweep:
    """What a file keeps of a sweep."""

    plan: SweepPlan
    tasks: tuple[SweepTask, ...]  # all runs of the plan
    results: Mapping[int, TaskResult]  # by the numbers of their tasks, in the order in which they came
    length: int  # bytes up to the last whole line; what follows was cut off by a sudden end

    @property
    def missing(self) -> tuple[SweepTask, ...]:
        """The runs that have no result yet."""
        return tuple(task for task in self.tasks if task.number not in self.results)


def header_line(plan: SweepPlan) -> bytes:
    """The first line; raises ``ValueError`` if it would be too long to be read again."""
    content = {"format": FORMAT, "version": VERSION, "made_by": __version__, "plan": plan.as_values()}
    if not is_readable(content):
        raise ValueError(tr("This sweep is too long to be kept: vary fewer values, or a curve of fewer points."))
    return write_json(content) + b"\n"


def sweep_name(plan: SweepPlan) -> str:
    """The default name of a sweep's file: the same for the same plan."""
    return f"sweep-{sha256(write_json(plan.as_values())).hexdigest()[:8]}.jsonl"


def result_line(task: SweepTask, result: TaskResult) -> bytes:
    """A line for a result, which says in words of which run it is."""
    return write_json({"run": task.key, **result.as_values()}) + b"\n"


def read_lines(lines: Iterator[bytes]) -> KeptSweep:
    """What the lines of a file say.

    Raises ``ProjectError`` if it is no sweep, or damaged in another way than by a sudden end.
    """
    first = next(lines, b"")
    plan = _plan(first)
    tasks, length = tuple(plan.tasks()), len(first)
    results: dict[int, TaskResult] = {}
    cut_at = 0
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
    if not line.startswith(b'{"format":"' + FORMAT.encode()) or not line.endswith(b"\n"):
        raise ProjectError(tr("It is not a sweep."))
    header = Section(read_json(line))
    if header.text("format", "") != FORMAT:
        raise ProjectError(tr("It is not a sweep."))
    if header.whole("version", low=1) > VERSION:
        raise ProjectError(
            tr(
                "It was made by CurveGUI {text}, and this version, {version}, is too old for it.",
                text=header.text("made_by", ""),
                version=__version__,
            )
        )
    try:
        return plan_of(header.mapping("plan"))
    except ProjectError:
        raise
    except ValueError as error:
        raise ProjectError(tr("It has a plan that cannot be carried out. {error}", error=error)) from error


def _result(line: bytes, tasks: tuple[SweepTask, ...]) -> TaskResult | None:
    """The result in a line; None if there is none of this sweep."""
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


def is_beginning(data: bytes, plan: SweepPlan) -> bool:
    """Whether a file was cut off while the first line of this sweep was written."""
    return b"\n" not in data and header_line(plan).startswith(data)
