"""Rounds of play: in each, a window is opened, played with and closed."""

import argparse
import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, process_time, thread_time

from PySide6.QtCore import QLocale

from curvegui.app import _application, share_the_processor
from curvegui.core.engine.threads import keep_libraries_to_one_thread
from tests.monkey import answers, checks, deeds, hands
from tests.monkey.action import KINDS, ROUND, Action
from tests.monkey.life import ENGINES, Life, keep_to_ourselves, prepare_engines
from tests.monkey.material import good
from tests.monkey.shuffle import Shuffle
from tests.monkey.watch import Watch

ALL = (answers, checks, deeds, hands)  # what they are for: they bring the kinds
WARM_UP = 10  # rounds in which caches fill
GROWTH_MB = 60.0  # from the third of the rounds after it to the last third
Shrunk = Callable[[argparse.Namespace, str, int], str]


def resident_mb() -> float:
    """Memory of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def rounds(options: argparse.Namespace) -> Iterator[list[int]]:
    """The numbers of the actions of each round."""
    if options.just:
        yield [int(number) for number in options.just.split(",")]
        return
    begun, first = monotonic(), options.first
    while (monotonic() - begun < options.seconds) if options.seconds else first < options.first + options.actions:
        end = first - first % ROUND + ROUND
        yield list(range(first, end if options.seconds else min(end, options.first + options.actions)))
        first = end


def play(options: argparse.Namespace, home: Path, shrunk: Shrunk) -> int:
    """Play as was asked for, and tell what there was to see; the exit status."""
    keep_libraries_to_one_thread()
    share_the_processor()
    application = _application()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    keep_to_ourselves()
    prepare_engines(options.engine)
    good()
    kinds = tuple(sorted(KINDS)) if not options.only else tuple(options.only.split(","))
    watch, figures = Watch(), Figures()
    shuffle = Shuffle(options.seed) if options.shuffle else None
    gc.disable()  # as in the app; a life collects for itself
    with watch.watching():
        for numbers in rounds(options):
            if shuffle:
                shuffle.begin()
            actions = [Action(options.seed, each, kinds) for each in numbers]
            _play_round(options.engine, watch, figures, home / f"round-{numbers[0]}", actions)
            if shuffle:
                shuffle.end()
    figures.judge(watch)
    for name, count in watch.count.most_common():
        print(f"{count:6,} times {name}")
    if options.shrink and watch.found:
        first = min(watch.found.values(), key=lambda each: each.at)
        print(f"SHRUNK {first.name}\n{shrunk(options, first.name, first.at)}")
    if options.table:
        figures.add_to(options.table, options, len(watch.found))
    print(figures.summary(options, watch))
    application.processEvents()
    return 1 if watch.found else 0


def _play_round(engine: str | None, watch: Watch, figures: "Figures", folder: Path, actions: list[Action]) -> None:
    """The life of a window, or of some if the monkey closes it."""
    engine = engine or tuple(ENGINES)[actions[0].number // ROUND % len(ENGINES)]
    life, begun = Life(watch, folder, engine), thread_time()
    for action in actions:
        life.do(action)
    figures.window_s += thread_time() - begun
    figures.actions += len(actions)
    life.end()
    for kind, spent in life.spent.items():
        figures.spent[kind] = figures.spent.get(kind, 0.0) + spent
    figures.memory.append(resident_mb())


class Figures:
    """What is counted."""

    def __init__(self) -> None:
        self.actions, self.window_s, self.memory = 0, 0.0, list[float]()
        self.spent: dict[str, float] = {}
        self._begun = monotonic()

    @property
    def growth(self) -> float:
        """By how many MB the last third of the rounds after the warm-up holds more than the first third."""
        warm = self.memory[WARM_UP:]
        third = len(warm) // 3
        return sum(warm[-third:]) / third - sum(warm[:third]) / third if third else 0.0

    def judge(self, watch: Watch) -> None:
        """Memory that grows is trouble."""
        if self.growth > GROWTH_MB:
            watch.note("memory grows", "play", ", ".join(f"{each:.0f} MB" for each in self.memory))

    @property
    def rate(self) -> float:
        """Actions for each second of the window's thread."""
        return self.actions / self.window_s if self.window_s else 0.0

    def summary(self, options: argparse.Namespace, watch: Watch) -> str:
        """One line."""
        dear = sorted(self.spent.items(), key=lambda each: -each[1])[:6]
        found = f"{len(watch.found)} troubles" if watch.found else "nothing wrong"
        return (
            f"monkey: {found} in {self.actions:,} actions and {len(self.memory)} rounds of --seed {options.seed}; "
            f"{self.rate:.0f} a second of the window's thread, {process_time():.0f} s CPU in all, "
            f"{self.memory[-1]:.0f} MB ({self.growth:+.0f}); {len(watch.long)} long pieces, at most "
            f"{max(watch.long, default=0.0):.2f} s; dear: " + ", ".join(f"{kind} {each:.1f} s" for kind, each in dear)
        )

    def add_to(self, table: Path, options: argparse.Namespace, troubles: int) -> None:
        """Add a line to a table, with names above the first."""
        line = {"seed": options.seed, "engine": options.engine or "both", "shuffle": int(options.shuffle)}
        line |= {"actions": self.actions, "rounds": len(self.memory), "troubles": troubles}
        line |= {"actions_per_cpu_s": round(self.rate), "cpu_s": round(process_time())}
        line |= {"seconds": round(monotonic() - self._begun)}
        line |= {"most_mb": round(max(self.memory)), "growth_mb": round(self.growth)}
        names = "" if table.exists() else ",".join(line) + "\n"
        with table.open("a", encoding="utf-8") as file:
            file.write(names + ",".join(map(str, line.values())) + "\n")
