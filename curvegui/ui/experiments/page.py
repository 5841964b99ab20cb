"""The page of experiments: a picture and a name for each, and the question of the selected experiment."""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.core.learner.target import build_target
from curvegui.core.settings.experiments import EXPERIMENTS, Experiment
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import Look
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.files.disk.resources import resource
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import filled, named, open_as_large_as, styled
from curvegui.ui.look.painter import painter_for
from curvegui.ui.widgets.small_canvas import rounded

FILE = "experiments.npz"  # written anew by ``python -m tests.help.experiment_runs``
SCALE = 0.8  # of the width of lines in a picture of the usual size
TRAIL_ALPHA = 0.3  # of the curves before the last, which are few
POINT, DOT_PX, EDGE_PX = 0.02, 3.0, 8  # a fit no larger than POINT gets a dot, which can be seen
ROUNDNESS_PX = 8


@cache
def fits() -> dict[str, NDArray[np.float32]]:
    """The curves that the network of each experiment drew, from first to last, shape (m, 2, N), by its name."""
    with np.load(resource(FILE)) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays}


def picture(experiment: Experiment, look: Look, side: int, ratio: float) -> QPixmap:
    """The picture of an experiment, ``side`` logical pixels wide and high; ``ratio`` is device pixels to one."""
    curves = fits()[experiment.name]
    look = replace(look, trail=replace(look.trail, alpha=TRAIL_ALPHA))
    figure = Figure(TargetDrawing.of(build_target(experiment.config)), curves[:-1], curves[-1].astype(np.float64))
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_RGB32)
    painter = painter_for(image)
    for _ in paint_figure(painter, QRectF(image.rect()), figure, look, FigureOptions(), scale=ratio * SCALE):
        pass
    if np.ptp(curves[-1], axis=1).max() < POINT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.fit.pen(1.0).color())
        points = DataMap.unit_square(QRectF(image.rect())).map(curves[-1][:, :1])
        x, y = np.clip(points, EDGE_PX * ratio, (side - EDGE_PX) * ratio).ravel().tolist()
        painter.drawEllipse(QPointF(x, y), DOT_PX * ratio, DOT_PX * ratio)
    painter.end()
    return rounded(image, ratio, ROUNDNESS_PX)


SIDE_LINES, NAME_LINES, GAP_LINES = 10, 2.2, 2.0  # a picture, the room for its name, and between them, in lines of text
LINES, ASK_LINES = (54, 35), 4  # the window's width and height at first, and of the latter for the question
NAME = Qt.ItemDataRole.UserRole


class ExperimentsPage(Dialog):
    """Lists the experiments. A click selects an experiment; a double click, Enter or the button opens it."""

    chosen = Signal(str)  # the name of an experiment

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("experiments", tr("Experiments"), parent)
        self._look, self._side = look, round(SIDE_LINES * self.fontMetrics().height())
        self._list = styled(named(QListWidget(), "experiments.list", tr("Experiments")), "boxed")
        line = self.fontMetrics().height()
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setWordWrap(True)
        self._list.setIconSize(QSize(self._side, self._side))
        self._list.setGridSize(QSize(self._side + round(GAP_LINES * line), self._side + round(NAME_LINES * line)))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        empty = QPixmap(self._side, self._side)
        empty.fill(Qt.GlobalColor.transparent)
        for experiment in EXPERIMENTS.values():
            item = QListWidgetItem(QIcon(empty), experiment.title, self._list)
            item.setData(NAME, experiment.name)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, experiment.ask)
        self._to_paint = [self._list.item(row) for row in range(self._list.count())]
        self._ask = named(QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop), "experiments.ask")
        self._ask.setMinimumHeight(ASK_LINES * self.fontMetrics().height())  # for any question, so that nothing moves
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Open).setText(tr("&Open experiment"))
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        filled(QVBoxLayout(self), (self._list, 1), self._ask, buttons, edges=None)
        self._list.currentItemChanged.connect(self._show)
        self._list.itemActivated.connect(self._choose)
        self._list.setCurrentRow(0)
        open_as_large_as(self, LINES)
        self._painting = QTimer(self)
        self._painting.timeout.connect(self._paint_next)
        self._painting.start()

    @Slot()
    def _paint_next(self) -> None:
        if not self._to_paint:
            self._painting.stop()
            return
        item, icon = self._to_paint.pop(0), QIcon()
        painted = picture(EXPERIMENTS[item.data(NAME)], self._look, self._side, self.devicePixelRatioF())
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # the style would put a tint on the latter
            icon.addPixmap(painted, mode)
        item.setIcon(icon)

    @Slot()
    def _show(self) -> None:
        self._ask.setText(EXPERIMENTS[self._list.currentItem().data(NAME)].ask)

    @Slot()
    def _choose(self) -> None:
        """Close the page, and open the selected experiment, once."""
        if self.isVisible():
            self.accept()
            self.chosen.emit(self._list.currentItem().data(NAME))
