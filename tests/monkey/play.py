"""Rounds of play: in each, a window is opened, played with and closed."""

import argparse
import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from time import monotonic, process_time

from PySide6.QtCore import QLocale

from curvegui.app import _application, give_memory_back, share_the_processor
from curvegui.core.engine.threads import keep_libraries_to_one_thread
from tests.monkey import answers, checks, deeds, hands
from tests.monkey.action import KINDS, ROUND, Action
from tests.monkey.life import ENGINES, Life, keep_to_ourselves
from tests.monkey.material import good
from tests.monkey.shuffle import Shuffle
from tests.monkey.watch import Watch

ALL = (answers, checks, deeds, hands)  # what they are for: they bring the kinds
GROWTH_MB = 30.0  # from the second third of the rounds to the last one
Shrunk = Callable[[argparse.Namespace, str, int], str]


def rounds(options: argparse.Namespace) -> Iterator[list[int]]:
    """The numbers of the actions of each round."""
    begun, first = monotonic(), 0
    if options.just:
        yield [int(number) for number in options.just.split(",")]
    elif options.seconds:
        while monotonic() - begun < options.seconds:
            yield list(range(first, first := first + ROUND))
    else:
        for first in range(0, options.actions, ROUND):
            yield list(range(first, min(first + ROUND, options.actions)))


def play(options: argparse.Namespace, home: Path, shrunk: Shrunk) -> int:
    """Play as was asked for, and tell what there was to see; the exit status."""
    keep_libraries_to_one_thread()
    share_the_processor()
    give_memory_back()
    application = _application()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    keep_to_ourselves()
    good()
    kinds = tuple(options.only.split(",")) if options.only else tuple(sorted(KINDS))
    watch, figures = Watch(options.longest), Figures()
    gc.disable()  # as in the app; a life collects for itself
    with watch.watching(), Shuffle(options.seed) if options.shuffle else nullcontext():
        for numbers in rounds(options):
            engine = options.engine or ENGINES[numbers[0] // ROUND % len(ENGINES)]
            life = Life(watch, home / f"round-{numbers[0]}", engine)
            for number in numbers:
                life.be_open()
                figures.play(life, Action(options.seed, number, kinds))
            life.end()
            figures.memory.append(resident_mb())
    figures.judge(watch)
    for name, count in watch.count.most_common():
        print(f"{count:6,} times {name}")
    if options.shrink and watch.found:
        first = min(watch.found.values(), key=lambda each: each.at)
        print(f"SHRUNK {first.name}\n{shrunk(options, first.name, first.at)}")
    print(figures.summary(options.seed, watch))
    application.processEvents()
    return 1 if watch.found else 0


def resident_mb() -> float:
    """Memory of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Figures:
    """What is counted: how often each kind was played and its seconds of the window's thread, and memory by round."""

    def __init__(self) -> None:
        self.count, self.spent, self.memory = Counter[str](), Counter[str](), list[float]()
        self._begun = monotonic()

    def play(self, life: Life, action: Action) -> None:
        """Play an action, and count it."""
        before = life.watch.worked
        life.do(action)
        self.count[action.kind] += 1
        self.spent[action.kind] += life.watch.worked - before  # type: ignore[assignment]

    @property
    def growth(self) -> float:
        """By how many MB the last third of the rounds holds more than the second one.

        In the first, caches fill, and all that is only made once is made: libraries, kinds of compiled code, looks.
        """
        third = len(self.memory) // 3
        before, last = self.memory[-2 * third : -third], self.memory[-third:]
        return (sum(last) - sum(before)) / third if third else 0.0

    def judge(self, watch: Watch) -> None:
        """Memory that grows is trouble."""
        if self.growth > GROWTH_MB:
            watch.note("memory grows", "play", ", ".join(f"{each:.0f} MB" for each in self.memory))

    def summary(self, seed: int, watch: Watch) -> str:
        """How often each kind was played, and in one line all else."""
        lines = [
            f"{n:6,} {kind:14} {1_000 * self.spent[kind] / n:6.1f} ms each" for kind, n in self.count.most_common()
        ]
        actions, clock, own = self.count.total(), monotonic() - self._begun, sum(self.spent.values())
        found = f"{len(watch.found)} troubles" if watch.found else "nothing wrong"
        lines.append(
            f"monkey: {found} in {actions:,} actions and {len(self.memory)} rounds of --seed {seed}; "
            f"{actions / own:.0f} a second of the window's thread, {actions / clock:.0f} by the clock with opening and "
            f"closing; {process_time():.0f} s CPU in all; the longest piece {watch.longest:.2f} s; "
            f"{max(self.memory):.0f} MB ({self.growth:+.0f})"
        )
        return "\n".join(lines)
