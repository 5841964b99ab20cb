"""Choices as text, as the preferences keep them: what cannot be used is forgotten, value by value."""

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def choices_to_text(choices: "DataclassInstance") -> str:
    """As JSON."""
    return json.dumps(asdict(choices))


def kept_values(text: str, default: "DataclassInstance") -> dict[str, Any]:
    """The values in a JSON text that a dataclass knows, and that are of the same type as its default's."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {
        each.name: kept[each.name]
        for each in fields(default)
        if type(kept.get(each.name)) is type(getattr(default, each.name))
    }
