"""The palette: a field to type in, and below it the actions and settings that match, each setting with a value."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import menu_names
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import Availability
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, named, open_as_large_as, styled
from curvegui.ui.widgets.numbers import format_number, parse_number

MOST = 12  # entries that are listed
OTHER_WORDS = {"optimiser": "optimizer", "optimizer": "optimiser", "color": "colour", "learning rate": "aggression"}


@dataclass(frozen=True)
class PaletteEntry:
    """An action, or a setting with a value: its words, a ``note`` at the right (a key, or the present value), and how
    to ``do`` it. An entry that cannot be chosen has no ``do``; its note may say why."""

    words: str
    note: str
    do: Callable[[], object] | None


def offers(typed: str, services: Services) -> list[PaletteEntry]:
    """The entries that match what was typed, the best first."""
    wanted = [word.rstrip(":,…") for word in _plain(typed).split()]  # as an offer is written
    found = [*_settings(wanted, services.session, services.availability), *_actions(wanted, services)]
    ranked = sorted(found, key=lambda pair: pair[0])
    return [offer for _, offer in ranked[:MOST]]


def _plain(words: str) -> str:
    """Words in small letters and with a straight apostrophe, to be compared."""
    return words.casefold().replace("’", "'")


def rank(wanted: Sequence[str], words: str) -> int | None:
    """How badly words match: 0 if they begin with the ``wanted`` words; None if they do not contain all of these."""
    text = _plain(words)
    also = " ".join(other for word, other in OTHER_WORDS.items() if word in text)
    if not all(part in text or part in also for part in wanted):
        return None
    if not wanted or text.startswith(" ".join(wanted)):
        return 0
    begins = sum(any(word.startswith(part) for word in text.split()) for part in wanted)
    return 1 + len(wanted) - begins


def _actions(wanted: Sequence[str], services: Services) -> Iterator[tuple[int, PaletteEntry]]:
    named = [
        (", ".join(name.replace("&", "") for name in menu_names(record.menu)), services.actions[record.id])
        for record in services.actions.offered()
    ]
    named += [(tr("View, Panels"), toggle) for toggle in services.docks.toggles() if toggle.isVisible()]
    for menu, action in named:
        words = action.text().replace("&", "").rstrip("…")
        fit = rank(wanted, f"{words} {menu}")
        if fit is not None:
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield fit, PaletteEntry(f"{menu}: {words}", key, action.trigger if action.isEnabled() else None)


def _settings(
    wanted: Sequence[str], session: Session, availability: Availability
) -> Iterator[tuple[int, PaletteEntry]]:
    for name, setting in ((name, setting) for name, setting in SETTINGS.items() if f"setting.{name}" in availability):
        for used in range(len(wanted), 0, -1):
            fit = rank(wanted[:used], setting.label)
            if fit is not None:
                for offer in _changes(name, setting, wanted[used:], session):
                    yield fit, offer
                break


def _changes(name: str, setting: Setting, values: Sequence[str], session: Session) -> Iterator[PaletteEntry]:
    present = getattr(session.config, name)
    choices = setting.choices()
    if choices:
        for key, label in choices:
            if all(value in label.casefold() or value in key for value in values):
                refusal = "" if key == present else session.config.refusal(**{name: key})
                do = None if refusal else partial(_set, session, name, key)
                yield PaletteEntry(f"{setting.label}: {label}", tr("now") if key == present else refusal, do)
    elif not values:
        now = _written(setting, present) if isinstance(present, int | float) else " ".join(map(str, present))
        yield PaletteEntry(tr("{label}: type a value", label=setting.label), tr("now {now}", now=now), None)
    else:
        yield _change(name, setting, values, session)


def _set(session: Session, name: str, value: object) -> None:
    if name == "curve":  # another curve begins a new run, which trains at once
        session.reset(SETTINGS[name].label, curve=value)
        session.run()
    else:
        session.edit(**{name: value})


def _change(name: str, setting: Setting, values: Sequence[str], session: Session) -> PaletteEntry:
    typed = " ".join(values)
    named = [number for number, word in setting.words.items() if typed == _plain(word)]  # "all points"
    try:
        numbers = named or [parse_number(value) for value in values]
        whole = [int(number) if number == int(number) else number for number in numbers]
        value = tuple(whole) if name == "hidden" else whole[0] if len(whole) == 1 else tuple(whole)
        session.config.changed(**{name: value})
    except ValueError as error:
        return PaletteEntry(f"{setting.label}: {typed}", str(error), None)
    shown = " ".join(_written(setting, number) for number in numbers)
    return PaletteEntry(f"{setting.label}: {shown}", "", partial(_set, session, name, value))


def _written(setting: Setting, number: float) -> str:
    """A number as the editor of a setting shows it: "max" for full speed."""
    return setting.words.get(number) or (format_number(number) if setting.grouped else f"{number:.0f}")


LINES = 34, 22  # the size, in heights of a line of text
ABOVE = 0.12  # of the window's height, over the palette
HINT = mark("Type what you want to do, or a setting with its value: “aggression 3”, “optimiser adam”, “curve star”.")
NOTHING = mark("Nothing fits. Try fewer words.")
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Palette(Dialog):
    """Lists the entries that match what is typed; Enter chooses the marked entry."""

    def __init__(self, find: Callable[[str], list[PaletteEntry]], parent: QWidget) -> None:
        super().__init__("palette", tr("Command palette"), parent)
        self._find, self._offers = find, list[PaletteEntry]()
        self.line = named(QLineEdit(placeholderText=tr("Command or setting")), "palette.line", tr("Command"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._offer)
        self.line.returnPressed.connect(self._do)
        self.list = styled(named(QListWidget(), "palette.list", tr("What fits")), "boxed")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._do)
        hint = styled(QLabel(tr(HINT), wordWrap=True), "muted")
        filled(QVBoxLayout(self), self.line, self.list, hint, edges=None)
        open_as_large_as(self, LINES)
        self.move(
            parent.mapToGlobal(parent.rect().topLeft()).x() + (parent.width() - self.width()) // 2,
            parent.mapToGlobal(parent.rect().topLeft()).y() + round(ABOVE * parent.height()),
        )
        self._offer("")

    @Slot(str)
    def _offer(self, typed: str) -> None:
        self._offers = self._find(typed)
        self.list.clear()
        for offer in self._offers:
            item = QListWidgetItem(f"{offer.words}    {offer.note}" if offer.note else offer.words)
            if offer.do is None:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        if not self._offers:
            nothing = QListWidgetItem(tr(NOTHING))
            nothing.setFlags(nothing.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(nothing)
        self._mark(next((row for row, offer in enumerate(self._offers) if offer.do), 0))

    def _mark(self, row: int) -> None:
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        item = self.list.currentItem()
        self.line.setAccessibleDescription(item.text() if item is not None else tr(NOTHING))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in MOVES:
            self._mark(self.list.currentRow() + MOVES[Qt.Key(event.key())])
            return True
        return False

    @Slot()
    def _do(self) -> None:
        """Close the palette, and then do what the marked entry stands for, which may open a dialog."""
        row = self.list.currentRow()
        do = self._offers[row].do if 0 <= row < len(self._offers) else None
        if do is not None:
            self.accept()
            do()


class PaletteActions(QObject):
    """Opens the palette over the window."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    def open(self) -> None:
        Palette(partial(offers, services=self._services), self._services.window).open()
