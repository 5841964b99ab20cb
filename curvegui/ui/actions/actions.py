"""The actions of a window, made from the records of its features; the menus, and buttons for actions."""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from re import sub
from unicodedata import east_asian_width

from PySide6.QtCore import SIGNAL, QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton, QWidget

from curvegui.core.language.text import tr_in
from curvegui.ui.actions.feature import ActionRecord, Keys
from curvegui.ui.actions.view import Availability
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import wrapped

TEXT = Qt.ToolButtonStyle.ToolButtonTextOnly
ICON = Qt.ToolButtonStyle.ToolButtonIconOnly
BESIDE_ICON = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class Actions:
    """The actions of one window, which owns them: their keys work anywhere in the window. When an action is chosen,
    ``carry_out`` is called with its record, and with its state if it can be checked and belongs to no group. ``menus``
    are the menus by their path, such as "View/&Canvas"."""

    def __init__(
        self,
        window: QWidget,
        records: Sequence[ActionRecord],
        carry_out: Callable[..., object],
        availability: Availability,
    ) -> None:
        self.records, self._availability = records, availability
        self.menus: dict[str, QMenu] = {}
        self._carry_out = carry_out
        self._records = {record.id: record for record in records}
        self._by_id: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for record in records:
            action = self._made(record, window)
            if record.group:
                group = groups.setdefault(record.group, QActionGroup(window))
                group.addAction(action)
            action.triggered.connect(self._call_of(record))
            action.changed.connect(partial(_let_go_of, action))
            self._by_id[record.id] = action
            window.addAction(action)
        self._entries = set(self._by_id.values())  # of menus
        availability.changed.connect(self._obey)
        self._obey()

    def _obey(self) -> None:
        """Hide the actions that are not available, with their keys, and the menus that are empty then."""
        for record in self.records:
            self._by_id[record.id].setVisible(all(thing in self._availability for thing in record.about))
        for menu in reversed(self.menus.values()):  # not counting entries that a feature lists, such as recent files
            entries = [entry for entry in menu.actions() if entry.menu() or entry in self._entries]
            menu.menuAction().setVisible(any(entry.isVisible() for entry in entries))

    def offered(self) -> list[ActionRecord]:
        """The records of the actions that are available now."""
        return [record for record in self.records if self._by_id[record.id].isVisible()]

    def __getitem__(self, id_: str) -> QAction:
        return self._by_id[id_]

    def __contains__(self, id_: str) -> bool:
        return id_ in self._by_id

    def _call_of(self, record: ActionRecord) -> Callable[[bool], None]:
        carry_out, takes_state = self._carry_out, record.checkable and not record.group

        def call(checked: bool) -> None:
            carry_out(record, *((checked,) if takes_state else ()))

        return call

    def _made(self, record: ActionRecord, window: QWidget) -> QAction:
        action = QAction(record.text, window)
        action.setObjectName(f"action.{record.id}")
        action.setIconText(record.short or record.text.replace("&", ""))
        action.setAutoRepeat(record.repeats)
        action.setCheckable(record.checkable)
        action.setEnabled(not record.waits)
        action.setMenuRole(record.role)
        if record.icon:
            action.setIcon(icon(record.icon, "muted", chosen="on_accent"))
        keys = [sequence for each in record.keys for sequence in sequences(each)]
        action.setShortcuts(list(dict.fromkeys(keys)))
        action.setToolTip(_tip(record.tip, action))
        return action

    def allow(self, id_: str, obstacle: str = "") -> None:
        """Enable an action, or disable it and name the ``obstacle`` in its tooltip."""
        action, record = self._by_id[id_], self._records[id_]
        action.setEnabled(not obstacle)
        tip = _tip(record.tip, action)
        action.setToolTip(f"{tip}\n{wrapped(obstacle)}" if obstacle else tip)

    def fill(self, bar: QMenuBar, more: Mapping[str, Sequence[QAction]]) -> None:
        """Make the menus; ``more`` has actions for the end of some menus, which get free access keys."""
        menus = self.menus
        for record in (record for record in self.records if not record.menu.startswith("/")):
            path = ""
            for name, said in zip(record.menu.split("/"), menu_names(record.menu), strict=True):
                parent, path = menus.get(path, bar), f"{path}/{name}".lstrip("/")
                if path not in menus:
                    menus[path] = parent.addMenu(said)
                    menus[path].setToolTipsVisible(True)
                    menus[path].setObjectName(f"menu.{name.replace('&', '').lower()}")
            if record.separated:
                menus[path].addSeparator()
            menus[path].addAction(self._by_id[record.id])
        for name, actions in more.items():
            self._entries.update(actions)
            menus[name].addSeparator()
            menus[name].addActions(list(actions))
        initial = {self._by_id[record.id] for record in self.records if record.initial}.union(*more.values())
        for entries in (bar.actions(), *(menu.actions() for menu in menus.values())):
            give_letters(entries, initial)


def menu_names(path: str) -> list[str]:
    """The translated titles of the menus along the path of a menu."""
    return [tr_in("menu", name if "&" in name else f"&{name}") for name in path.split("/") if name]


def give_letters(entries: Sequence[QAction], wanting: Container[QAction]) -> None:
    """Give the first free letter of its text to each entry of a menu whose access key an earlier entry has, and to each
    of the ``wanting`` entries that has none."""
    taken, without = set[str](), list[QAction]()
    for entry in entries:
        letter = letter_of(entry.text())
        if letter in taken or (not letter and entry in wanting):
            without.append(entry)
        elif letter:
            taken.add(letter)
    for entry in without:
        text = without_letter(entry.text())
        words = text.partition("\t")[0]  # without the key
        keys = (at for at, sign in enumerate(words) if sign.isalpha() and east_asian_width(sign) != "W")
        position = next((at for at in keys if words[at].casefold() not in taken), None)
        entry.setText(text if position is None else f"{text[:position]}&{text[position:]}")
        if position is not None:
            taken.add(text[position].casefold())


def letter_of(text: str) -> str:
    """The access key of an entry of a menu, a letter; empty if there is none."""
    return text.replace("&&", "").partition("&")[2][:1].casefold()


def without_letter(text: str) -> str:
    """The text of an entry without its access key; a letter in brackets, as in Chinese texts, is left out."""
    return sub(r" ?\(&\w\)|&", "", text)


def _let_go_of(action: QAction) -> None:
    """Disconnect an action from its buttons: with each change of the action, Qt connects them once more."""
    for each in action.associatedObjects():
        if isinstance(each, QToolButton):
            QObject.disconnect(action, SIGNAL("changed()"), each, None)  # type: ignore[call-overload]  # any slot


def _tip(words: str, action: QAction) -> str:
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return wrapped(f"{words} ({shown})" if shown else words)


def sequences(keys: Keys) -> list[QKeySequence]:
    """The key sequences of a standard key on this system, or the one that a text such as "Ctrl+E" stands for."""
    return [QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys)


class ActionButton(QToolButton):
    """A button for an action that is visible while the action is."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setDefaultAction(action)
        action.visibleChanged.connect(self._follow)
        if not action.isVisible():
            self.hide()

    @Slot()
    def _follow(self) -> None:
        self.setVisible(self.defaultAction().isVisible())


def chip(action: QAction, name: str, style: Qt.ToolButtonStyle) -> QToolButton:
    """A flat button with an action's icon, its short text, or both."""
    button = ActionButton(action)
    button.setProperty("chip", True)
    button.setObjectName(action.objectName().replace("action.", "button."))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setIconSize(icon_size(button, 1.1))
    button.setToolButtonStyle(style)
    return button
