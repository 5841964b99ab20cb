"""Explanations on the canvas: errors, pulls, the curve without a part, the brushed stretch, the chosen point."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFont

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.inspection.ablation import ablated, draw_without
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot, Pulls, pulls, shares_of
from curvegui.core.language.text import in_row, mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.parts import Neuron, Part
from curvegui.session.jobs.job import Jobs
from curvegui.session.study.inspection import Inspection
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.refresh import RefreshClock
from curvegui.ui.insight.items import EARLIER, STRETCH, WITHOUT, InsightItems, SteadyScale, thinned
from curvegui.ui.network.words import name_of
from curvegui.ui.widgets.numbers import format_cost, format_number


@dataclass(frozen=True)
class FitQuestion:
    """A question about a run at any iteration: the curve without some parts, the pulls on the fit, both or neither."""

    muted: frozenset[Part]
    soloed: Part | None
    with_pulls: bool

    @property
    def leaves_out(self) -> bool:
        return bool(self.muted) or self.soloed is not None


@dataclass(frozen=True, eq=False)
class Explained:
    """The answer to a question. ``without`` is the curve without some parts at all t of the target, shape (2, N)."""

    snapshot: Snapshot
    question: FitQuestion
    without: FloatArray | None = None
    pulls: Pulls | None = None

    def is_about(self, snapshot: Snapshot, question: FitQuestion) -> bool:
        """Whether this answers the question for a snapshot, or for another iteration of its network and points."""
        mine = self.snapshot
        is_alike = mine.config.sizes == snapshot.config.sizes and mine.target is snapshot.target
        return is_alike and question == self.question


class Explanations(QObject):
    """Answers questions about snapshots: at once for small networks, else in a thread of the pool."""

    came = Signal()  # from the pool: who asks again gets it

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._last: Explained | None = None

    def answer(self, inspected: InspectedSnapshot, question: FitQuestion) -> Explained:
        """The answer for a snapshot; for a large network, until it has come, an earlier or an empty answer."""
        snapshot = inspected.snapshot
        if not (question.leaves_out or question.with_pulls):
            self._last = None
            return Explained(snapshot, question)
        if not inspected.is_large:
            return explain(inspected, question)
        last = self._last
        if not self._jobs.waiting and (last is None or last.snapshot is not snapshot or last.question != question):
            self._jobs.do(lambda: explain(inspected, question), self._take, lambda _: None, is_only_seen=True)
        return last if last is not None and last.is_about(snapshot, question) else Explained(snapshot, question)

    def _take(self, explained: Explained) -> None:
        self._last = explained
        self.came.emit()


def explain(inspected: InspectedSnapshot, question: FitQuestion) -> Explained:
    t, parts = inspected.snapshot.target.t, list[FloatArray]()
    for some, _ in shares_of(t.shape[1]) if question.leaves_out else ():
        check_cancelled()
        parts.append(draw_without(inspected.network, t[:, some], question.muted, question.soloed))
    without = np.hstack(parts) if parts else None
    return Explained(inspected.snapshot, question, without, pulls(inspected) if question.with_pulls else None)


MOST_ERRORS, MOST_PULLS = 60, 30  # more arrows than these only cover each other
GAP_PX = 6.0  # between the words about the run and these
ABOUT_POINT = "maths", "jacobians"  # panels that show the numbers of one point: without them, its mark says nothing
MOST_NAMED = 2  # of more parts without which the curve is drawn, only the number is told


class Insight(QObject):
    """Keeps the explanations on the canvas up to date with the fit."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.canvas)
        canvas, inspection = services.canvas, services.inspection
        self._canvas, self._inspection = canvas, inspection
        self.items: InsightItems | None = None
        self._font: QFont | None = None  # that they are written in
        self._snapshot: Snapshot | None = None  # what the canvas shows
        self.drawn: Snapshot | None = None
        self._scales = {kind: SteadyScale() for kind in ("gradient", "moves")}
        self.is_stale = self._shows = False
        self._legend: list[tuple[str, str]] = []  # the kinds of lines that are shown, and what each is
        self._refresh = RefreshClock()
        self._explanations = Explanations(self)
        self._explanations.came.connect(self._renew)
        canvas.redrawn.connect(self._follow)
        canvas.framed.connect(self._frame)
        canvas.view_moved.connect(self._renew)
        for changed in (inspection.ablated_changed, inspection.stretch_changed, inspection.point_changed):
            changed.connect(self._renew)
        self._docks, self._display, self._session = services.docks, services.display, services.session
        services.session.earlier_changed.connect(self._renew)
        services.docks.opened.connect(self._renew)
        services.views.changed.connect(self._renew)
        services.display.changed.connect(self._show_display)
        self._show_display(services.display.now)

    @Slot(object)
    def _show_display(self, display: Display) -> None:
        self._look, self._residuals, self._pulls = display.look, display.residuals, display.pulls
        if self.items is not None:
            self.items.set_look(display.look, self._canvas.font())
        if not display.pulls:
            for scale in self._scales.values():
                scale.forget()
        self._renew()

    @Slot()
    def _renew(self) -> None:
        self.is_stale = True

    @property
    def is_wanted(self) -> bool:
        looked_at = self._inspection
        marks = looked_at.ablations, looked_at.stretch is not None, looked_at.point is not None
        return any(marks) or self._residuals or self._pulls or self._display.now.before

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._frame()

    @Slot()
    def _frame(self) -> None:
        """Update the items at the next frame after a person's change, else when the `RefreshClock` allows it."""
        snapshot = self._snapshot
        if snapshot is None or not (self.is_wanted or self._shows):
            return
        waits = any(scale.is_waiting for scale in self._scales.values())  # to draw arrows longer, even if the run rests
        if self.is_stale or ((waits or snapshot is not self.drawn) and self._refresh.is_due):
            self.drawn, self.is_stale = snapshot, False
            with self._refresh:
                self._draw(snapshot)

    def _draw(self, snapshot: Snapshot) -> None:
        if self.items is None:
            self.items = InsightItems(self._canvas.scene())
        if self._font != self._canvas.font():
            self._font = self._canvas.font()
            self.items.set_look(self._look, self._font)
        items, inspected, target = self.items, InspectedSnapshot(snapshot), snapshot.target
        self._inspection.fit(inspected.sizes, inspected.t.size)
        self._shows, self._legend = self.is_wanted, []
        question = FitQuestion(self._inspection.muted, self._inspection.soloed, self._pulls)
        answer = self._explanations.answer(inspected, question)
        without = "" if answer.without is None else without_words(self._inspection, inspected.sizes)
        self._show_curve(items, WITHOUT, answer.without, tr("the curve {looked_at}", looked_at=without))
        some = np.flatnonzero(target.trained)[thinned(inspected.t.size, MOST_ERRORS)]
        ends = target.points[:, some] if self._residuals else None
        self._show_arrows(items, "residuals", snapshot.fit[:, some], ends, tr("error"))
        self._draw_pulls(items, answer)
        low, high = self._inspection.stretch or (0.0, 0.0)
        inside = (target.t[0] >= low) & (target.t[0] <= high)
        words = tr("t = {low} to {high}", low=format_number(round(low, 3)), high=format_number(round(high, 3)))
        self._show_curve(items, STRETCH, snapshot.fit[:, inside] if self._inspection.stretch else None, words)
        earlier = self._session.earlier if self._display.now.before else None
        words = tr("{words}: cost {cost}", words=earlier.words, cost=format_cost(earlier.cost)) if earlier else ""
        self._show_curve(items, EARLIER, earlier.fit if earlier else None, words)
        self._draw_point(items, inspected)
        items.say(self._legend, self._canvas.words.end + GAP_PX, self._canvas.free_area)

    def _show_curve(self, items: InsightItems, kind: str, points: FloatArray | None, words: str) -> None:
        """Show a curve of the plane, and its line in the legend; neither if there are no points."""
        items.show_curve(kind, self._canvas.from_plane(points) if points is not None and points.size else None)
        if points is not None:
            self._legend.append((kind, words))

    def _show_arrows(
        self, items: InsightItems, kind: str, starts: FloatArray, ends: FloatArray | None, words: str
    ) -> None:
        """Show arrows of the plane, and their line in the legend; neither if there are no ends."""
        if ends is None:
            items.show_arrows(kind, None, None)
        else:
            items.show_arrows(kind, self._canvas.from_plane(starts), self._canvas.from_plane(ends))
            self._legend.append((kind, words))

    def _draw_pulls(self, items: InsightItems, answer: Explained) -> None:
        found = answer.pulls
        ways = {"gradient": -found.gradient, "moves": found.moves} if found else {}
        for kind, scale in self._scales.items():
            factor = scale.factor(ways[kind]) if found else None
            if found is None or factor is None:
                items.show_arrows(kind, None, None)
                continue
            some = thinned(found.points.shape[1], MOST_PULLS)
            starts, words = found.points[:, some], _pull_words(kind, answer.snapshot, factor)
            self._show_arrows(items, kind, starts, starts + factor * ways[kind][:, some], words)

    def _draw_point(self, items: InsightItems, inspected: InspectedSnapshot) -> None:
        is_about = self._display.now.errors or any(map(self._docks.is_seen, ABOUT_POINT))
        point, seen = self._inspection.point_in(inspected.t.size), self._canvas.sceneRect()
        if point is None or not is_about:
            items.show_point(None, "", seen)
            return
        snapshot = inspected.snapshot  # whose fit is there: to pass all points through the network may take long
        place = np.flatnonzero(snapshot.target.trained)[point : point + 1]
        ((x,), (y,)) = self._canvas.from_plane(snapshot.fit[:, place]).tolist()
        items.show_point((x, y), tr("point {point}", point=format_number(point + 1)), seen)


def _pull_words(kind: str, snapshot: Snapshot, factor: float) -> str:
    if kind == "gradient":
        return tr("pull −dC/da × {length}", length=format_number(factor))
    whose = tr("an iteration") if snapshot.config.is_plain else tr("an iteration of plain descent")
    return f"{whose} × {format_number(factor)}"


def without_words(inspection: Inspection, sizes: Sequence[int]) -> str:
    words, soloed = [], inspection.soloed
    if soloed is not None:
        weight = mark("with {part} alone of the weights of its neuron")
        among = mark("with {part} alone of its layer") if isinstance(soloed, Neuron) else weight
        words.append(tr(among, part=name_of(soloed, sizes)))
    parts = sorted(inspection.muted - ablated(tuple(sizes), (), soloed), key=_place)  # "alone" covers the others
    if parts:
        named = in_row([name_of(part, sizes) for part in parts[:MOST_NAMED]])
        more = len(parts) - MOST_NAMED
        without = mark("without {parts} and {more} more") if more > 0 else mark("without {parts}")
        words.append(tr(without, parts=named, more=format_number(more)))
    return tr("{one}, and {other}", one=words[0], other=words[1]) if len(words) > 1 else "".join(words)


def _place(part: Part) -> tuple[int, int, int, int]:
    if isinstance(part, Neuron):
        return part.layer, 0, part.index, 0
    return part.layer, 1, part.row, -1 if part.column is None else part.column
