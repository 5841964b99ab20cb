"""Opens the window of challenges, and the networks that were saved there."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QTabWidget, QVBoxLayout

from curvegui.core.challenges.smallest import SmallNetwork
from curvegui.core.language.text import mark, tr
from curvegui.core.presets.names import titled
from curvegui.files.project.project import Project
from curvegui.session.stored.smallest import SmallestNetworks
from curvegui.session.study.by_hand import HandGame
from curvegui.ui.actions.services import Services
from curvegui.ui.challenges.by_hand import HandPage
from curvegui.ui.challenges.smallest import SmallestPage
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, named, open_as_large_as
from curvegui.ui.widgets.scrolled import ScrollPage
from curvegui.ui.widgets.spoken import announce

LINES = 38, 48  # the window's width and height at first, in heights of a line of text


class ChallengesWindow(Dialog):
    """Shows the two challenges on two pages; the main window can be used beside it."""

    def __init__(self, game: HandGame, smallest: SmallestNetworks, services: Services) -> None:
        super().__init__("challenges", tr("Challenges"), services.window, is_kept=True)
        self._main, self._canvas = services.window, services.canvas
        session = services.session
        put = partial(services.features["documents"].put, label=tr("By hand"))
        tabs = named(QTabWidget(), "challenges.tabs", tr("Challenges"))
        tabs.addTab(ScrollPage(HandPage(game, session, put)), tr("&By hand"))
        tabs.addTab(ScrollPage(SmallestPage(smallest, session)), tr("&Smallest network"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Help)
        for each in (QDialogButtonBox.StandardButton.Close, QDialogButtonBox.StandardButton.Help):
            buttons.button(each).setAutoDefault(False)  # Enter in a number box is not for them
        buttons.rejected.connect(self.reject)
        buttons.helpRequested.connect(partial(services.explain, tr("Challenges")))
        filled(QVBoxLayout(self), (tabs, 1), buttons, edges=None)
        for keys, act in ((QKeySequence.StandardKey.Undo, session.undo), (QKeySequence.StandardKey.Redo, session.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        open_as_large_as(self, LINES)

    def appear(self) -> None:
        """Show the window at the right edge of the main window, so that the canvas stays in sight if possible."""
        if self.isVisible():
            self.activateWindow()
            return
        frame, canvas = self._main.frameGeometry(), self._canvas
        free = frame.right() - canvas.mapToGlobal(canvas.rect().topRight()).x()
        self.resize(max(min(self.width(), free), self.minimumSizeHint().width()), self.height())
        self.move(max(frame.right() - self.width(), frame.left()), frame.top() + (frame.height() - self.height()) // 2)
        self.show()


class ChallengeActions(QObject):
    """Opens the window of challenges; the challenges go on while that window is closed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, session = services, services.session
        self._game = HandGame(session, self)
        self._smallest = SmallestNetworks(session, services.favourites, self)
        self._smallest.noted.connect(self._report_noted)
        self._smallest.failed.connect(services.notify)
        self._smallest.loaded.connect(self._take)
        services.closed.connect(self._smallest.end)
        self._window: ChallengesWindow | None = None

    def show(self) -> None:
        if self._window is None:
            self._window = ChallengesWindow(self._game, self._smallest, self._services)
        self._window.appear()

    @Slot(object, int)
    def _report_noted(self, new: SmallNetwork, rank: int) -> None:
        words = mark("Noted: {title} with {parameters} parameters, number {place} in your list.")
        words = tr(words, title=titled(new.title), parameters=new.parameters, place=rank)
        announce(self._services.window, words)
        self._services.notify(words)

    @Slot(object)
    def _take(self, project: Project) -> None:
        self._services.features["documents"].put(project.record, tr("Open smallest network"), is_work=True)
        self._services.notify(tr("Opened “{name}”. Undo returns to the previous run.", name=project.name))
