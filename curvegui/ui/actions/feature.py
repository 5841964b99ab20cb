"""A feature as a record: its actions, its docks, and the class that is imported when one of them is first wanted."""

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
MENUS = ("File", "Edit", "Curve", "Run", "View", "Help")


@said("text", "tip", "short")
@dataclass(frozen=True)
class ActionRecord:
    """What an action is. Its ``objectName`` is ``action.<id>``.

    ``menu`` may name a submenu after a slash: "View/&Canvas". ``does`` is the method of the feature's class that is
    called when the action is chosen, with what is ``given``, and with its state if it can be checked by itself.
    ``before`` is the action of another feature that it stands in front of; else it comes after those of the features
    before. Of the actions of one ``group``, one is checked. ``short`` stands on a button with room for a word only,
    ``icon`` is a drawing under ``resources/icons``, ``role`` is where macOS puts it. One that ``waits`` is disabled
    until its feature enables it. It is there while all that it is ``about`` is available. Where ``initial``, the first
    letter of its text that is free leads to it in its menu.
    """

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
    """A dock, ``dock.<name>``.

    ``panel`` is the "module:Class" of a panel that shows the run at one iteration, at most every ``least_s`` seconds;
    it is made when it is first seen. Where there is none, the feature itself fills the dock.
    """

    name: str
    title: str
    panel: str = ""
    least_s: float = NUMBERS_S


@dataclass(frozen=True)
class Feature:
    """What a folder of the window brings into it.

    ``made`` is the "module:Class" that is made from the window's `Services`: when one of its actions is first chosen
    or another feature asks for it; with ``starts``, as soon as the window has been painted, because it shows
    something or listens from the beginning; when one of the display's ``switches`` is on; or with one of the
    ``views``. It cannot do without the features that it ``needs``; whether another one is there, it asks.
    """

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
        """The classes of what a view or a dock of its own shows, as "module:Class"."""
        made = (self.made,) if self.made and (self.views or self.docks) else ()
        return made + tuple(dock.panel for dock in self.docks if dock.panel)


def named(path: str) -> Any:
    """What "module:name" stands for."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def in_menu_order(features: Iterable[Feature]) -> tuple[ActionRecord, ...]:
    """The actions of all features as the menus show them, one menu after the other."""
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
        """Make them from these `Services` from now on; what computes waits at the ``gate`` meanwhile."""
        self._services, self._gate = services, gate

    def __contains__(self, id_: str) -> bool:
        return id_ in self._records

    def __getitem__(self, id_: str) -> Any:
        """A feature, made now if it was not there yet. Raises ``RuntimeError`` where two need each other."""
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
        """Do what an action does; before there is a run, nothing."""
        if self._services is not None:
            with self._gate:
                getattr(self[self._owners[record.id]], record.does)(*record.given, *state)
