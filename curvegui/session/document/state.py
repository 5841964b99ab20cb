"""What a document knows besides the run: its look, its name, and what was in its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.morphing import Morph
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig

if TYPE_CHECKING:  # loaded when a file is read or written
    from curvegui.files.format.format_version import Unknown
    from curvegui.files.project.project import Project


@dataclass(frozen=True)
class Appearance:
    """What a file keeps beside the run: the name of the canvas's look, which layers are shown, and the morph."""

    look: str = "classic"
    layers: Mapping[str, bool] = field(default_factory=dict)
    morph: Morph = field(default_factory=Morph)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", MappingProxyType(dict(self.layers)))


@dataclass(frozen=True, eq=False)
class Origin:
    """What a project was when it was opened, so that nothing of it is lost when it is saved again.

    ``name`` is what the person calls it, or empty. ``kept`` is the appearance in the file: a newer version may know
    looks that this one does not, and a line of text has none. ``shown`` is how it was shown, and ``unknown`` is what
    only a newer version understands.
    """

    name: str = ""
    kept: Appearance = field(default_factory=lambda: Appearance(look=""))
    shown: Appearance = field(default_factory=lambda: Appearance(look=""))
    unknown: "Unknown | None" = None

    def project(self, record: RunRecord, appearance: Appearance) -> "Project":
        """The project as it is now."""
        from curvegui.files.project.project import Project

        look = (self.kept.look if appearance.look == self.shown.look else "") or appearance.look
        layers = {**self.kept.layers, **appearance.layers}
        project = Project(record, name=self.name, look=look, layers=layers, morph=appearance.morph)
        return replace(project, unknown=self.unknown) if self.unknown else project


@dataclass(frozen=True, eq=False)
class Baseline:
    """What a run was like when it was last saved or opened. ``parameters`` has shape (P,) and is read-only."""

    iteration: int
    config: TrainingConfig
    parameters: FloatArray
    appearance: Appearance

    @classmethod
    def of(cls, record: RunRecord, appearance: Appearance) -> "Baseline":
        """The baseline of a run that has just been saved or opened."""
        return cls(record.iteration, record.config, record.parameters, appearance)

    def differs(self, config: TrainingConfig, snapshot: Snapshot | None, appearance: Appearance) -> bool:
        """Whether something has changed since. Without a snapshot, only the settings and the appearance count."""
        if config != self.config or appearance != self.appearance:
            return True
        if snapshot is None:
            return False
        return snapshot.iteration != self.iteration or not np.array_equal(snapshot.parameters, self.parameters)


RESTARTED = "CURVEGUI_RESTARTED"  # names the file or the copy of a run that a window had before it was opened anew
SAVED_IN = ("autosave_of",)  # in the manifest of an autosave: the path of the file that the run belongs to


def marked(project: "Project", path: Path | None) -> "Project":
    """A project for an autosave, with the file that it belongs to."""
    try:
        text = str(path or "").encode().decode()
    except UnicodeEncodeError:  # a name that is no text; it is only a suggestion
        text = ""
    values = {**project.unknown.values, SAVED_IN: text}
    return replace(project, unknown=replace(project.unknown, values=values))


def unmarked(project: "Project") -> "tuple[Project, Path | None]":
    """The project and the file that `marked` was given."""
    values = dict(project.unknown.values)
    text = values.pop(SAVED_IN, "")
    path = Path(text) if isinstance(text, str) and text else None
    return replace(project, unknown=replace(project.unknown, values=values)), path
