"""Named entries: presets, activations and formats."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Mapping[str, Entry], Generic[Entry]):
    """A mapping from names to entries, in the order in which they were added; messages call an entry a ``kind``."""

    def __init__(self, kind: str) -> None:
        self._kind, self._entries = kind, dict[str, Entry]()

    def add(self, name: str, entry: Entry) -> Entry:
        """Add an entry; raises ``ValueError`` if the name is taken, since one of the two entries would be hidden."""
        if name in self._entries:
            raise ValueError(f"There is already a {self._kind} named {name!r}.")
        self._entries[name] = entry
        return entry

    def __getitem__(self, name: str) -> Entry:
        try:
            return self._entries[name]
        except KeyError:
            known = ", ".join(self._entries)
            raise KeyError(f"There is no {self._kind} named {name!r}. There are: {known}.") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
