"""The parts of the network that a person is looking at; the diagram, the panels and the canvas follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.network.parts import Neuron, Part


class Pass(Enum):
    """The parts of one iteration, in order."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


@dataclass(frozen=True)
class Stage:
    """One step through an iteration: a pass at a layer. The forward pass reaches the cost after the last layer."""

    pass_: Pass
    layer: int

    def is_in(self, layers: int) -> bool:
        """Whether an iteration of a network with so many layers after the input has this stage."""
        first, last = {Pass.FORWARD: (1, layers + 1), Pass.BACKWARD: (1, layers), Pass.UPDATE: (0, layers)}[self.pass_]
        return first <= self.layer <= last


class Inspection(QObject):
    """What a person looks at in the network: selected, muted, brushed or lit up. It changes nothing in the run.

    The curve is drawn without what is ``muted``, and with the ``soloed`` neuron or parameter alone of its layer.
    ``stretch`` is the part of the curve that is brushed, from t to t. ``point`` is the training point that is looked
    at, or None for the average of all. ``stage`` is lit up in the diagram, whose edges show the weights, or
    ``by_gradient`` their Jacobians. A panel may still show an earlier network: what the network of the last `fit` does
    not have cannot be selected.
    """

    selected_changed = Signal()
    ablated_changed = Signal()
    stretch_changed = Signal()
    point_changed = Signal()
    stage_changed = Signal()
    edges_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selected: Part | None = None
        self.muted: frozenset[Part] = frozenset()
        self.soloed: Part | None = None
        self.stretch: tuple[float, float] | None = None
        self.point: int | None = None
        self.stage: Stage | None = None
        self.by_gradient = False
        self._sizes: tuple[int, ...] = ()  # of the network that was last looked at
        self._points = 0

    @property
    def ablations(self) -> bool:
        return bool(self.muted) or self.soloed is not None

    def select(self, part: Part | None) -> None:
        if part != self.selected and self._has(part):
            self.selected = part
            self.selected_changed.emit()

    def _has(self, part: Part | None) -> bool:
        return part is None or not self._sizes or part.is_in(self._sizes)

    def mute(self, part: Part, muted: bool) -> None:
        """Draw the curve without a part, or with the part again; a part that is muted is soloed no longer."""
        parts = self.muted | {part} if muted else self.muted - {part}
        self._ablate(parts, None if muted and part == self.soloed else self.soloed)

    def solo(self, part: Part | None) -> None:
        """Draw the curve with one part alone of its layer, or with all again; a soloed part is muted no longer."""
        self._ablate(self.muted - {part} if part is not None else self.muted, part)

    @Slot()
    def unmute_all(self) -> None:
        self._ablate(frozenset(), None)

    def _ablate(self, muted: frozenset[Part], soloed: Part | None) -> None:
        new = {*(muted - self.muted), *({soloed} - {None, self.soloed})}
        if (muted, soloed) != (self.muted, self.soloed) and all(map(self._has, new)):
            self.muted, self.soloed = muted, soloed
            self.ablated_changed.emit()

    def brush(self, stretch: tuple[float, float] | None) -> None:
        if stretch != self.stretch:
            self.stretch = stretch
            self.stretch_changed.emit()

    def look_at_point(self, point: int | None) -> None:
        """Look at one training point, or at the average of all; a number that is too large means the last point."""
        if point is not None and self._points:
            point = min(point, self._points - 1)
        if point != self.point:
            self.point = point
            self.point_changed.emit()

    def toggle_point(self, point: int) -> None:
        """Look at a training point, or, if it is looked at already, at the average of all."""
        self.look_at_point(None if point == self.point else point)

    def clear_curve(self) -> bool:
        """Look at no stretch and no point; return whether one was looked at."""
        is_looked_at = self.stretch is not None or self.point is not None
        self.brush(None)
        self.look_at_point(None)
        return is_looked_at

    def point_in(self, points: int) -> int | None:
        """The training point that is looked at, if there are enough points: a panel may still show an earlier run."""
        return self.point if self.point is not None and self.point < points else None

    def light(self, stage: Stage | None) -> None:
        if stage is not None and self._sizes and not stage.is_in(len(self._sizes) - 1):
            return
        if stage != self.stage:
            self.stage = stage
            self.stage_changed.emit()

    @Slot(bool)
    def weigh_edges(self, by_gradient: bool) -> None:
        if by_gradient != self.by_gradient:
            self.by_gradient = by_gradient
            self.edges_changed.emit()

    def fit(self, sizes: Sequence[int], points: int) -> None:
        """Forget what a network of these layer sizes, with so many training points, does not have. Where a layer has
        fewer neurons than before, or the number of layers differs, the same numbers may mean other neurons: what is
        muted or soloed is forgotten too. New neurons come last."""
        before, self._sizes, self._points = self._sizes or tuple(sizes), tuple(sizes), points
        if self.selected is not None and not self.selected.is_in(sizes):
            self.select(None)
        if self.soloed is not None and not _is_same(self.soloed, before, sizes):
            self.solo(None)
        for part in [part for part in self.muted if not _is_same(part, before, sizes)]:
            self.mute(part, False)
        if self.point is not None and self.point >= points:
            self.look_at_point(points - 1)
        if self.stage is not None and not self.stage.is_in(len(sizes) - 1):
            self.light(None)


def _is_same(part: Part, before: Sequence[int], sizes: Sequence[int]) -> bool:
    if not part.is_in(sizes) or len(before) != len(sizes):
        return False
    ends = (part,) if isinstance(part, Neuron) else (part.target, part.source)
    return all(end is None or sizes[end.layer] >= before[end.layer] for end in ends)
