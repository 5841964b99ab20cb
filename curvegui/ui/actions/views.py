"""Which of the four views is shown, and how the person has left each of the others."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import shiboken6
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.actions.centre import BY_VIEW, Centre
from curvegui.ui.actions.display import DisplayOwner
from curvegui.ui.actions.docks import Docks
from curvegui.ui.actions.view import FIRST, VIEWS
from curvegui.ui.look.layouts import line_px

SIZE = QSize(1280, 830)
FRAME_PX = QSize(16, 48)  # kept free on the screen for the window's frame and its title bar
VERSION = 3  # of the docks: an older layout is not restored
CONTROLS_LINES, LEAST_SHARE = 23, 0.4  # the width of the controls in two rows, in heights of a line of text


class Views(QObject):
    """Owns the present view, and how the person has left the other views."""

    changed = Signal(object)  # the View that is shown now

    def __init__(
        self,
        window: QMainWindow,
        centre: Centre,
        docks: Docks,
        display: DisplayOwner,
        preferences_file: PreferencesFile,
    ) -> None:
        super().__init__(window)
        self._window, self._centre, self._docks, self._display = window, centre, docks, display
        self._preferences_file, self.is_complete = preferences_file, False
        self._availability = docks.availability
        self._left = _left(preferences_file.present.views)
        self._left_before: dict[str, Any] = {}  # how views were left before views or panels were withheld
        self._arranged: tuple[tuple[str, ...], ...] = ()
        self._refitted: Mapping[str, Any] = {}  # how the present view was left in a window of another size
        last = str(self._left.pop("now", FIRST))
        self.now = VIEWS.get(preferences_file.present.start_view) or VIEWS.get(last, VIEWS[FIRST])
        self.presented_from = str(self._left.pop("presented_from", ""))  # the view to go back to; remembered, too
        docks.availability.changed.connect(self._obey)

    @property
    def is_new(self) -> bool:
        """Whether the present view is arranged as a new user finds it."""
        return "docks" not in self._left.get(self.now.id, {})

    @property
    def own(self) -> str:
        """The id of the view that the person has chosen, even if this view is withheld now."""
        return str(self._left_before.get("now", self.now.id))

    def restore(self) -> None:
        """Put the window where it was, with the view that it had; for a new user, make it fit the screen."""
        self._centre.keep_free(bool(self._left.get(self.now.id, {}).get("curves", self.now.curves)))
        self._window.resize(SIZE)
        geometry = QByteArray.fromBase64(self._preferences_file.present.geometry.encode())
        if not (geometry and self._window.restoreGeometry(geometry)):
            self._window.resize(SIZE.boundedTo(self._available))
        self._put()
        self.is_complete = not self.is_new

    @property
    def _available(self) -> QSize:
        return self._window.screen().availableSize() - FRAME_PX

    def show(self, id_: str) -> None:
        """Show another view, as the person has left it, if it is available; the run goes on."""
        if id_ != self.now.id and f"view.{id_}" in self._availability:
            self._note()
            self.now = VIEWS[id_]
            self._enter()

    def reset(self) -> None:
        self._left.pop(self.now.id, None)
        self._enter()

    @Slot()
    def _obey(self) -> None:
        """While views or panels are withheld, show the rest as to a new user; afterwards, everything as before."""
        if self._availability.whole_layout and not self._left_before:
            return
        if not self._left_before:
            self._note()
            self._left_before = {**self._left, "now": self.now.id}
        self._left = {}
        if self._availability.whole_layout:
            self._left, self._left_before = self._left_before, {}
            self.now = VIEWS[self._left.pop("now")]
        elif f"view.{self.now.id}" not in self._availability:
            self.now = next(view for id_, view in VIEWS.items() if f"view.{id_}" in self._availability)
        self._enter()

    def _enter(self) -> None:
        """Show the present view; if the widget with the focus is not visible any more, the canvas gets it."""
        focus = self._window.focusWidget()
        self._put()
        if focus is not None and self._window.focusWidget() is not focus:  # Qt gave the focus to the first button
            stays = shiboken6.isValid(focus) and focus.isVisible()  # the tabs of the other view have gone
            (focus if stays else self._centre.canvas).setFocus(Qt.FocusReason.OtherFocusReason)
        self.share_out()
        self.changed.emit(self.now)

    def _put(self) -> None:
        view, left = self.now, self._left.get(self.now.id, {})
        self._window.setUpdatesEnabled(False)
        try:
            self._docks.share = self._share
            above = [group[0] for group in self._groups[:-1]]
            self._docks.usual = dict(zip(above, view.heights, strict=False))
            around = left.get("around")
            self._centre.show_only(BY_VIEW.intersection(map(str, around)) if isinstance(around, list) else view.around)
            state = QByteArray.fromBase64(str(left.get("docks", "")).encode())
            as_usual = left.get("is_low", self._is_low) == self._is_low  # else in a window of quite another height
            if not (as_usual and state and self._window.restoreState(state, VERSION)):
                self._left.pop(view.id, None)
                self._arranged = self._groups
                self._docks.arrange(self._arranged)
            self._docks.drop_old_tabs()
            self._refitted = left if left.get("size") != self._size else {}  # Qt has kept sizes in px
            self._docks.obey()
            self._display.see(curves=bool(left.get("curves", view.curves)))
        finally:
            self._window.setUpdatesEnabled(True)

    @property
    def _share(self) -> float:
        """The panels' share of the window's width; less in a narrow window, for the controls below the canvas."""
        controls = CONTROLS_LINES * line_px(self._window)
        return min(self.now.share, max(1 - controls / max(self._window.width(), 1), LEAST_SHARE))

    @property
    def _size(self) -> list[int]:
        return [self._window.width(), self._window.height()]

    @property
    def _is_low(self) -> bool:
        return self._window.height() < self.now.lines * line_px(self._window)

    @property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        return self.now.groups(self._is_low)

    def share_out(self) -> None:
        """Give panels that nobody has rearranged their usual sizes, and other panels the sizes they had."""
        if self.is_new:
            self._docks.share = self._share
            self._docks.share_out(self._groups)
        elif self._refitted and self.is_complete:
            self._docks.give_parts(self._refitted.get("part"), self._refitted.get("parts"))
            self._refitted = {}

    def fit(self) -> None:
        """For a new user, put the panels as they are usual in a window of the present height."""
        if self.is_new and self._arranged != self._groups:
            self._put()
        self.share_out()

    @Slot()
    def complete(self) -> None:
        """The window is complete: let the panels be made narrower, and remember from now on how the views are left."""
        self.is_complete = True
        self.share_out()
        self._docks.let_go()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # else it would be as wide as before
        least = self._window.minimumSizeHint()
        if least != least.boundedTo(self._available):
            self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowMaximized)

    def _note(self) -> None:
        if self.is_complete:
            usual = [is_low for is_low in (False, True) if self._docks.stand_as(self.now.groups(is_low))]
            self._left[self.now.id] = {
                "docks": bytes(self._window.saveState(VERSION).toBase64().data()).decode(),
                "size": self._size,
                "part": self._docks.part,
                "parts": self._docks.parts,
                **({"is_low": usual[0]} if len(usual) == 1 else {}),  # the person has not moved the panels
                "around": sorted(self._centre.shown),
                "curves": self._display.now.curves,
            }

    def keep(self) -> None:
        """Save how each view is arranged; before the window is complete, a new user's views are not saved."""
        self._note()
        if self.is_complete:
            self._preferences_file.remember(
                geometry=bytes(self._window.saveGeometry().toBase64().data()).decode(),
                views=json.dumps(
                    {"now": self.now.id, "presented_from": self.presented_from, **(self._left_before or self._left)}
                ),
            )


def _left(text: str) -> dict[str, Any]:
    """How views were left, by their ids, read from JSON; empty if the text is no such JSON."""
    with suppress(ValueError, RecursionError):
        saved = json.loads(text)
        if isinstance(saved, dict):
            names = {key: saved[key] for key in ("now", "presented_from") if str(saved.get(key)) in VIEWS}
            return names | {id_: left for id_, left in saved.items() if id_ in VIEWS and isinstance(left, Mapping)}
    return {}
