"""A feature as a record: its actions, its docks, and its class, which is imported when the feature is first needed."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtGui import QAction, QKeySequence

from curvegui.core.language.text import said
from curvegui.ui.canvas.refresh import NUMBERS_S

Key = QKeySequence.StandardKey
Role = QAction.MenuRole
Keys = QKeySequence.StandardKey | str
MENUS = ("File", "Edit", "Curve", "Run", "View", "Learn", "Help", "")


@said("text", "tip", "short")
@dataclass(frozen=True)
class ActionRecord:
    """An action. Its ``objectName`` is ``action.<id>``. ``menu`` may name a submenu after a slash: "View/&Canvas";
    one that begins with a slash is in no menu, and only names the group of the action in the command palette.
    ``does`` is the method of the feature's class that is called when the action is chosen: with the arguments
    ``given``, and with the action's state if it can be checked and belongs to no group. Of the actions of one
    ``group``, one is checked. ``before`` is the id of another feature's action that this action precedes; without it,
    the action comes after those of the features before. ``short`` is the text of a button with room for one word,
    ``icon`` a drawing in ``resources/icons``, ``role`` the menu that macOS moves the action to. An action that
    ``waits`` is disabled until its feature enables it. The action is visible while all things that it is ``about`` are
    available. With ``initial``, the first free letter of its text becomes its access key in the menu."""

    id: str
    menu: str
    text: str
    tip: str
    does: str
    given: tuple[object, ...] = ()
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    short: str = ""
    repeats: bool = False
    waits: bool = False
    checkable: bool = False
    group: str = ""
    toolbar: bool = False
    separated: bool = False
    before: str = ""
    role: Role = Role.NoRole
    about: tuple[str, ...] = ()
    initial: bool = False


@said("title")
@dataclass(frozen=True)
class DockRecord:
    """A dock, whose ``objectName`` is ``dock.<name>``. ``panel`` is the "module:Class" of a panel that shows the run at
    one iteration, anew at most every ``least_s`` seconds; the panel is made when it is first seen. Without a ``panel``,
    the feature itself fills the dock."""

    name: str
    title: str
    panel: str = ""
    least_s: float = NUMBERS_S


@dataclass(frozen=True)
class Feature:
    """What a folder of the window adds to the window. ``made`` is the "module:Class" of an object that is made from the
    window's `Services`: when one of the feature's actions is first chosen, when another feature asks for it, when one
    of the display's ``switches`` is on, when one of the ``views`` is shown, or with ``starts``, as soon as the window
    has been painted. A feature ``needs`` some features; whether any other is there, it must ask."""

    id: str
    made: str = ""
    actions: tuple[ActionRecord, ...] = ()
    docks: tuple[DockRecord, ...] = ()
    starts: bool = False
    switches: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The classes of what the feature shows in a view or a dock, as "module:Class"."""
        made = (self.made,) if self.made and (self.views or self.docks) else ()
        return made + tuple(dock.panel for dock in self.docks if dock.panel)


def named(path: str) -> Any:
    """The object that a text "module:name" names."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def in_menu_order(features: Iterable[Feature]) -> tuple[ActionRecord, ...]:
    """The actions of all features in the order of the menus."""
    ordered: list[ActionRecord] = []
    for record in (record for feature in features for record in feature.actions):
        before = [index for index, other in enumerate(ordered) if other.id == record.before]
        ordered.insert(before[0] if before else len(ordered), record)
    return tuple(sorted(ordered, key=lambda record: MENUS.index(record.menu.partition("/")[0])))


class Features:
    """The features of one window, each made once, when it is needed."""

    def __init__(self, table: Sequence[Feature]) -> None:
        self.table = table
        self.actions = in_menu_order(table)
        self.docks = tuple(dock for feature in table for dock in feature.docks)
        self._records = {feature.id: feature for feature in table}
        self._owners = {action.id: feature.id for feature in table for action in feature.actions}
        self._made: dict[str, Any] = {}
        self._begun: set[str] = set()
        self._services: object = None
        self._gate: AbstractContextManager[object] = nullcontext()

    def serve(self, services: object, gate: AbstractContextManager[object]) -> None:
        """Make features from these `Services` from now on; while one is made, the trainer waits at the ``gate``."""
        self._services, self._gate = services, gate

    def __contains__(self, id_: str) -> bool:
        return id_ in self._records

    def __getitem__(self, id_: str) -> Any:
        """A feature's object, made now if needed. Raises ``RuntimeError`` if two features need each other."""
        if id_ not in self._made:
            if id_ in self._begun:
                raise RuntimeError(f"The feature {id_!r} is asked for while it is being made.")
            self._begun.add(id_)
            try:
                with self._gate:
                    self._made[id_] = named(self._records[id_].made)(self._services)
            finally:
                self._begun.discard(id_)
        return self._made[id_]

    def want(self, id_: str) -> None:
        if id_ not in self._begun and id_ not in self._made:
            self[id_]

    def is_made(self, id_: str) -> bool:
        return id_ in self._made

    def carry_out(self, record: ActionRecord, *state: bool) -> None:
        """Carry out an action; do nothing before there is a run."""
        if self._services is not None:
            with self._gate:
                getattr(self[self._owners[record.id]], record.does)(*record.given, *state)
