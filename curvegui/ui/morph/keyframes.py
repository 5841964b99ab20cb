"""The curves of a morph side by side, and an arrow from each to the next."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.language.text import tr
from curvegui.core.learner.morphing import Morph, name_of
from curvegui.core.presets.names import worded
from curvegui.figure.drawing.look import LineStyle
from curvegui.figure.drawing.target_drawing import thumbnail
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.look.tips import named

LINE_PX, NEAREST_PX = 1.2, 2.6  # not by its colour alone
SIDE_LINES = 2.4  # of a thumbnail, in heights of a line
SPACING_PX = 6
ARROW = "→"


class KeyframeRow(QWidget):
    """Shows the keyframes; the one that the morph is nearest to has the accent, and a thick line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("morph.keyframes")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the arrows, and the slider below
        self._flow = FlowLayout(SPACING_PX, self)
        self._morph, self._shown = Morph(), -1
        self._pictures: list[QLabel] = []
        follow_theme(self._paint_all)

    def show_morph(self, morph: Morph) -> None:
        """Show the keyframes of a morph, made anew only where they are others."""
        is_other, self._morph = morph.keyframes != self._morph.keyframes, morph
        if is_other:
            self._make()
        if is_other or self._nearest != self._shown:
            self._paint_all()

    @property
    def _nearest(self) -> int:
        return round(self._morph.position)

    def _make(self) -> None:
        for label in self.findChildren(QLabel):
            label.deleteLater()
        self._flow.clear()
        self._pictures = []
        for number, curve in enumerate(self._morph.keyframes):
            if number:
                self._flow.addWidget(QLabel(ARROW))
            name = worded(name_of(curve))
            picture = named(QLabel(), f"morph.keyframe.{number}", name, name)
            self._pictures.append(picture)
            self._flow.addWidget(picture)
        self.updateGeometry()

    @Slot()
    def _paint_all(self) -> None:
        self._shown, theme = self._nearest, current_theme()
        side = round(SIDE_LINES * self.fontMetrics().height())
        for number, (picture, curve) in enumerate(zip(self._pictures, self._morph.keyframes, strict=True)):
            is_nearest = number == self._shown
            stroke = LineStyle(theme.accent, NEAREST_PX) if is_nearest else LineStyle(theme.muted, LINE_PX)
            picture.setPixmap(thumbnail(curve, side, self.devicePixelRatioF(), stroke))
            picture.setAccessibleDescription(tr("now {now}", now=worded(name_of(curve))) if is_nearest else "")
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
