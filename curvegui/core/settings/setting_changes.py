"""Which settings were in force at which iteration of a run."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting import Effect

MOST_CHANGES = 10_000  # of a run: 5 MB, and each takes a while to check in a file
Entry: TypeAlias = tuple[int, TrainingConfig]
"""An iteration, and the settings of the updates that follow it."""


def without_display(config: TrainingConfig, like: TrainingConfig) -> TrainingConfig:
    """The settings, but those of the display, which the mathematics does not know, from another config."""
    shown = {name: getattr(like, name) for name, setting in SETTINGS.items() if setting.effect is Effect.DISPLAY}
    return replace(config, **shown)


class SettingChanges:
    """The settings along a run: ascending entries, at least one, with the iteration from which on they hold."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)

    def set(self, iteration: int, config: TrainingConfig) -> None:
        """Let other settings hold from an iteration on; later entries are dropped."""
        self.forget_after(iteration)
        since, present = self._entries[-1]
        if since == iteration:
            self._entries[-1] = iteration, config
        elif without_display(config, like=present) != present:
            self._entries.append((iteration, config))

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def latest(self) -> int:
        """The iteration from which on the present settings hold."""
        return self._entries[-1][0]

    def at(self, iteration: int) -> TrainingConfig:
        """The settings in force after so many iterations."""
        return self._entries[self._index(iteration)][1]

    def _index(self, iteration: int) -> int:
        return max(0, bisect_right(self._entries, iteration, key=lambda entry: entry[0]) - 1)

    def between(self, start: int, stop: int) -> Iterator[tuple[int, int, TrainingConfig]]:
        """The stretches from ``start`` to ``stop``, each with its own start, stop and settings."""
        while start < stop:
            index = self._index(start)
            later = self._entries[index + 1][0] if index + 1 < len(self._entries) else stop
            end = min(stop, later)
            yield start, end, self._entries[index][1]
            start = end

    def forget_after(self, iteration: int) -> None:
        """Drop the entries at later iterations; the first entry always stays."""
        while len(self._entries) > 1 and self._entries[-1][0] > iteration:
            self._entries.pop()

    def all(self) -> tuple[Entry, ...]:
        """Every entry, ascending."""
        return tuple(self._entries)
