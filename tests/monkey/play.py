"""Rounds of play: in each, a window is opened, played with and closed."""

import argparse
import gc
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from time import monotonic, process_time

from PySide6.QtCore import QLocale, QProcess
from PySide6.QtGui import QDesktopServices

from curvegui.app import _application, give_memory_back, share_the_processor
from curvegui.core.engine.threads import keep_libraries_to_one_thread
from tests.monkey import deeds
from tests.monkey.action import KINDS, ROUND, Action
from tests.monkey.life import Life
from tests.monkey.material import good
from tests.monkey.shuffle import shuffled
from tests.monkey.watch import Trouble, Watch

DEEDS = deeds  # which brings the kinds
GROWTH_MB = 30.0  # from the second third of the rounds to the last one


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


def play(options: argparse.Namespace, home: Path) -> Trouble | None:
    """Play as was asked for, and tell what there was to see; the first trouble."""
    keep_libraries_to_one_thread()
    share_the_processor()
    give_memory_back()
    application = _application()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    QDesktopServices.openUrl = staticmethod(lambda url: True)  # no browser, no editor, no file manager
    QProcess.startDetached = staticmethod(lambda *_: (True, 0))
    good()
    kinds = tuple(options.only.split(",")) if options.only else tuple(sorted(KINDS))
    begun, watch = monotonic(), Watch()
    count, spent, memory = Counter[str](), Counter[str](), list[float]()  # seconds by kind; MB after each round
    gc.disable()  # as in the app; a life collects for itself
    with watch.watching(), shuffled(options.seed) if options.shuffle else nullcontext():
        for numbers in rounds(options):
            engine = options.engine or ("numpy", "c")[numbers[0] // ROUND % 2]
            life = Life(watch, home / f"round-{numbers[0]}", engine)
            for action in (Action(options.seed, number, kinds) for number in numbers):
                before = watch.worked
                life.do(action)
                count[action.kind] += 1
                spent[action.kind] += watch.worked - before
            life.end()
            memory.append(resident_mb())
    if growth(memory) > GROWTH_MB:
        watch.note("memory grows", "play", ", ".join(f"{each:.0f} MB" for each in memory))
    for name, times in watch.count.most_common():
        print(f"{times:6,} times {name}")
    for kind, times in count.most_common():
        print(f"{times:6,} {kind:14} {1_000 * spent[kind] / times:6.1f} ms each")
    print(
        f"monkey: {f'{len(watch.found)} troubles' if watch.found else 'nothing wrong'} in {count.total():,} actions "
        f"and {len(memory)} rounds of --seed {options.seed}; {count.total() / sum(spent.values()):.0f} a second of the "
        f"window's thread, {count.total() / (monotonic() - begun):.0f} by the clock with opening and closing; "
        f"{process_time():.0f} s CPU in all; the longest piece {watch.longest:.2f} s; "
        f"{max(memory):.0f} MB ({growth(memory):+.0f})"
    )
    application.processEvents()
    return min(watch.found.values(), key=lambda each: each.at, default=None)


def resident_mb() -> float:
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


def growth(memory: list[float]) -> float:
    """By how many MB the last third of the rounds holds more than the second one.

    In the first, caches fill, and all that is only made once is made: libraries, kinds of compiled code, looks.
    """
    third = len(memory) // 3
    return (sum(memory[-third:]) - sum(memory[-2 * third : -third])) / third if third else 0.0
