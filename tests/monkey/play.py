"""Rounds of play: in each, a window is opened, played with and closed."""

import argparse
import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from time import monotonic, process_time

from PySide6.QtCore import QLocale, QProcess
from PySide6.QtGui import QDesktopServices

from curvegui.app import _application, give_memory_back, share_the_processor
from curvegui.core.engine.threads import keep_libraries_to_one_thread
from tests.monkey import deeds  # noqa: F401 - which brings the kinds
from tests.monkey.life import KINDS, Action, Life
from tests.monkey.material import good
from tests.monkey.shuffle import shuffled
from tests.monkey.watch import Trouble, Watch

ROUND = 1_000  # actions in the life of a window


def rounds(options: argparse.Namespace) -> Iterator[Sequence[int]]:
    """The numbers of the actions of each round."""
    end, first = monotonic() + options.seconds, 0
    if options.just != [-1]:
        yield options.just
        return
    while monotonic() < end if options.seconds else first < options.actions:
        yield range(first, first + ROUND if options.seconds else min(first + ROUND, options.actions))
        first += ROUND


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
    kinds = tuple(options.only if any(options.only) else sorted(KINDS))
    begun, watch, count, spent = monotonic(), Watch(), Counter[str](), Counter[str]()  # spent: seconds by kind
    gc.disable()  # as in the app; a life collects for itself
    with watch.watching(), shuffled(options.seed) if options.shuffle else nullcontext():
        for numbers in rounds(options):
            life = Life(watch, home / f"round-{numbers[0]}", options.engine or ("numpy", "c")[numbers[0] // ROUND % 2])
            for action in (Action(options.seed, number, kinds) for number in numbers):
                before = watch.worked
                life.do(action)
                count[action.kind] += 1
                spent[action.kind] += watch.worked - before
            life.end()
    for name, times in watch.count.most_common():
        print(f"{times:6,} times {name}")
    for kind, times in count.most_common():
        print(f"{times:6,} {kind:14} {1_000 * spent[kind] / times:6.1f} ms each")
    print(
        f"monkey: {f'{len(watch.found)} troubles' if watch.found else 'nothing wrong'} in {count.total():,} actions "
        f"of {len(count)} kinds with --seed {options.seed}; {count.total() / sum(spent.values()):.0f} a second of the "
        f"window's thread, {count.total() / (monotonic() - begun):.0f} by the clock with opening and closing; "
        f"{process_time():.0f} s CPU in all; the longest piece {watch.longest:.2f} s"
    )
    application.processEvents()
    return min(watch.found.values(), key=lambda each: each.at, default=None)
