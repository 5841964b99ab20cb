"""Named entries: presets, activations and formats."""

from collections import UserDict
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(UserDict[str, Entry], Generic[Entry]):
    """A mapping from names to entries, in the order in which they were added; messages call an entry a ``kind``."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def add(self, name: str, entry: Entry) -> Entry:
        """Add an entry; raises ``ValueError`` if the name is taken, since one of the two entries would be hidden."""
        if name in self:
            raise ValueError(f"There is already a {self._kind} named {name!r}.")
        self[name] = entry
        return entry

    def __missing__(self, name: str) -> Entry:
        raise KeyError(f"There is no {self._kind} named {name!r}. There are: {', '.join(self)}.")
