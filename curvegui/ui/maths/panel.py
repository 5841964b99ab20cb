"""The maths panel: the chain rule of one weight or bias with its present numbers, and the update that follows."""

from collections.abc import Sequence
from functools import partial, reduce
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QSize, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from curvegui.core.inspection.chain_rule import ChainRule, chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import capitalised, tr
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.session.jobs.job import Jobs
from curvegui.session.study.inspection import Pass
from curvegui.ui.look.layouts import card, filled, line_px, named, styled
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.maths import words as say
from curvegui.ui.maths.boxes import equation_boxes, update_boxes
from curvegui.ui.maths.equation_view import EquationView
from curvegui.ui.maths.pickers import ParameterPicker, PointPicker, StageSteps, labelled
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.scrolled import ScrollPage

ROOMY_LINES, NARROW_LINES = 23, 32  # from these heights, wide and narrow, the steps stay in sight
WIDE_LINES = 26  # from this width, in heights of a line, they need fewer rows
SEEK_MARGIN_PX, EDGE_PX = 12, 0


CARD_EDGES_PX, SPACING_PX = (8, 2, 8, 2), 4  # left, top, right, bottom: most room is for the boxes
TOGETHER = "understand"  # the view that shows network and mathematics at the same time
WORDS_S = 0.25  # between sentences while the run trains: nobody reads faster
Wanted = tuple[InspectedSnapshot, Parameter, int | None]  # of which the chain rule is shown, and at which point


class MathsPanel(QWidget):
    """Shows the equation of the selected weight or bias, and the steps that lead through an iteration."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self.setObjectName("maths")
        self._study = study
        self._session, self._inspection = study.session, study.inspection
        self._inspected: InspectedSnapshot | None = None
        self._jobs = Jobs(self)  # the chain rule of many points
        self._said_at = 0.0
        self._seeking = QTimer(self, singleShot=True)
        self._seeking.timeout.connect(self._seek_lit)
        self._parameters, self._points = ParameterPicker(), PointPicker()
        tip = tr("Go to the view Understand, where each step lights up in the network too")
        self._beside = styled(named(QToolButton(), "maths.network", tip=tip), "link")
        self._beside.setText(tr("Show the network too"))
        self._steps = StageSteps((self._parameters, labelled(tr("Point"), self._points)), (self._beside,))
        self._equation, self._update = (EquationView(study.session.gate) for _ in range(2))
        named(self._equation, "maths.equation", tr("The chain rule"))
        named(self._update, "maths.update", tr("The update"))
        heading = QLabel(say.heading_of(self._session.config), wordWrap=True)
        self._heading = styled(named(heading, "maths.heading"), "muted")
        self._means = named(QLabel(tr(say.MEANS), wordWrap=True), "maths.means")
        self.pictured = self._equation, self._heading, self._update
        contents = (self._steps, self._means), (self._equation,), (self._heading, self._update)
        cards = [card(*each, edges=CARD_EDGES_PX, spacing=SPACING_PX) for each in contents]
        self._controls = named(cards[0], "maths.controls")
        self._page = QWidget()
        self._column = filled(QVBoxLayout(self._page), *cards, 1, edges=(EDGE_PX,) * 4, spacing=8)
        self._area = named(ScrollPage(self._page), "maths.area")
        self._apart = filled(QVBoxLayout(), edges=(EDGE_PX, EDGE_PX, EDGE_PX, 0))
        filled(QVBoxLayout(self), self._apart, (self._area, 1), spacing=4)
        inspection, session = self._inspection, self._session
        changes = inspection.selected_changed, inspection.point_changed, session.phase_changed, session.time.moved
        for changed in changes:
            changed.connect(self._show)
        inspection.stage_changed.connect(self._show_stage)
        self._parameters.picked.connect(inspection.select)
        self._points.picked.connect(inspection.look_at_point)
        self._beside.clicked.connect(partial(self._study.services.views.show, TOGETHER))
        self._study.services.views.changed.connect(self._follow_view)
        self._follow_view()
        self._steps.wanted.connect(inspection.light)
        self._steps.pause_wanted.connect(session.pause)
        self._steps.iteration_wanted.connect(partial(session.step, 1))
        self.setFocusProxy(self._parameters.matrix)
        follow_theme(self._show)

    def minimumSizeHint(self) -> QSize:
        """As low as the scrolling page can be, and as wide as the widest of its contents."""
        least = self._area.minimumSizeHint()
        return QSize(max(least.width(), self._controls.minimumSizeHint().width()), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pickers and steps in sight while the page scrolls, if there is room."""
        super().resizeEvent(event)
        line = line_px(self)
        wanted = ROOMY_LINES if self.width() >= WIDE_LINES * line else NARROW_LINES
        is_apart, has_room = self._apart.count() > 0, self.height() >= wanted * line
        if has_room and not is_apart:
            self._apart.addWidget(self._controls)
        elif is_apart and not has_room:
            self._column.insertWidget(0, self._controls)

    @Slot()
    def _seek_lit(self) -> None:
        """Scroll to the boxes that are lit up, or to the first if not all fit; the steps stay in sight."""
        stage = self._inspection.stage
        view = self._update if stage is not None and stage.pass_ is Pass.UPDATE else self._equation
        lit = [rect for box, rect in zip(view.boxes, view.rects(), strict=True) if box.is_lit]
        if lit and self._apart.count():
            for layout in (self._controls.layout(), self.layout(), self._column):
                if layout is not None:
                    layout.activate()  # the words of a step may have become longer
            sought, high = reduce(QRectF.united, lit), self._area.viewport().height()
            half = int(min(sought.height() + 2 * SEEK_MARGIN_PX, high) / 2)
            middle = sought.top() + min(sought.height() / 2, half)
            centre = view.mapTo(self._page, QPointF(sought.center().x(), middle).toPoint())
            self._area.ensureVisible(centre.x(), centre.y(), 0, half)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        if self._inspected is None and self._inspection.point is None:
            self._inspection.look_at_point(inspected.t.size // 2)  # the chain can be followed by hand at one point only
        self._inspected = inspected
        self._show(at_once=not self._session.phase.is_learning)

    @Slot()
    def _show_stage(self) -> None:
        self._show()
        if self._inspected is not None and self._inspection.stage is not None:
            self._seeking.start()  # after the layout: the words may be higher now

    @Slot()
    def _show(self, at_once: bool = True) -> None:
        inspected = self._inspected
        if inspected is None:
            return
        wanted = self._wanted(inspected)
        if not inspected.is_large:
            self._show_rule(inspected, chain_rule(*wanted), at_once)
        elif not self._jobs.waiting:  # of what cannot be computed, the log says so, and the next one is tried
            self._jobs.do(partial(chain_rule, *wanted), partial(self._take, wanted), str, is_only_seen=True)

    def _wanted(self, inspected: InspectedSnapshot) -> Wanted:
        parameter = parameter_for(self._inspection.selected, inspected.sizes)
        return inspected, parameter, self._inspection.point_in(inspected.t.size)

    def _take(self, computed: Wanted, rule: ChainRule) -> None:
        self._show_rule(computed[0], rule, at_once=True)
        if self._inspected is not None and self._wanted(self._inspected) != computed:
            self._show()

    def _show_rule(self, inspected: InspectedSnapshot, rule: ChainRule, at_once: bool) -> None:
        scale, stages = self._study.scale_for(inspected.snapshot.parameters), say.stages_of(len(inspected.sizes) - 1)
        stage = self._inspection.stage if self._inspection.stage in stages else None
        self._parameters.show_parameter(rule.parameter, inspected.sizes)
        self._points.show_point(rule.point, inspected.t[0])
        self._means.setVisible(rule.point is None)
        self._equation.show_boxes(equation_boxes(rule, stage, scale))
        self._update.show_boxes(update_boxes(rule, stage, scale))
        if not at_once and perf_counter() - self._said_at < WORDS_S:
            return
        self._said_at, is_learning = perf_counter(), self._session.phase.is_learning
        words = "" if stage is None else say.stage_words(inspected, rule, stage)
        self._steps.show_stage(stages, stage, words, is_learning, not is_learning and self._session.time.past is None)
        self._heading.setText(say.heading_of(inspected.snapshot.config))
        self._equation.say(partial(say.equation_words, rule))
        self._update.say(lambda: f"{capitalised(say.parameter_words(rule.parameter))}. {say.update_words(rule)}")

    @Slot()
    def _follow_view(self) -> None:
        self._beside.setVisible(self._study.services.views.now.id != TOGETHER)
        if not self.isVisible():  # a step stays lit only where it can be seen and left
            self._inspection.light(None)


def parameter_for(part: Neuron | Parameter | None, sizes: Sequence[int]) -> Parameter:
    """The parameter to show: the selected one, a selected neuron's first weight, or else a weight of the last layer."""
    if part is None or not part.is_in(sizes):
        return Parameter(len(sizes) - 1, 0, 0)
    if isinstance(part, Parameter):
        return part
    return Parameter(part.layer, part.index, 0) if part.layer else Parameter(1, 0, 0)
