"""Where the card of a tour stands: at the top of the window, with the frames around what it speaks of."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDockWidget, QWidget

from curvegui.core.language.text import tr
from curvegui.session.study.tour import Tour
from curvegui.ui.actions.services import Services
from curvegui.ui.tour.card import TourCard
from curvegui.ui.tour.frame import TourPointer


class TourDock(QDockWidget):
    """As wide as the window, and as high as the ``card``; the ``pointer`` has the frames."""

    def __init__(self, services: Services, tour: Tour, in_class: bool) -> None:
        super().__init__(tr("Guided tour"), services.window)
        self._services, self._window = services, services.window
        self.card = TourCard(tour, in_class)
        self.card.settled.connect(self._share_out, Qt.ConnectionType.QueuedConnection)  # when the window is laid out
        self.card.chapter_wanted.connect(services.explain)
        self.setObjectName("dock.tour")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget())
        self.toggleViewAction().setVisible(False)  # the tour is left, not hidden
        self.setWidget(self.card)
        for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.TopRightCorner):
            self._window.setCorner(corner, Qt.DockWidgetArea.TopDockWidgetArea)
        services.docks.sizes.card = self
        services.docks.sizes.put_card()
        self._window.resized.connect(self.card.settle)  # its height may be another one
        self.pointer = TourPointer(services)

    @Slot()
    def _share_out(self) -> None:
        """The lesson lays out the window: the panels share what the card leaves."""
        if not self._services.availability.whole_layout:
            self._services.views.share_out()

    def put_away(self) -> None:
        """Go for good, with the frames."""
        self.pointer.point_at(())
        self.pointer.deleteLater()
        self._window.resized.disconnect(self.card.settle)
        self._services.docks.sizes.card = None
        self._window.removeDockWidget(self)
        self.setParent(None)  # or the view would put it back
        self.deleteLater()
