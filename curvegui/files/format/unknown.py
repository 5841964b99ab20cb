"""What a newer version wrote into a file and this one does not know: kept, so that saving does not lose it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

Keys = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Unknown:
    """Values by their path in the manifest, such as ``("config", "optimizer")``, and arrays by name."""

    values: Mapping[Keys, Any] = field(default_factory=dict)
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)


def unknown_values(found: Mapping[str, Any], known: Mapping[str, Any], path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """What is in one object and not in another, whatever the depth."""
    for name, value in found.items():
        if name not in known:
            yield (*path, name), value
        elif isinstance(value, dict) and isinstance(known[name], dict):
            yield from unknown_values(value, known[name], (*path, name))


def with_unknown(manifest: dict[str, Any], values: Mapping[Keys, Any]) -> dict[str, Any]:
    """A manifest with what is not known put back, except where its object is gone or the name is taken."""
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
