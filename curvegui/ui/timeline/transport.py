"""The controls under the canvas: run and pause, steps, reset, speed; or, while a person looks back, playback."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QToolButton, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.session.run.delivery import Phase
from curvegui.ui.actions.actions import BESIDE_ICON, ICON, Actions, chip
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import FlowLayout, named, side_by_side, styled
from curvegui.ui.settings.form import SettingsForm
from curvegui.ui.timeline import STEPS
from curvegui.ui.timeline.speed import SpeedField

LOOKING_BACK = {
    "time.play_back": (mark("Play backwards"), ICON),
    "time.play": (mark("Play forwards"), ICON),
    "time.best": (mark("Go to the best iteration"), ICON),
    "time.go_on": (mark("Go on from here"), BESIDE_ICON),
    "time.now": (mark("Now"), ICON),
}
RUN, SPACE = mark("Run"), mark("Space")
TIPS = {Phase.LEARNING: mark("Pause"), Phase.FINISHED: mark("Continue, for as many iterations again")}
ROWS = (  # from the widest to the narrowest: the buttons with words, and whether there are the speed's label and speed
    (BESIDE_ICON, True, True), (BESIDE_ICON, False, True), (ICON, False, True), (ICON, False, False),
)  # fmt: skip
SPACING_PX, NEAR_PX = 8, 8  # between the parts and their rows, and between buttons that belong together


class StepButton(QToolButton):
    """Does one of its actions; the arrow beside it, or the key Down, lets a person choose another action."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        styled(named(self, "button.run.step"), "chip")
        self.setIconSize(icon_size(self, 1.1))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._actions = list(actions)
        self._menu = QMenu(self)
        self._menu.addActions(self._actions)
        self._menu.triggered.connect(self._choose)
        self.setMenu(self._menu)
        self._choose(self._actions[0])

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self.setDefaultAction(action)
        self.setAccessibleName(action.iconText())

    def sizeHint(self) -> QSize:
        """Room for the longest number, so that nothing beside the button moves."""
        if self.toolButtonStyle() == ICON:
            return super().sizeHint()
        widths = [self.fontMetrics().size(0, action.iconText()).width() for action in self._actions]  # as Qt does
        now = self.fontMetrics().size(0, self.text()).width()
        return super().sizeHint() + QSize(max(widths) - now, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)


class Transport(QWidget):
    """Buttons for the run's actions, and its speed; ``form`` connects the speed's editor to the session."""

    guide = "Running"

    def __init__(self, actions: Actions, form: SettingsForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the timeline below, in every language
        self.setObjectName("transport")
        self.toggle, self._form = actions["run.toggle"], form
        self.run = named(QToolButton(), "run")
        self.run.clicked.connect(self.toggle.trigger)
        self.run.setIconSize(icon_size(self.run, 1.6))
        self._flow = FlowLayout(SPACING_PX, self)
        self._flow.addWidget(self.run)
        steps = StepButton([actions[f"run.step_{count}"] for count in STEPS])
        reset = chip(actions["run.reset"], tr("Reset"), BESIDE_ICON)
        self._live = side_by_side(steps, reset, spacing=NEAR_PX)
        past = [chip(actions[id_], tr(name), style) for id_, (name, style) in LOOKING_BACK.items()]
        self._worded = [each for each in (steps, reset, *past) if each.toolButtonStyle() == BESIDE_ICON]
        self._past = named(side_by_side(*past, spacing=NEAR_PX), "transport.past")
        self._is_in_row = self._is_narrow = False
        self._pages = QStackedWidget()  # as large as the larger one: nothing moves
        self._pages.addWidget(self._live)
        self._pages.addWidget(self._past)
        self._flow.addWidget(self._pages)
        self.speed = styled(SpeedField(), "fills")
        self._flow.addWidget(form.add(self.speed))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_phase(Phase.PAUSED)

    def fit_in_row(self, available: int | None) -> bool:
        """Have one row in the ``available`` px; where they are too few, without words, and at last without the speed.
        None is all the room there may be. Return whether the speed is there."""
        has_speed, self._is_in_row = True, available is not None
        self._be_narrow(False)
        for style, has_label, has_speed in ROWS:
            for button in self._worded:
                button.setToolButtonStyle(style)
            self.speed.label.setVisible(has_label)
            self.speed.setVisible(has_speed and self._form.offers("speed"))
            for part in (self._pages, self.speed):
                part.updateGeometry()
            if available is None or self.row_hint().width() <= available:
                break
        return has_speed

    def row_hint(self) -> QSize:
        """The size of all parts in one row."""
        self.setMinimumHeight(0)  # it was for another width
        return self._flow.sizeHint()

    @Slot(object)
    def show_playhead(self, iteration: int | None) -> None:
        """Show the buttons that lead through the past while a person looks back, else the buttons of the live run."""
        self._pages.setCurrentWidget(self._live if iteration is None else self._past)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.speed.box.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height of the rows at this width: the layout around asks only for the height of one row."""
        super().resizeEvent(event)
        if not self._is_in_row:
            self._be_narrow(self.width() < self.speed.steps.sizeHint().width())
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def _be_narrow(self, is_narrow: bool) -> None:
        """Where not even the steps of the speed have room, its number stands for them, and icons for words."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.speed.be_narrow(is_narrow)
            for button in self._worded:
                button.setToolButtonStyle(ICON if is_narrow else BESIDE_ICON)

    def show_phase(self, phase: Phase) -> None:
        word, entry, drawing = {
            Phase.LEARNING: (tr("Pause"), tr("&Pause"), "pause"),
            Phase.FINISHED: (tr("Continue"), tr("&Continue"), "play"),
        }.get(phase, (tr(RUN), tr("&Run"), "play"))
        self.toggle.setText(entry)
        self.run.setIcon(icon(drawing, "on_accent"))
        named(self.run, "run", word, f"{tr(TIPS.get(phase, tr(RUN)))} ({tr(SPACE)})")
