"""A function put into a learner's file, instead of the function of that name. What a learner has written stays."""

import json
import re
from pathlib import Path
from typing import Any

from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import quoted_name
from curvegui.exercise.file.learner_file import (
    Definition,
    LearnerFile,
    encoding_of,
    holds_notebook,
    learner_file,
    text_of,
)  # fmt: skip
from curvegui.exercise.file.template import PASSAGES, said_passage
from curvegui.exercise.file.unwritten import is_unwritten
from curvegui.exercise.problem import JACOBIANS, ExerciseError

BEFORE = mark("The version that was here before:")
LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$")
NO_PLACE = mark(
    "“{file}” has no place where {name} can be put safely, and it is unchanged. Copy the function, and "
    "put it in yourself."
)
_A_FUNCTION = re.compile(r"\s*(?:@|def\b|async\b)")
_LEFT = re.compile(r"[^\s#)\]}]")  # at the left edge, it begins what belongs to the function no more


def put_function(path: Path, data: bytes, name: str, source: str) -> tuple[bytes, bool]:
    """Put the source of a function into a file of these bytes: the new bytes, and whether a learner's own was there.

    The exercise's own version is replaced. A version that a learner has changed stays above the new one, as comments.
    Raises ``ExerciseError`` if the file cannot be read, or if anything else in the file would change.
    """
    try:
        file, text = learner_file(path, data), text_of(data)
    except ExerciseError as error:
        raise ExerciseError(tr("Nothing was put into {path}. {error}", path=quoted_name(path), error=error)) from error
    old = file.last(name)
    if old is not None and old.source.rstrip() == source:
        return data, False
    given = next((each for each in PASSAGES if f"def {name}(" in each), "")  # in English, or as it is said
    is_own = old is not None and old.source.rstrip() not in (given, said_passage(given))
    put_in = _in_notebook if holds_notebook(path, text) else _in_lines
    try:
        changed = put_in(text, file, name, source, is_own).encode(encoding_of(data))
        is_safe = _is_safe(file, learner_file(path, changed), name, source)
    except (ValueError, LookupError, TypeError, RecursionError):  # such as a notebook of another version
        is_safe = False
    if not is_safe:
        raise ExerciseError(tr(NO_PLACE, file=path.name, name=name))
    return changed, old is not None and is_own and not is_unwritten(old.source)


def _is_safe(before: LearnerFile, after: LearnerFile, name: str, source: str) -> bool:
    """Whether the function is the new one, and all other statements are there as they were."""
    old, found = before.last(name), after.last(name)
    statements = iter([_bare(each) for each, _, _ in after.chunks])
    others = [_bare(each) for each, _, _ in before.chunks if old is None or _bare(each) != _bare(old.source)]
    return found is not None and _bare(found.source) == _bare(source) and all(each in statements for each in others)


def _bare(source: str) -> str:
    return "\n".join(line.strip() for line in source.strip().split("\n"))


def _in_notebook(text: str, file: LearnerFile, name: str, source: str, is_own: bool) -> str:
    whole: dict[str, Any] = json.loads(text)
    cell = whole["cells"][(_where(file, name).cell or 0) - 1]
    before = cell["source"]
    new = _in_lines(before if isinstance(before, str) else "".join(before), file, name, source, is_own)
    cell["source"] = new if isinstance(before, str) else LINES.findall(new)
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _in_lines(text: str, file: LearnerFile, name: str, source: str, is_own: bool) -> str:
    """A text in which the function has its new lines; all other lines stay as they are, to the last byte."""
    lines, old, where = LINES.findall(text), file.last(name), _where(file, name)
    line_end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    begin, new = where.line - 1, source.splitlines()
    own = where.source.split("\n")
    if where.error:  # it ends before the next line at the left edge
        edge = (number for number, line in enumerate(own) if number and _LEFT.match(line))
        own = "\n".join(own[: next(edge, len(own))]).rstrip().split("\n")
    end = begin + len(own)
    if old is None or not _A_FUNCTION.match(old.source):  # such as a lambda, which may share its line: the last counts
        begin, new = end, ["", "", *new]
    elif is_own:
        new = [f"# {tr(BEFORE)}", *(f"# {line}".rstrip() for line in lines[begin:end]), "", "", *new]
    written = [f"{line}{line_end}" for line in new]
    if begin and begin <= len(lines) and not lines[begin - 1].endswith(("\n", "\r")):
        lines[begin - 1] += line_end
    if end >= len(lines) and not text.endswith(("\n", "\r")):
        written[-1] = written[-1].removesuffix(line_end)
    return "".join([*lines[:begin], *written, *lines[end:]])


def _where(file: LearnerFile, name: str) -> Definition:
    """The definition to replace; where there is none, the definition after which the new one goes."""
    jacobians = [each for each in file.definitions if each.name in JACOBIANS]
    return file.last(name) or (jacobians or [*file.definitions])[-1]
