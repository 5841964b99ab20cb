"""What a document is: its run, the file that belongs to it, and whether that has all of it."""

from pathlib import Path

from PySide6.QtCore import QObject

from curvegui.core.language.text import tr
from curvegui.session.document.filed import Filed, FiledRuns
from curvegui.session.document.state import Appearance, Origin
from curvegui.session.run.session import Session


class FiledDocument(QObject):
    """The run of a session beside its file; ``appearance`` is the canvas's at present."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._files, self.appearance = session, FiledRuns(session), Appearance()

    @property
    def filed(self) -> Filed:
        """The file of the run that there is."""
        return self._files.now

    @property
    def path(self) -> Path | None:
        """The file that Save writes to, if there is one."""
        return self.filed.path

    @property
    def read_only(self) -> bool:
        """Whether that file is only read."""
        return self.filed.read_only

    @property
    def suggestion(self) -> Path | None:
        """Without a file, where to save first if a person agrees."""
        return self.filed.suggestion

    @property
    def origin(self) -> Origin:
        """What the run was opened as."""
        return self.filed.origin

    @property
    def title(self) -> str:
        """The name of its file, or of the file that it came from, or else of its curve."""
        if self.path is not None:
            return self.path.name
        name = self.suggestion.stem if self.suggestion else self._session.config.curve_title
        return tr("{name} (recovered)", name=name) if self.filed.is_recovered else name

    @property
    def is_changed(self) -> bool:
        """Whether something differs from its file; without a file, whether a person has changed anything."""
        baseline = self.filed.baseline
        if baseline is None:
            return self.filed.is_touched
        return baseline.differs(self._session.config, self._session.snapshot, self.appearance)

    @property
    def is_in_file(self) -> bool:
        """Whether a file has all of it."""
        return self.filed.baseline is not None and not self.is_changed

    @property
    def is_only_learning(self) -> bool:
        """Whether the run learns on, and nothing else has changed since the save that ended last was asked for."""
        baseline = self.filed.baseline
        is_same = baseline and baseline.appearance == self.appearance and not self.filed.is_touched
        return bool(is_same) and self._session.phase.is_learning
