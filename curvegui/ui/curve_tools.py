"""The tools that work on the curve, on the canvas itself: the pencil and the brush, one at a time."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from curvegui.core.curve import Curve
from curvegui.core.target import Target
from curvegui.figure.look import Look
from curvegui.ui.brush import Brush
from curvegui.ui.brush_marks import BrushMarks
from curvegui.ui.canvas import Canvas
from curvegui.ui.curve_modes import PENCIL, RESHAPE
from curvegui.ui.hand import Hand
from curvegui.ui.hint import Hint
from curvegui.ui.paper import CORNERS, Paper
from curvegui.ui.pencil import Pencil
from curvegui.ui.sheet import Sheet

HINTS = {
    PENCIL: ("Draw a curve in one stroke", "Esc cancels"),
    RESHAPE: ("Drag the curve", "Wheel or [ ] sets how much of it", "Alt or Shift takes one point", "Esc ends"),
}
CURSORS = {PENCIL: Qt.CursorShape.CrossCursor, RESHAPE: Qt.CursorShape.PointingHandCursor}


class CurveTools(QObject):
    """Puts a tool into the hand, and tells what is done with it.

    Parameters
    ----------
    canvas : Canvas
    look : Look

    Attributes
    ----------
    mode : str or None
        ``"pencil"``, ``"reshape"``, or None: then the hand moves the view as always.

    Signals
    -------
    mode_changed(str or None)
    drawn(Curve)
        A curve has been drawn; the pencil is put down.
    refused(str)
        What was drawn is no curve; a sentence that says why. The pencil stays in the hand.
    took_hold()
        A hand holds the curve.
    reshaped(Curve or str)
        The curve as it is now, at most about 20 times a second; after Esc what it was before, which can be the name
        of a preset.
    let_go()
        The hand holds the curve no longer; ``reshaped`` has told its last shape.
    """

    mode_changed = Signal(object)
    drawn = Signal(object)
    refused = Signal(str)
    took_hold = Signal()
    reshaped = Signal(object)
    let_go = Signal()

    def __init__(self, canvas: Canvas, look: Look) -> None:
        super().__init__(canvas)
        self.mode: str | None = None
        self._canvas = canvas
        self._sheet, self._hint, self._hand = Sheet(canvas.scene()), Hint(canvas.scene()), Hand(canvas.viewport())
        self._paper = Paper(canvas.scene())
        self._marks = BrushMarks(canvas, self._sheet)
        self._pencil, self._brush = Pencil(canvas, self._sheet), Brush(canvas, self._marks)
        self._keys = {
            key: self._shortcut(key, slot)
            for key, slot in (("Esc", self._step_back), ("[", self._narrow), ("]", self._widen))
        }
        self._described = canvas.accessibleDescription()
        canvas.view_moved.connect(self._redraw)
        self._pencil.drawn.connect(self._take_drawing)
        self._pencil.refused.connect(self.refused)
        self._brush.began.connect(self._hide_hint)
        self._brush.began.connect(self.took_hold)
        self._brush.reshaped.connect(self.reshaped)
        self._brush.finished.connect(self.let_go)
        self._is_known = False  # what the hint says: the brush has been used
        self.set_look(look)

    def _shortcut(self, key: str, slot: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._canvas)
        shortcut.activated.connect(slot)
        shortcut.setEnabled(False)
        return shortcut

    def set_look(self, look: Look) -> None:
        """Draw in the colours of a look."""
        self._pencil.set_look(look)
        self._marks.set_look(look)
        self._paper.set_look(look)
        self._hint.set_look(look, self._canvas.font())
        self._redraw()

    def show_target(self, target: Target, curve: str | Curve) -> None:
        """Take the target to reshape, and the curve that it was made of."""
        self._brush.show_target(target, curve)

    def set_mode(self, mode: str | None) -> None:
        """Take the pencil or the brush, or put both down; what is unfinished is cancelled."""
        if mode == self.mode:
            return
        self._hand.steer({PENCIL: self._pencil, RESHAPE: self._brush, None: None}[mode])
        if self.mode == RESHAPE:
            self._brush.put_down()
        self.mode, self._is_known = mode, False
        self._canvas.point_at(None)
        self._canvas.lift_target(mode == RESHAPE)
        self._canvas.setAccessibleDescription(". ".join(HINTS[mode]) + "." if mode else self._described)
        for key, shortcut in self._keys.items():
            shortcut.setEnabled(mode == RESHAPE or (key == "Esc" and mode is not None))
        if mode is None:
            self._canvas.viewport().unsetCursor()
            self._hint.hide()
        else:
            self._canvas.viewport().setCursor(CURSORS[mode])
        self._sheet.hide()
        self._paper.hide()
        if mode == RESHAPE:
            self._brush.take_up()
        self._redraw()
        self.mode_changed.emit(mode)

    @Slot()
    def _redraw(self) -> None:
        """Show the tool's lines and the hint where they belong in the present view."""
        if self.mode is None:
            return
        if not self._is_known:
            self._hint.say(HINTS[self.mode], self._canvas.sceneRect())
        if self.mode == PENCIL:
            self._paper.lay(self._canvas.sceneRect(), self._canvas.from_plane(CORNERS))
            self._pencil.redraw()
        else:
            self._brush.redraw()

    @Slot()
    def _hide_hint(self) -> None:
        """Say no more, until the tool is taken up again: it would cover what is dragged."""
        self._is_known = True
        self._hint.hide()

    @Slot(object)
    def _take_drawing(self, curve: Curve) -> None:
        self.set_mode(None)
        self.drawn.emit(curve)

    @Slot()
    def _step_back(self) -> None:
        """Cancel what is unfinished; where nothing is, put the tool down."""
        if not self._hand.cancel():
            self.set_mode(None)

    @Slot()
    def _narrow(self) -> None:
        self._brush.turn(-1)

    @Slot()
    def _widen(self) -> None:
        self._brush.turn(1)
