"""Which versions of the format this app reads, and what a newer one has added: it is kept and written again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from curvegui import __version__
from curvegui.core.language.text import tr
from curvegui.core.settings.config import SETTINGS
from curvegui.files.format.section import ProjectError, Section

FORMAT = "curvegui"
VERSION = max(7, *(setting.reader for setting in SETTINGS.values()))  # raised with every addition
MIN_READER = 2  # raised where a reader that does not know the addition would get the run wrong
SURGERY_READER = 3  # of runs with parameters that were set by hand


class NewerError(ProjectError):
    """A file needs a newer version of the app."""


def version_values() -> dict[str, Any]:
    """What a manifest begins with."""
    return {"format": FORMAT, "version": VERSION, "min_reader": MIN_READER}


def check_version(manifest: Section) -> None:
    """Raise ``ProjectError`` if this is no project; ``NewerError``, which names it, if that needs a newer version."""
    if manifest.text("format", "") != FORMAT:
        raise ProjectError(tr("It is not a CurveGUI project."))
    manifest.whole("version", low=1)
    if manifest.whole("min_reader", low=1) > VERSION:
        raise NewerError(
            tr(
                "It was made by CurveGUI {text}, and this version, {version}, is too old for it. Install that "
                "one or a newer one.",
                text=manifest.text("made_by", ""),
                version=__version__,
            )
        )


Keys = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Unknown:
    """What this version does not know: values by their path, as ``("config", "optimizer")``, and arrays by name."""

    values: Mapping[Keys, Any] = field(default_factory=dict)
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)


def unknown_values(found: Mapping[str, Any], known: Mapping[str, Any], path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """The paths and values of what is in ``found`` and not in ``known``, at any depth."""
    for name, value in found.items():
        if name not in known:
            yield (*path, name), value
        elif isinstance(value, dict) and isinstance(known[name], dict):
            yield from unknown_values(value, known[name], (*path, name))


def with_unknown(manifest: dict[str, Any], values: Mapping[Keys, Any]) -> dict[str, Any]:
    """A manifest with unknown values put back, except where the object they were in is gone or the name is taken."""
    whole: dict[str, Any] = _copied(manifest)
    for (*objects, name), value in values.items():
        place: Any = whole
        for each in objects:
            place = place.get(each) if isinstance(place, dict) else None
        if isinstance(place, dict):
            place.setdefault(name, value)
    return whole


def _copied(value: Any) -> Any:
    """A copy whose objects can be added to."""
    return {name: _copied(each) for name, each in value.items()} if isinstance(value, dict) else value
