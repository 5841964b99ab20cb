"""Opens the window of challenges, and does what it asks for: begins runs, opens those that were kept."""

from PySide6.QtCore import QObject, Slot

from curvegui.core.challenges.smallest import SmallNetwork
from curvegui.core.language.text import tr
from curvegui.core.presets.names import titled
from curvegui.files.project.project import Project
from curvegui.session.stored.smallest import SmallestNetworks
from curvegui.session.study.by_hand import HandGame
from curvegui.ui.actions.services import Services
from curvegui.ui.challenges.window import ChallengesWindow
from curvegui.ui.widgets.spoken import announce


class ChallengeActions(QObject):
    """Connects the challenges to the window; both go on while theirs is closed."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, session = services, services.session
        self._game = HandGame(session, self)
        self._smallest = SmallestNetworks(session, services.favourites, self)
        self._smallest.noted.connect(self._tell_noted)
        self._smallest.failed.connect(services.tell)
        self._smallest.loaded.connect(self._take)
        services.closed.connect(self._smallest.end)
        self._window: ChallengesWindow | None = None

    def show(self) -> None:
        """Open their window, or bring it to the front."""
        if self._window is None:
            self._window = ChallengesWindow(self._game, self._smallest, self._services)
            self._window.destroyed.connect(self._forget)
        self._window.appear()

    @Slot()
    def _forget(self) -> None:
        self._window = None

    @Slot(object, int)
    def _tell_noted(self, new: SmallNetwork, place: int) -> None:
        words = tr(
            "Noted: {title} with {parameters} parameters, number {place} in your list.",
            title=titled(new.title),
            parameters=new.parameters,
            place=place,
        )
        announce(self._services.window, words)
        self._services.tell(words)

    @Slot(object)
    def _take(self, project: Project) -> None:
        self._services.features["documents"].put(project.record, tr("Open smallest network"), is_work=True)
        self._services.tell(tr("Opened “{name}”. Undo returns to the previous run.", name=project.name))
