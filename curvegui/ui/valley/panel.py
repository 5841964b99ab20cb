"""The panel of the valley: the choice of directions, a map or a relief, and words about it."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.network import parameter_count
from curvegui.core.network.parts import Neuron, Parameter, incoming, parameter_at
from curvegui.session.study.valley import Axes, Valley
from curvegui.ui.look.layouts import filled, named, side_by_side, styled
from curvegui.ui.network.words import entry_of
from curvegui.ui.study.study import Study
from curvegui.ui.valley.map import ValleyMap
from curvegui.ui.valley.words import DIRECTIONS, HINT, KEYS, coarse_words, cross_words, state_words
from curvegui.ui.widgets.form import label_unseen
from curvegui.ui.widgets.labels import SteadyText
from curvegui.ui.widgets.scrolled import FocusPage, LongComboBox
from curvegui.ui.widgets.spoken import announce, announce_news

EDGES_PX = 0, 0, 0, 0  # left, top, right, bottom
SPACING_PX = 6
WORDS_MS = 200  # between two changes of the words
PATH, WEIGHTS = range(2)
PAST = mark("This is the past: press N to see the run live, and jump there.")
LONGEST = mark(
    "The plane holds 100 % of the path. Ball: cost 0.000123; the surface there: 0.000123. Lowest cost here: 0.0001."
)


class ValleyPanel(FocusPage):
    """Shows the valley: the cost around the run's network, over two directions."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study, self.valley = study, Valley(study.session, self)
        self._inspected: InspectedSnapshot | None = None
        self.map = ValleyMap(self.valley, partial(state_words, self.valley))
        self.map.setAccessibleDescription(tr(KEYS))
        self._directions, self._view = (named(QComboBox(), f"valley.{name}") for name in ("directions", "view"))
        self._directions.addItems([tr("Path of the run"), tr("Two weights")])
        self._view.addItems([tr("Contours"), tr("Relief")])
        self._sizes: tuple[int, ...] = (1, 1)
        self._axes = [named(LongComboBox(), f"valley.{name}") for name in ("across", "upwards")]
        self._again = styled(named(QPushButton(tr("Take the path again")), "valley.again"), "low")
        self._keys = styled(named(QToolButton(), "valley.keys", tr("Keys of the map"), tr(KEYS)), "bare")
        self._state, self._at, self._hint = (
            named(QLabel(wordWrap=True), f"valley.{name}") for name in ("state", "place", "hint")
        )
        self._words_clock = QTimer(self, singleShot=True, interval=WORDS_MS)
        self._words_clock.timeout.connect(self._write)
        for box in self._axes:
            box.setMinimumContentsLength(len("W2[64, 64]"))
            box.hide()
        self._keys.setText(tr("Keys"))
        self._keys.setCheckable(True)
        self._hint.setText(tr(HINT))
        styled(self._hint, "muted")
        self._said, self._pointed = SteadyText(self._state, tr(LONGEST)), SteadyText(self._at, tr(LONGEST)[:70])
        controls = side_by_side(self._directions, *self._axes, self._view, self._again, self._keys, spacing=SPACING_PX)
        words = tr("Directions"), tr("Contours or relief"), tr("Weight or bias across"), tr("Weight or bias upwards")
        for each, label in zip((self._directions, self._view, *self._axes), words, strict=True):
            label_unseen(each, label)
        page = QWidget()
        column = controls, (self.map, 1), self._said, self._pointed, self._hint
        filled(QVBoxLayout(page), *column, edges=EDGES_PX, spacing=SPACING_PX)
        self.hold(page, left_alone=self.map)
        self.setFocusProxy(self.map)
        self.valley.changed.connect(self._show)
        self.map.chosen.connect(self._jump)
        self.map.pointed.connect(self._write_point)
        self._directions.activated.connect(self._choose_directions)
        self._view.activated.connect(self.map.set_relief)
        for box in self._axes:
            box.activated.connect(self._choose_axes)
        self._again.clicked.connect(self.valley.take_again)
        self._keys.toggled.connect(lambda shown: self._hint.setText(tr(KEYS) if shown else tr(HINT)))
        study.services.closed.connect(self.valley.stop)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        self._inspected = inspected
        if inspected.sizes != self._sizes:
            self._sizes = inspected.sizes
            for box in self._axes:
                box.show_rows(parameter_count(self._sizes), lambda row: entry_of(parameter_at(self._sizes, row)))
        self.valley.follow(inspected)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the path, which may have grown while the panel was hidden."""
        super().showEvent(event)
        self.valley.look_again()

    @Slot()
    def _show(self) -> None:
        axes, sizes = self.valley.axes, self._sizes
        self._directions.setCurrentIndex(PATH if axes is None else WEIGHTS)
        self._again.setText(tr("Take the path again") if axes is None else tr("Take the weights again"))
        for index, box in enumerate(self._axes):
            box.setVisible(axes is not None)
            if axes is not None:
                box.setCurrentIndex(axes[index].index_in(sizes))
        across, upwards = map(tr, DIRECTIONS) if axes is None else map(entry_of, axes)
        self.map.names = across, upwards
        self.map.shifts = self._shifts()
        self.map.update()
        if not self._words_clock.isActive():
            self._write()
            self._words_clock.start()

    def _shifts(self) -> tuple[float, float]:
        """The values of the axes at the plane's origin: those of two weights; 0 for directions of the path."""
        axes, ground = self.valley.axes, self.valley.ground
        if axes is None or ground is None:
            return 0.0, 0.0
        first, second = (float(ground.plane.origin[axis.index_in(self._sizes)]) for axis in axes)
        return first, second

    @Slot()
    def _write(self) -> None:
        words = state_words(self.valley)
        self._said.say("" if self.valley.surface is None else words)  # else the map says it
        self._write_point(is_answer=False)

    @Slot()
    def _write_point(self, is_answer: bool = True) -> None:
        surface, cross = self.valley.surface, self.map.cross
        words = coarse_words(self.valley)
        if surface is not None and cross is not None:
            words = cross_words(surface, cross, self.map.names, self.map.shifts)
        if words and words != self._at.text() and self.map.hasFocus():
            if is_answer:
                announce(self.map, words)
            else:
                announce_news(self.map, "valley", words)
        self._pointed.say(words)

    @Slot(int)
    def _choose_directions(self, chosen: int) -> None:
        if chosen == PATH:
            self.valley.choose(None)
        elif self.valley.axes is None:
            selected, sizes = self._study.inspection.selected, self._sizes
            usual = incoming(Neuron(len(sizes) - 1, 0), sizes)[0]
            self.show_weight(selected if isinstance(selected, Parameter) and selected.is_in(sizes) else usual)

    def show_weight(self, parameter: Parameter) -> None:
        """Show the cost over a weight or bias of the network and over another one of the same neuron."""
        if not parameter.is_in(self._sizes):  # of the run before, say
            return
        beside = next(each for each in incoming(parameter.target, self._sizes) if each != parameter)
        self.valley.choose((parameter, beside))

    @Slot()
    def _choose_axes(self) -> None:
        chosen = [parameter_at(self._sizes, box.currentIndex()) for box in self._axes]
        axes: Axes = chosen[0], chosen[1]
        if axes[0] == axes[1]:
            self._study.message.emit(tr("Choose two different weights."))
            self._show()
        else:
            self.valley.choose(axes)

    @Slot(object)
    def _jump(self, index: FloatArray) -> None:
        if self._study.session.time.past is not None:
            self._study.message.emit(tr(PAST))
            return
        try:
            self.valley.jump(index)
        except ValueError as error:
            self._study.message.emit(str(error))
        else:
            self._study.message.emit(tr("Jumped to this network. Undo returns to yours."))
