"""The run that a word on the command line names: in a file of any kind, or in a line of text itself."""

from dataclasses import dataclass
from pathlib import Path

from curvegui.files.project.open_any import Kind, kind_of, open_any
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import looks_like_line, project_of


@dataclass(frozen=True)
class FoundRun:
    """A run, what kind of file it was in, and where; ``path`` is None for a line of text."""

    project: Project
    kind: Kind
    path: Path | None


def find_run(word: str) -> FoundRun:
    """Read the run in a file, or else in a line of text; raises ``ProjectError`` where that is not possible."""
    path = Path(word)
    if looks_like_line(word) and not _exists(path):
        return FoundRun(project_of(word), Kind.TEXT, None)
    return FoundRun(open_any(path), kind_of(path), path)


def stands_for_run(word: str) -> bool:
    """Whether a word is the name of a file that is there, or meant as a line of text."""
    return looks_like_line(word) or _exists(Path(word))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return False
