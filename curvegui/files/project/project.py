"""A project: a run, its name and how it is shown, as one file.

Reading one runs nothing and trusts nothing: whatever is wrong with a file becomes a `ProjectError`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from curvegui import __version__
from curvegui.core.language.text import tr
from curvegui.core.learner.morphing import Morph
from curvegui.core.run.record import RunRecord
from curvegui.core.run.shortening import shortened
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting_changes import MOST_CHANGES
from curvegui.files.curves.format import CURVES
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.format.container import Arrays, pack, unpack
from curvegui.files.format.format_version import Unknown, unknown_values, version_values, with_unknown
from curvegui.files.format.opening import opened
from curvegui.files.format.section import ProjectError, Section, clean_text, damaged
from curvegui.files.format.strict_json import is_readable
from curvegui.files.project.morph import morph_arrays, morph_objects, read_morph
from curvegui.files.project.record import (
    ARITHMETICS,
    OPTIONAL_ARRAYS,
    RECORD_ARRAYS,
    read_record,
    record_arrays,
    record_objects,
)
from curvegui.files.project.summary import PREVIEW_ARRAYS, Preview, Summary, read_preview, read_summary

__all__ = ["Project", "ProjectError", "Summary", "decode", "encode", "load", "read_preview", "read_summary", "save"]

MOST_LAYERS = 32


def now_utc() -> str:
    """The time as a file keeps it: ``2026-11-24T18:20:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, eq=False)
class Project:
    """What a file keeps: a run, and what belongs to its canvas."""

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
    """The project as the bytes of a file; the same for the same project.

    A run whose settings changed more than `MOST_CHANGES` times begins at a later keyframe.
    """
    record = shortened(project.record, MOST_CHANGES)
    preview = Preview.of(record)
    known = _manifest(replace(project, record=record), preview)
    manifest = with_unknown(known, project.unknown.values)
    arrays = {**project.unknown.arrays, **record_arrays(record), **morph_arrays(project.morph), **preview.arrays()}
    return pack(manifest if is_readable(manifest) else known, arrays)


def _manifest(project: Project, preview: Preview | None = None) -> dict[str, Any]:
    """The manifest but for what the container adds; without a preview, only its names count."""
    return {
        "made_by": clean_text(project.made_by),
        "saved_at": clean_text(project.saved_at),
        "name": clean_text(project.name),
        "look": clean_text(project.look),
        "layers": {clean_text(name): bool(shown) for name, shown in project.layers.items()},
        "summary": {"cost": preview and preview.finite_cost, "parameters": project.record.parameters.size},
        **morph_objects(project.morph),
        **record_objects(project.record),
    }


def decode(data: bytes) -> Project:
    """The project that the bytes of a file hold; raises ``ProjectError`` if anything is not as it should be."""
    found, arrays = unpack(data)
    manifest = Section(found)
    for name in PREVIEW_ARRAYS:
        if name not in arrays:
            raise damaged(tr("the numbers in “{name}” are missing", name=name))
    project = Project(
        record=read_record(manifest, arrays),
        name=manifest.text("name", ""),
        look=manifest.text("look", "classic"),
        layers=_layers(manifest),
        made_by=manifest.text("made_by", ""),
        saved_at=manifest.text("saved_at", ""),
        morph=read_morph(manifest, arrays),
    )
    return replace(project, unknown=_unknown(project, found, arrays))


def _layers(manifest: Section) -> dict[str, bool]:
    layers = manifest.mapping("layers")
    if len(layers) > MOST_LAYERS:
        raise damaged(tr("it shows too many layers"))
    section = manifest.section("layers")
    return {name: section.flag(name) for name in layers}


def _unknown(project: Project, found: dict[str, Any], arrays: Arrays) -> Unknown:
    known = {**version_values(), **_manifest(project), "arrays": None}
    known["changes"] = {key: dict.fromkeys(SETTINGS) for key in known["changes"]}  # also what did not change is known
    known["run"] = {ARITHMETICS: None, **known["run"]}  # also where none of them counts
    values = dict(unknown_values(found, known))
    here = (*RECORD_ARRAYS, *OPTIONAL_ARRAYS, *PREVIEW_ARRAYS, CURVES, *morph_arrays(project.morph))
    others = {name: arrays[name] for name in arrays if name not in here}
    return Unknown(MappingProxyType(values), MappingProxyType(others))


def load(path: str | os.PathLike[str]) -> Project:
    """Read a project; raises ``ProjectError``, with the name of the file, if there is none that can be used."""
    with opened(path) as file:
        return decode(bytes(file.read(0, file.size)))


def save(path: str | os.PathLike[str], project: Project) -> None:
    """Write a project; raises ``WriteError`` if that fails, and what was there stays."""
    write_bytes(path, encode(project))
