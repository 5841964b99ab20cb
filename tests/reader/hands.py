"""What a screen reader knows of the app, and the hands of who uses one: everything goes by name, over AT-SPI.

It runs in the system's Python, which has the bindings: nothing of the app may be imported here.
"""

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

WAIT_S = 60  # for anything: a busy machine is no failure
PANES = {"dialog", "menu", "frame", "alert", "tool bar", "menu bar", "window", "popup menu", "panel"}
TO = " › "
State = Atspi.StateType


def serve() -> None:
    """Take the events that have come."""
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass
    time.sleep(0.02)


class Thing:
    """One accessible thing: its name, its role, what it says, what can be done with it.

    Each question goes to the app and back, so that what many things ask of one is asked once.
    """

    def __init__(self, accessible: Any, parent: "Thing | None" = None) -> None:
        self.it, self.parent = accessible, parent

    @property
    def name(self) -> str:
        return self.it.get_name() or ""

    @property
    def role(self) -> str:
        return self.it.get_role_name()

    @property
    def description(self) -> str:
        return self.it.get_description() or ""

    def has(self, *states: Any) -> bool:
        """Whether it is in all of these states."""
        found = self.it.get_state_set()
        return all(found.contains(state) for state in states)

    @property
    def children(self) -> "Iterator[Thing]":
        for number in range(self.it.get_child_count()):
            child = self.it.get_child_at_index(number)
            if child is not None:
                yield Thing(child, self)

    def walk(self) -> "Iterator[Thing]":
        """It, and all below it that can be seen."""
        yield self
        for child in self.children:
            try:
                if child.has(State.SHOWING):
                    yield from child.walk()
            except GLib.Error:  # it has gone while it was looked at
                continue

    def entries(self, way: str = "") -> "Iterator[tuple[str, Thing]]":
        """The entries that lead to no other menu, by their way: "Run › Step › One iteration".

        They can be chosen without being seen.
        """
        for child in (each for each in self.children if each.role in ("menu item", "popup menu")):
            below = TO.join(filter(None, (way, child.name)))
            yield from child.entries(below)
            if child.role == "menu item" and not any(True for _ in child.children):
                yield below, child

    @property
    def place(self) -> str:
        """The panel, dialog or menu that it is in."""
        return self.parent._place_within if self.parent else "nothing"

    @cached_property
    def _place_within(self) -> str:
        return f"{self}" if self.role in PANES and self.name else self.place

    @property
    def label(self) -> str:
        """The name of what labels it: a combo box's own name is what it shows."""
        labels = (
            Thing(relation.get_target(0)).name
            for relation in self.it.get_relation_set()
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY
        )
        return next(labels, "")

    def press(self) -> None:
        """Do what it is for."""
        actions = self.it.get_action_iface()
        names = [actions.get_action_name(number) for number in range(actions.get_n_actions())]
        wanted = next(each for each in ("Press", "Toggle", "ShowMenu", "SetFocus") if each in names)
        actions.do_action(names.index(wanted))

    @property
    def value(self) -> float:
        return self.it.get_value_iface().get_current_value()

    @value.setter
    def value(self, number: float) -> None:
        self.it.get_value_iface().set_current_value(number)

    def write(self, words: str) -> None:
        """Type something in place of what is there."""
        self.it.get_editable_text_iface().set_text_contents(words)

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”"


class Reader:
    """Reads one app, and does what is wanted; ``heard`` are its announcements."""

    def __init__(self, app: str) -> None:
        Atspi.init()
        Atspi.set_timeout(1000 * WAIT_S, 1000 * WAIT_S)  # its own 0.8 s is too little where much else is to be done
        self.heard: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")
        self.app = self.wait_for(f"the app {app}", lambda: self._app(app))

    def _hear(self, event: Any) -> None:
        if isinstance(event.any_data, str):
            self.heard.append(event.any_data)

    def _app(self, name: str) -> Thing | None:
        desktop = Atspi.get_desktop(0)
        apps = (desktop.get_child_at_index(number) for number in range(desktop.get_child_count()))
        return next((Thing(each) for each in apps if each is not None and each.get_name() == name), None)

    def wait_for(self, what: str, find: Callable[[], Any]) -> Any:
        """What is found in the end. Raises ``AssertionError`` where it never comes."""
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            try:
                found = find()
            except GLib.Error:
                found = None
            if found:
                return found
            serve()
        raise AssertionError(f"{what} never came")

    def find(self, name: str, role: str = "", within: Thing | None = None) -> Thing:
        """The first with this name that can be seen, waited for; the role may be any."""

        def found() -> Thing | None:
            things = (within or self.app).walk()
            return next((each for each in things if each.name == name and role in {"", each.role}), None)

        return self.wait_for(f"{role} “{name}”", found)

    def choose(self, entry: str) -> None:
        """Choose an entry of a menu by its name."""
        self.wait_for(entry, lambda: next((each for _, each in self.entries() if each.name == entry), None)).press()

    def entries(self) -> Iterator[tuple[str, Thing]]:
        """Those of the menu bar."""
        return self.find("", "menu bar").entries()

    def dialogs(self) -> list[Thing]:
        """The dialogs that are open."""
        return [each for each in self.app.children if each.role in {"dialog", "alert"} and each.has(State.SHOWING)]

    def wait_for_dialog(self) -> Thing:
        """The dialog that opens."""
        return self.wait_for("a dialog", lambda: next(iter(self.dialogs()), None))

    def wait_for_end_of(self, name: str) -> None:
        """Wait until the dialog of this name has closed; another one may have opened."""
        self.wait_for(f"the end of “{name}”", lambda: all(each.name != name for each in self.dialogs()))

    def settle(self) -> None:
        """Wait until the tree stays as it is."""
        before = -1
        while True:
            count = sum(1 for _ in self.app.walk())
            if count == before:
                return
            before = count
            for _ in range(20):
                serve()
