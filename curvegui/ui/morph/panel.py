"""The panel of the morph: which curves follow each other, the position between them, and the speed."""

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGraphicsPathItem, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from curvegui.core.curve.curve import Curve
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.morphing import MOST_ITERATIONS, Morph, name_of
from curvegui.core.presets.names import worded
from curvegui.core.presets.presets import PRESETS
from curvegui.figure.drawing.look import LineStyle
from curvegui.figure.drawing.target_drawing import thumbnail
from curvegui.session.run.morphing import STEPS
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.run_items import CURVES, lay_over, show_outline
from curvegui.ui.look.icons import icon
from curvegui.ui.look.layouts import FlowLayout, filled, named, side_by_side, styled
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.form import label_unseen
from curvegui.ui.widgets.scrolled import ActingComboBox, CountBox, FocusPage, ScrolledSlider


class LiftedTarget(QObject):
    """The target as an item of its own over the canvas, while the morph changes the target."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        self._services, self._canvas = services, services.canvas
        self.item = QGraphicsPathItem()
        self._is_lifted = False
        lay_over(self._canvas.scene(), CURVES - 0.7, self.item)  # behind the fit
        self.item.hide()

    def lift(self, lifted: bool) -> None:
        if lifted == self._is_lifted:
            return
        self._is_lifted = lifted
        reshaping = self._services.actions["curve.reshape"]
        if lifted and reshaping.isChecked():  # it draws the target itself
            reshaping.trigger()
        if lifted:
            self._canvas.redrawn.connect(self._draw)
        else:
            self._canvas.redrawn.disconnect(self._draw)
            self.item.hide()
        self._canvas.lift_target(lifted)

    @Slot(object)
    def _draw(self, snapshot: Snapshot) -> None:
        display = self._services.display.now
        self.item.setPen(display.look.target.pen(1.0))
        show_outline(self.item, self._canvas.from_plane(snapshot.target.outline) if display.target else None)


FAR_PX, NEAREST_PX = 1.2, 2.6  # not by its colour alone
SIDE_LINES = 2.4  # of a thumbnail, in heights of a line
GAP_PX = 6
ARROW = "→"


class KeyframeRow(QWidget):
    """Shows the keyframes of a morph; the nearest one is in the accent colour, with a thick line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("morph.keyframes")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the arrows, and the slider below
        self._flow = FlowLayout(GAP_PX, self)
        self._morph, self._nearest = Morph(), -1
        self._pictures: list[QLabel] = []
        follow_theme(self._paint_all)

    def show_morph(self, morph: Morph) -> None:
        """Show a morph; pictures are made anew only if the keyframes have changed."""
        is_other, self._morph = morph.keyframes != self._morph.keyframes, morph
        if is_other:
            for label in self.findChildren(QLabel):
                label.deleteLater()
            self._flow.clear()
            names = [worded(name_of(curve)) for curve in morph.keyframes]
            self._pictures = [named(QLabel(), f"morph.keyframe.{n}", name, name) for n, name in enumerate(names)]
            for number, picture in enumerate(self._pictures):
                if number:
                    self._flow.addWidget(QLabel(ARROW))
                self._flow.addWidget(picture)
            self.updateGeometry()
        if is_other or round(morph.position) != self._nearest:
            self._paint_all()

    @Slot()
    def _paint_all(self) -> None:
        self._nearest, theme = round(self._morph.position), current_theme()
        side = round(SIDE_LINES * self.fontMetrics().height())
        for number, (picture, curve) in enumerate(zip(self._pictures, self._morph.keyframes, strict=True)):
            is_nearest = number == self._nearest
            stroke = LineStyle(theme.accent, NEAREST_PX) if is_nearest else LineStyle(theme.muted, FAR_PX)
            picture.setPixmap(thumbnail(curve, side, self.devicePixelRatioF(), stroke))
            picture.setAccessibleDescription(tr("now {now}", now=worded(name_of(curve))) if is_nearest else "")
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)


EDGES_PX, SPACING_PX = (0, 0, 0, 0), 8
PICTURE_LINES, NAME_LINES = 2, 12  # of a curve in the list: its picture and its name at most, in heights of a line
LINE_PX = 1.4  # of its picture
EMPTY = mark(
    "Choose a curve above: the present one will change into it, and the network has to follow. Choose more to go on."
)
FULL = mark("Drag the slider, or press the button beside it: the curve changes as the run goes on. Undo takes it back.")


class CurveChoice(ActingComboBox):
    """A list of curves to choose from, each with its picture and name."""

    def showPopup(self) -> None:
        side, ink = round(PICTURE_LINES * self.fontMetrics().height()), LineStyle(current_theme().text, LINE_PX)
        for row in range(self.count()):
            if (curve := self.itemData(row)) is not None:
                self.setItemIcon(row, QIcon(thumbnail(curve, side, self.devicePixelRatioF(), ink)))
        self.view().setIconSize(QSize(side, side))
        super().showPopup()


class MorphPanel(FocusPage):
    """Shows the session's morph, with buttons and a slider that change it."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._morphing, self._curves = study.session.morphing, study.services.features["curves"]
        self._lifted = LiftedTarget(study.services)
        self._choice = named(CurveChoice(), "morph.choice")
        self._remove = styled(named(QPushButton(tr("Remove last")), "morph.remove"), "low")
        self._row, self._hint = KeyframeRow(), styled(named(QLabel(wordWrap=True), "morph.hint"), "muted")
        self._play = styled(named(QToolButton(), "morph.play"), "chip")
        self._slider = named(ScrolledSlider(), "morph.position", tr("Position of the morph"))
        self._iterations = CountBox("morph.iterations", tr("Iterations from one curve to the next"))
        self._iterations.setRange(1, MOST_ITERATIONS)
        self._iterations.setGroupSeparatorShown(True)
        page = QWidget()
        speed = styled(QLabel(tr("Iterations from one curve to the next")), "leads")
        speed.setBuddy(self._iterations)
        above = side_by_side(self._choice, self._remove, spacing=SPACING_PX)
        label_unseen(self._choice, tr("Morph into"))
        player = QWidget()
        player.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as its slider
        filled(QHBoxLayout(player), self._play, (self._slider, 1), spacing=SPACING_PX)
        below = side_by_side(speed, self._iterations, spacing=SPACING_PX)
        column = above, self._row, player, below, self._hint, 1
        filled(QVBoxLayout(page), *column, edges=EDGES_PX, spacing=SPACING_PX)
        self.hold(page)
        morphing = self._morphing
        morphing.changed.connect(self._show)
        self._curves.recent_changed.connect(self._list_curves)
        self._choice.activated.connect(self._add)
        self._remove.clicked.connect(morphing.remove_last)
        self._play.clicked.connect(lambda: morphing.stop() if morphing.is_playing else morphing.play())
        self._slider.sliderPressed.connect(self._hold)
        self._slider.sliderReleased.connect(self._release)
        self._slider.valueChanged.connect(self._go_to)
        self._iterations.valueChanged.connect(morphing.set_iterations)
        self._list_curves()
        self._show(morphing.now)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        """Do nothing: the panel does not depend on the network."""

    @Slot()
    def _list_curves(self) -> None:
        self._choice.clear()
        self._choice.addItem(tr("Morph into…"))
        metrics, own = self.fontMetrics(), [(worded(curve.name), curve) for curve in self._curves.recent]
        for label, curve in [*own, *((preset.label, name) for name, preset in PRESETS.items())]:  # a formula is long
            short = metrics.elidedText(label, Qt.TextElideMode.ElideRight, NAME_LINES * metrics.height())
            self._choice.addItem(short, curve)

    @Slot(int)
    def _add(self, chosen: int) -> None:
        curve: str | Curve | None = self._choice.itemData(chosen)
        self._choice.setCurrentIndex(0)
        if curve is not None:
            self._morphing.add(curve)

    @Slot()
    def _hold(self) -> None:
        self._morphing.hold()
        self._lifted.lift(True)

    @Slot()
    def _release(self) -> None:
        self._morphing.release()
        self._show(self._morphing.now)

    @Slot(int)
    def _go_to(self, position: int) -> None:
        self._morphing.go_to(position / STEPS)

    @Slot(object)
    def _show(self, morph: Morph) -> None:
        is_there, playing = bool(morph.keyframes), self._morphing.is_playing
        self._row.show_morph(morph)
        self._row.setVisible(is_there)
        self._hint.setText(tr(FULL if is_there else EMPTY))
        for widget in (self._play, self._slider, self._remove):
            widget.setEnabled(is_there)
        self._choice.setEnabled(not self._morphing.is_full)
        self._lifted.lift(playing or self._slider.isSliderDown())
        self._play.setIcon(icon("pause" if playing else "play", "text"))
        words = tr("Stop the morph") if playing else tr("Play the morph")
        named(self._play, "morph.play", words, words)
        with QSignalBlocker(self._slider), QSignalBlocker(self._iterations):
            self._slider.setRange(0, STEPS * morph.end)
            if not self._slider.isSliderDown():
                self._slider.setValue(round(STEPS * morph.position))
            self._iterations.setValue(morph.iterations)
