"""A project: a run, its name and how it is shown, as one file.

Reading a project runs nothing and trusts nothing: whatever is wrong with a file becomes a `ProjectError`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui import __version__
from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Learner
from curvegui.core.learner.morphing import Morph
from curvegui.core.learner.recording import thin_points
from curvegui.core.run.record import RunRecord, shortened
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting_changes import MOST_CHANGES
from curvegui.files.curves.format import CURVES, read_curves
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.format.container import (
    Container,
    Unknown,
    pack,
    unknown_values,
    unpack,
    version_values,
    with_unknown,
)
from curvegui.files.format.section import ProjectError, Section, clean_text, damaged, is_readable
from curvegui.files.format.stored_zip import opened
from curvegui.files.project.record import (
    BACKENDS,
    OPTIONAL_ARRAYS,
    RECORD_ARRAYS,
    morph_arrays,
    morph_objects,
    read_config,
    read_morph,
    read_record,
    record_arrays,
    record_objects,
)

PREVIEW_POINTS = 200  # a thumbnail is no larger
PREVIEW_ARRAYS = ("target", "fit")


@dataclass(frozen=True)
class Summary:
    """A project without its arrays; the first four fields are as in `Project`."""

    name: str
    look: str
    made_by: str
    saved_at: str
    config: TrainingConfig
    iteration: int
    goal: int
    cost: float  # of the parameters at that iteration; infinite where it is beyond all numbers
    best: tuple[int, float]  # the iteration with the lowest cost, and that cost
    diverged: bool
    parameters: int  # how many weights and biases there are


def read_summary(path: str | os.PathLike[str]) -> Summary:
    """The summary in a project's manifest, without the rest; raises ``ProjectError`` if the file cannot be read."""
    with opened(path) as file:
        container = Container(file)
        manifest = Section(container.manifest)
        arrays = {name: container.read(name) for name in container.names if name == CURVES}
        run, about = manifest.section("run"), manifest.section("summary")
        cost = about.optional_number("cost")
        return Summary(
            **{name: manifest.text(name, "") for name in ("name", "look", "made_by", "saved_at")},
            config=read_config(manifest, read_curves(manifest, arrays)),
            iteration=run.whole("iteration"),
            goal=run.whole("goal"),
            cost=float("inf") if cost is None else cost,
            best=(run.whole("best_iteration"), run.number("best_cost")),
            diverged=run.flag("diverged"),
            parameters=about.whole("parameters"),
        )


def read_preview(path: str | os.PathLike[str]) -> tuple[NDArray[np.float32], NDArray[np.float32], str]:
    """The target and the fit in a few points, each of shape (2, n), and the name of the look."""
    with opened(path) as file:
        container = Container(file)
        look, curves = Section(container.manifest).text("look", ""), list[NDArray[np.float32]]()
        for name in PREVIEW_ARRAYS:
            if name not in container.names:
                raise damaged(tr("the numbers in “{name}” are missing", name=name))
            facts = container.manifest["arrays"][name]
            rows, count = facts["shape"] if len(facts["shape"]) == 2 else (0, 0)
            if facts["dtype"] != "<f4" or rows != 2 or not 0 < count <= PREVIEW_POINTS:
                raise damaged(tr("the numbers in “{name}” are no curve", name=name))
            curves.append(container.read(name))
            if not np.isfinite(curves[-1]).all():
                raise damaged(tr("the numbers in “{name}” are not all finite", name=name))
    return curves[0], curves[1], look


__all__ = ["Project", "ProjectError", "Summary", "decode", "encode", "load", "read_preview", "read_summary", "save"]

MOST_LAYERS = 32


def now_utc() -> str:
    """The time as a file keeps it: ``2026-11-24T18:20:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, eq=False)
class Project:
    """The content of a project file: a run, and what belongs to its canvas."""

    record: RunRecord
    name: str = ""  # what the person calls it, or empty
    look: str = "classic"  # of the canvas; kept also where this version does not know it, and empty where there is none
    layers: Mapping[str, bool] = field(default_factory=dict)  # what the canvas shows: target, trail, axes, ...
    made_by: str = __version__  # the version of the app
    saved_at: str = field(default_factory=now_utc)  # in UTC, as `now_utc`
    unknown: Unknown = field(default_factory=Unknown)  # what a newer version wrote
    morph: Morph = field(default_factory=Morph)  # what its curve goes over into

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", MappingProxyType(dict(self.layers)))


def encode(project: Project) -> bytes:
    """The project as the bytes of a file; with more than `MOST_CHANGES` changes it begins at a later keyframe."""
    record = shortened(project.record, MOST_CHANGES)
    learner = Learner(record.config)
    fit, cost, _ = learner.evaluate(record.parameters)
    curves = {"target": learner.target.outline, "fit": fit}  # what is beyond all numbers is drawn somewhere
    preview = {name: thin_points(np.nan_to_num(curve), PREVIEW_POINTS) for name, curve in curves.items()}
    known = _manifest(replace(project, record=record), cost if np.isfinite(cost) else None)
    manifest = with_unknown(known, project.unknown.values)
    arrays = {**project.unknown.arrays, **record_arrays(record), **morph_arrays(project.morph), **preview}
    return pack(manifest if is_readable(manifest) else known, arrays)


def _manifest(project: Project, cost: float | None = None) -> dict[str, Any]:
    """The manifest but for what the container adds; ``cost`` is None where the cost is beyond all numbers."""
    return {
        "made_by": clean_text(project.made_by),
        "saved_at": clean_text(project.saved_at),
        "name": clean_text(project.name),
        "look": clean_text(project.look),
        "layers": {clean_text(name): bool(shown) for name, shown in project.layers.items()},
        "summary": {"cost": cost, "parameters": project.record.parameters.size},
        **morph_objects(project.morph),
        **record_objects(project.record),
    }


def decode(data: bytes) -> Project:
    """The project that the bytes of a file hold; raises ``ProjectError`` if anything in it is wrong."""
    found, arrays = unpack(data)
    manifest = Section(found)
    for name in PREVIEW_ARRAYS:
        if name not in arrays:
            raise damaged(tr("the numbers in “{name}” are missing", name=name))
    shown = manifest.section("layers")
    if len(manifest.mapping("layers")) > MOST_LAYERS:
        raise damaged(tr("it shows too many layers"))
    project = Project(
        record=read_record(manifest, arrays),
        name=manifest.text("name", ""),
        look=manifest.text("look", "classic"),
        layers={name: shown.flag(name) for name in manifest.mapping("layers")},
        made_by=manifest.text("made_by", ""),
        saved_at=manifest.text("saved_at", ""),
        morph=read_morph(manifest, arrays),
    )
    known = {**version_values(), **_manifest(project), "arrays": None}
    known["changes"] = {key: dict.fromkeys(SETTINGS) for key in known["changes"]}  # also what did not change is known
    known["run"] = {BACKENDS: None, **known["run"]}  # also where none of them counts
    values = dict(unknown_values(found, known))
    here = (*RECORD_ARRAYS, *OPTIONAL_ARRAYS, *PREVIEW_ARRAYS, CURVES, *morph_arrays(project.morph))
    others = {name: arrays[name] for name in arrays if name not in here}
    return replace(project, unknown=Unknown(MappingProxyType(values), MappingProxyType(others)))


def load(path: str | os.PathLike[str]) -> Project:
    with opened(path) as file:
        return decode(bytes(file.read(0, file.size)))


def save(path: str | os.PathLike[str], project: Project) -> None:
    """Write a project; raises ``WriteError`` if that fails, and what was there stays."""
    write_bytes(path, encode(project))
