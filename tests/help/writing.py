"""Files that are written: what is in a folder, and, in the background, whether all is written or tried again."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from curvegui.session.jobs.job import FileWriter, Jobs


def is_at_rest(owner: QObject) -> bool:
    """Whether all work that an object, or a part of it, has asked for in the background has been answered."""
    return not any(each.waiting for each in owner.findChildren(Jobs))


def retry_timer(owner: QObject) -> QTimer:
    """What has a file written again, of a writer or of what holds one."""
    writer = owner if isinstance(owner, FileWriter) else owner.findChild(FileWriter)
    return writer.findChild(QTimer)


def names_in(folder: Path) -> list[str]:
    """The names of all that is in a folder."""
    return sorted(path.name for path in folder.iterdir())
