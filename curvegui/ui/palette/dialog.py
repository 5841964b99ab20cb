"""The palette: a field to type in, and below it the actions and settings that match, each setting with a value."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.session.run.session import Session
from curvegui.ui.actions.actions import menu_names
from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import Availability
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import card, filled, named, open_as_large_as, styled
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.numbers import format_number, parse_number

MOST = 12  # entries that are listed
LOOSE = 100  # the rank of words that have the letters only in order; they count where nothing has the words
OTHER_WORDS = {"optimiser": "optimizer", "optimizer": "optimiser", "color": "colour", "learning rate": "aggression"}


@dataclass(frozen=True)
class PaletteEntry:
    """An action, or a setting with a value: the ``group`` that it is listed in, its words, a ``note`` at the right (a
    key, or the present value), and how to ``do`` it. An entry that cannot be chosen has no ``do``; its note may say
    why."""

    group: str
    words: str
    note: str
    do: Callable[[], object] | None


def offers(typed: str, services: Services) -> list[PaletteEntry]:
    """The entries that match what was typed, the best first, but those of a group together."""
    wanted = [word.rstrip(":,…") for word in _plain(typed).split()]  # as an offer is written
    found = [*_settings(wanted, services.session, services.availability), *_actions(wanted, services)]
    ranked = sorted(found, key=lambda pair: pair[0])
    best = [offer for fit, offer in ranked if fit < LOOSE or ranked[0][0] >= LOOSE][:MOST]
    groups = list(dict.fromkeys(offer.group for offer in best))
    return sorted(best, key=lambda offer: groups.index(offer.group))


def _plain(words: str) -> str:
    """Words in small letters and with a straight apostrophe, to be compared."""
    return words.casefold().replace("’", "'")


def rank(wanted: Sequence[str], words: str) -> int | None:
    """How badly words match: 0 if they begin with the ``wanted`` words, and `LOOSE` or more if one of these is there
    only as letters in their order, "nose" in "noise"; None if one is missing."""
    text = _plain(words)
    text = " ".join([text, *(other for word, other in OTHER_WORDS.items() if word in text)])
    if not wanted or text.startswith(" ".join(wanted)):
        return 0
    loose = [part for part in wanted if part not in text]
    if not all(any(_has_in_order(word, part) for word in text.split()) for part in loose):
        return None
    begins = sum(any(word.startswith(part) for word in text.split()) for part in wanted)
    return 1 + len(wanted) - begins + LOOSE * len(loose)


def _has_in_order(word: str, letters: str) -> bool:
    """Whether a word begins with the first of the letters and has the others after it, in their order."""
    rest = iter(word)
    return word[:1] == letters[:1] and len(letters) > 2 and all(letter in rest for letter in letters)


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
            yield fit, PaletteEntry(menu, words, key, action.trigger if action.isEnabled() else None)


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
    group = tr("Settings")
    present = getattr(session.config, name)
    choices = setting.choices()
    if choices:
        for key, label in choices:
            if all(value in label.casefold() or value in key for value in values):
                refusal = "" if key == present else session.config.refusal(**{name: key})
                do = None if refusal else partial(_set, session, name, key)
                yield PaletteEntry(group, f"{setting.label}: {label}", tr("now") if key == present else refusal, do)
    elif not values:
        now = _written(setting, present) if isinstance(present, int | float) else " ".join(map(str, present))
        yield PaletteEntry(group, tr("{label}: type a value", label=setting.label), tr("now {now}", now=now), None)
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
        return PaletteEntry(tr("Settings"), f"{setting.label}: {typed}", str(error), None)
    shown = " ".join(_written(setting, number) for number in numbers)
    return PaletteEntry(tr("Settings"), f"{setting.label}: {shown}", "", partial(_set, session, name, value))


def _written(setting: Setting, number: float) -> str:
    """A number as the editor of a setting shows it: "max" for full speed."""
    return setting.words.get(number) or (format_number(number) if setting.grouped else f"{number:.0f}")


LINES = 34, 22  # the size, in heights of a line of text
ABOVE = 0.12  # of the window's height, over the palette
HINT = mark("Type what you want to do, or a setting with its value: “aggression 3”, “optimiser adam”, “curve star”.")
NOTHING = mark("Nothing fits. Try fewer words.")
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Palette(Dialog):
    """A card over the window that lists, in groups, the entries that match what is typed; Enter chooses the marked
    entry. The card goes when another part of the window is clicked."""

    def __init__(self, find: Callable[[str], list[PaletteEntry]], parent: QWidget) -> None:
        super().__init__("palette", tr("Command palette"), parent)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # beside the round corners
        self._find, self._rows = find, list[QTreeWidgetItem]()
        self._offers = list[PaletteEntry]()
        self.line = named(QLineEdit(placeholderText=tr("Command or setting")), "palette.line", tr("Command"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._offer)
        self.line.returnPressed.connect(self._do)
        self.list = named(QTreeWidget(), "palette.list")
        self.list.setAccessibleName(tr("What fits"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setStretchLastSection(False)
        for column, mode in enumerate((QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents)):
            self.list.header().setSectionResizeMode(column, mode)
        self.list.itemClicked.connect(self._do)
        hint = styled(QLabel(tr(HINT), wordWrap=True), "muted")
        filled(QVBoxLayout(self), card(self.line, self.list, hint))
        open_as_large_as(self, LINES)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + round(ABOVE * parent.height()))
        self.list.ensurePolished()  # so that its rows are as high as the style sheet says
        self._offer("")

    @Slot(str)
    def _offer(self, typed: str) -> None:
        self.list.clear()
        self._offers = self._find(typed)
        self._rows, group, theme = [], None, current_theme()
        for offer in self._offers:
            if offer.group != group:
                group = offer.group
                heading = self._add(group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setForeground(0, QColor(theme.muted))
            item = self._add(offer.words, offer.note)
            item.setForeground(1, QColor(theme.muted))
            if offer.do is None:
                item.setForeground(0, QColor(theme.faint))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._rows.append(item)
        if not self._offers:
            self._add(tr(NOTHING)).setFlags(Qt.ItemFlag.NoItemFlags)
        self._mark(next((row for row, offer in enumerate(self._offers) if offer.do), 0))

    def _add(self, *texts: str) -> QTreeWidgetItem:
        return QTreeWidgetItem(self.list, list(texts))

    @property
    def _row(self) -> int:
        """The number of the marked entry among the entries."""
        marked = self.list.currentItem()
        return self._rows.index(marked) if marked in self._rows else -1

    def _mark(self, row: int) -> None:
        if not self._rows:
            self.line.setAccessibleDescription(tr(NOTHING))
            return
        row = min(max(row, 0), len(self._rows) - 1)
        self.list.setCurrentItem(self._rows[row])
        offer = self._offers[row]
        self.line.setAccessibleDescription(", ".join([offer.group, offer.words, *([] if offer.do else [offer.note])]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in MOVES:
            self._mark(self._row + MOVES[Qt.Key(event.key())])
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.reject()

    @Slot()
    def _do(self) -> None:
        """Close the palette, and then do what the marked entry stands for, which may open a dialog."""
        do = self._offers[self._row].do if self._row >= 0 else None
        if do is not None:
            self.accept()
            do()


class PaletteActions(QObject):
    """Opens the palette over the window."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    def open(self) -> None:
        Palette(partial(offers, services=self._services), self._services.window).show()
