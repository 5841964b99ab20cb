"""The panels beside the canvas: the docks that hold them, and where a view puts these; a feature fills each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QDockWidget, QTabBar, QTabWidget, QWidget

from curvegui.core.language.text import tr
from curvegui.ui.actions.dock_sizes import Contents, DockSizes
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.actions.feature import DockRecord
from curvegui.ui.actions.view import Availability
from curvegui.ui.look.layouts import wrapped

FLOATS = QDockWidget.DockWidgetFeature.DockWidgetFloatable
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


class Docks(QObject):
    """The docks of a window, by name. ``opened`` is emitted when one of them is to be seen, with its name."""

    opened = Signal(str)

    def __init__(self, window: EventWindow, records: tuple[DockRecord, ...], availability: Availability) -> None:
        super().__init__(window)
        self._window, self.records, self.availability = window, records, availability
        self.sizes = DockSizes(window, self.in_sight, self.offers)
        window.setTabPosition(RIGHT, QTabWidget.TabPosition.North)
        self._by_name: dict[str, QDockWidget] = {}
        self._titling = QTimer(self, singleShot=True)
        self._titling.timeout.connect(self._write_titles)
        for record in records:
            self._add(record.name, record.title)
        window.closed.connect(self._put_away)

    def __getitem__(self, name: str) -> QDockWidget:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def offers(self, name: str) -> bool:
        """Whether there is such a dock, and it may be opened."""
        return name in self._by_name and f"panel.{name}" in self.availability

    def obey(self) -> None:
        """Close the docks that are not offered; the views ask for it, when they have noted how all was."""
        for name, dock in self._by_name.items():
            dock.toggleViewAction().setVisible(self.offers(name))
            if not self.offers(name):
                dock.hide()

    def let_float(self, can_float: bool) -> None:
        """Let docks be taken out of the window, or not."""
        for dock in self._by_name.values():
            features = dock.features()
            dock.setFeatures(features | FLOATS if can_float else features & ~FLOATS)

    @Slot()
    def _put_away(self) -> None:
        """Hide those that float: Qt would as it deletes them, when what their panels refer to may have gone."""
        for dock in self._by_name.values():
            if dock.isFloating():
                dock.hide()

    def fill(self, name: str, contents: QWidget, needed: Callable[[], int] | None = None) -> None:
        """Put a panel into its dock; one that is no use higher than ``needed``, in px, says so."""
        self.sizes.contents[name].column.addWidget(contents)
        if needed is not None:
            self.sizes.needed[name] = needed

    def is_seen(self, name: str) -> bool:
        """Whether a dock is open, and no other one in front of it."""
        contents = self.sizes.contents.get(name)
        return contents is not None and contents.isVisible() and not contents.visibleRegion().isEmpty()

    def show(self, name: str) -> None:
        """Open a dock and bring it to the front, if it is offered."""
        if self.offers(name):
            self._by_name[name].show()
            self._by_name[name].raise_()

    def show_behind(self, name: str) -> None:
        """Open a dock behind another one, which it does not cover; where there is none, it stays closed."""
        dock, front = self._by_name[name], self.in_sight()
        if dock.isHidden() and self.offers(name):
            dock.show()
            mates = self._window.tabifiedDockWidgets(dock)
            covered = [each for each in front if each in mates]
            if covered:
                covered[0].raise_()
            else:
                dock.hide()

    def in_sight(self) -> list[QDockWidget]:
        """The docks that are seen, in the order of their features."""
        return [dock for name, dock in self._by_name.items() if self.is_seen(name)]

    def first_in(self, dock: QWidget) -> QWidget | None:
        """What in a dock has the focus first, where its panel says so by a focus proxy."""
        contents = dock.findChild(Contents)
        panels = contents.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if contents else []
        return next((panel.focusProxy() for panel in panels if panel.focusProxy()), None)

    def toggles(self) -> list[QAction]:
        """The actions that show and hide each."""
        return [dock.toggleViewAction() for dock in self._by_name.values()]

    def _add(self, name: str, title: str) -> None:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock.{name}")
        font = dock.font()
        font.setStyleHint(QFont.StyleHint.SansSerif)  # one of its own: Qt writes the title in others only as they began
        dock.setFont(font)
        self.sizes.add(name, dock)
        dock.toggleViewAction().setObjectName(f"action.dock.{name}")
        dock.toggleViewAction().setText(title)
        dock.toggleViewAction().setToolTip(wrapped(tr("Show or hide: {title}", title=title)))
        dock.visibilityChanged.connect(self._note_visible)
        dock.topLevelChanged.connect(self._frame)
        for moved in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
            moved.connect(self._titling.start)
        self._window.addDockWidget(RIGHT, dock)
        dock.hide()
        self._by_name[name] = dock

    @Slot(bool)
    def _note_visible(self, visible: bool) -> None:
        if visible:  # the others go with the window, which then is no more
            self.opened.emit(self.sender().objectName().removeprefix("dock."))

    @Slot(bool)
    def _frame(self, floating: bool) -> None:
        """Give a dock an edge while it is a window of its own: not every system draws one around it."""
        dock = self.sender()
        if isinstance(dock, QDockWidget):
            _restyle(dock)

    @Slot()
    def _write_titles(self) -> None:
        """Of docks that share a place, the tabs say what they are: their own titles are not written below again."""
        for dock in self._by_name.values():
            tabbed = bool(self._mates(dock)) and not dock.isFloating()
            if tabbed != bool(dock.property("tabbed")):
                dock.setProperty("tabbed", tabbed)
                _restyle(dock)
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setVisible(bar.count() > 1)  # Qt puts one that has a single tab beside the window: it would be read

    # Where a view puts them

    def arrange(self, places: Sequence[Sequence[str]]) -> None:
        """Put docks at the right, from the top; those of one place share it, the first of them in front.

        All others are closed, and open in the last place, behind what is there.
        """
        places = [[name for name in place if self.offers(name)] for place in places]
        places = [place for place in places if place]
        seen = [name for place in places for name in place]
        others = [name for name in self._by_name if name not in seen]
        for name in [*seen, *others]:
            self._by_name[name].setFloating(False)
            self._window.removeDockWidget(self._by_name[name])  # from Qt 6.12 on, one that has a place would stay there
        last = None
        for place in places:
            last = None
            for name in place:
                self._put(name, last)
                last = name
        for name in others:
            self._put(name, last)
            self._by_name[name].hide()
            last = name
        for place in places:
            self._by_name[place[0]].raise_()

    def drop_old_tabs(self) -> None:
        """Delete the tabs of an arrangement that is no more.

        Qt does so when the event loop turns. Until then they are in the way, and the program ends if one is dragged.
        """
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            QCoreApplication.sendPostedEvents(bar, QEvent.Type.DeferredDelete.value)

    def stand_as(self, places: Sequence[Sequence[str]]) -> bool:
        """Whether they stand where `arrange` puts them."""
        fronts = sorted(self.in_sight(), key=lambda dock: dock.y())
        stacks = [{dock, *self._mates(dock)} for dock in fronts]
        wanted = [{self._by_name[name] for name in place if self.offers(name)} for place in places]
        at_right = [not dock.isFloating() and self._window.dockWidgetArea(dock) == RIGHT for dock in fronts]
        return all(at_right) and len({dock.x() for dock in fronts}) <= 1 and stacks == [each for each in wanted if each]

    def _mates(self, dock: QDockWidget) -> list[QDockWidget]:
        """Those that are open and share its place."""
        return [mate for mate in self._window.tabifiedDockWidgets(dock) if not mate.isHidden()]

    def _put(self, name: str, behind: str | None) -> None:
        """Put a dock behind another one, or below all that are there."""
        dock = self._by_name[name]
        if behind is None:
            self._window.addDockWidget(RIGHT, dock, Qt.Orientation.Vertical)
        else:
            self._window.tabifyDockWidget(self._by_name[behind], dock)
        dock.show()


def _restyle(dock: QDockWidget) -> None:
    dock.style().unpolish(dock)  # the style sheet looks at properties, as ``floating`` is one, only then
    dock.style().polish(dock)
    if (layout := dock.layout()) is not None:  # else the title would have the height it had before
        layout.invalidate()
        layout.activate()
    dock.update()
