"""Choices that are kept as a text: they come back as far as they can be used."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def choices_to_text(choices: "DataclassInstance | Mapping[str, Any]") -> str:
    return json.dumps(_by_name(choices))


def kept_values(text: str, usual: "DataclassInstance | Mapping[str, Any]") -> dict[str, Any]:
    """The values in a JSON text whose names and types are those of ``usual`` ones."""
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(saved, dict):
        return {}
    return {name: saved[name] for name, value in _by_name(usual).items() if type(saved.get(name)) is type(value)}


def _by_name(choices: "DataclassInstance | Mapping[str, Any]") -> dict[str, Any]:
    return dict(choices) if isinstance(choices, Mapping) else asdict(choices)
