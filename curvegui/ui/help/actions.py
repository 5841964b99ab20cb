"""The Help menu: the guide, the keys, the log, and the box about the app."""

from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from curvegui.core.language.text import tr
from curvegui.core.learner.engines import now_computing
from curvegui.ui.actions.services import Services
from curvegui.ui.help.about import AboutBox, copy_details
from curvegui.ui.help.guide import Guide
from curvegui.ui.help.keys import KEYS, MODEL
from curvegui.ui.help.log import LogWindow
from curvegui.ui.help.page import anchor_of

Window = TypeVar("Window", bound=QWidget)


class HelpActions(QObject):
    """Opens the guide, the log and the box about the app."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._window, self._log, self._features = services.window, services.log, services.features
        self._actions, self._notify, self._session = services.actions, services.notify, services.session

    @Slot()
    @Slot(str)
    def show_guide(self, anchor: str = "") -> None:
        around: QWidget = QApplication.activeModalWidget() or self._window  # a modal dialog disables other windows
        guide = _shown(Guide, around)
        if guide is None:
            guide = Guide(self._actions.offered(), anchor, around)
        elif anchor:
            guide.show_anchor(anchor)
        guide.show()
        guide.activateWindow()

    def show_here(self) -> None:
        """Open the guide at the widget under the pointer, or with the focus; after a key, first with the focus."""
        focus, modal = QApplication.focusWidget(), QApplication.activeModalWidget()
        pointed = QApplication.widgetAt(QCursor.pos())
        if pointed is not None and modal not in (None, pointed.window()):
            pointed = None
        seen = [pointed, focus]
        if focus is not None and focus.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            seen.reverse()
        anchors = [anchor_of(each, self._features.table) for each in seen]
        self.show_guide(next(filter(None, anchors), ""))

    def show_keys(self) -> None:
        self.show_guide(tr(KEYS))

    def show_log(self) -> None:
        before = _shown(LogWindow, self._window)
        if before is not None:
            before.close()
        LogWindow(self._log, self._window).show()

    def copy_details(self) -> None:
        self._notify(tr("Copied: {version} and what it runs on.", version=copy_details().splitlines()[0]))

    def show_about(self) -> None:
        box = AboutBox(self._window, now_computing(self._session.backend))
        box.model.clicked.connect(partial(self.show_guide, MODEL))
        box.open()


def _shown(kind: type[Window], around: QWidget) -> Window | None:
    """The visible window of a kind, or None; a closed window may not be deleted yet."""
    return next((each for each in around.findChildren(kind) if each.isVisible()), None)
