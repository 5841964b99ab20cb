"""The maths panel: the chain rule of one weight or bias with its present numbers, and the update that follows."""

from collections.abc import Sequence
from functools import partial, reduce
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from curvegui.core.inspection.chain_rule import ChainRule, chain_rule
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import capitalised, tr
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.session.jobs.job import Jobs
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.look.layouts import card, filled, line_px, named, wrapped
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.maths.boxes import equation_boxes, update_boxes
from curvegui.ui.maths.equation_view import EquationView
from curvegui.ui.maths.pickers import ParameterPicker, PointPicker, StageSteps
from curvegui.ui.maths.words import (
    MEANS,
    equation_words,
    heading_of,
    parameter_words,
    stage_words,
    stages_of,
    update_words,
)
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.scrolled import hold_page

ROOMY_LINES, NARROW_LINES = 23, 32  # from these heights, wide and narrow, the steps stay in sight
WIDE_LINES = 26  # from this width, in heights of a line, they need fewer rows
SEEK_MARGIN_PX, EDGE_PX = 12, 2


class SteppedPage(QWidget):
    """Holds the steps, and the cards that they lead through."""

    def __init__(self) -> None:
        super().__init__()
        self._area = QScrollArea()
        self._area.setObjectName("maths.area")
        self._apart, self._column = QVBoxLayout(), QVBoxLayout()
        self._steps_card = QWidget()

    def hold(self, steps_card: QWidget, *cards: QWidget) -> None:
        """Show the steps and the cards."""
        self._steps_card = steps_card
        page = QWidget()
        page.setLayout(self._column)
        self._column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        self._column.setSpacing(8)
        for each in (steps_card, *cards):
            self._column.addWidget(each)
        self._column.addStretch(1)
        hold_page(self._area, page)
        filled(QVBoxLayout(self), self._apart, (self._area, 1), spacing=4)
        self._apart.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX + self._bar_width, 0)
        page.installEventFilter(self)
        self._area.viewport().installEventFilter(self)
        self._align()

    @property
    def _bar_width(self) -> int:
        return self._area.verticalScrollBar().sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See whether all still fits."""
        is_page, type_ = watched is self._area.widget(), event.type()
        if type_ == QEvent.Type.LayoutRequest if is_page else type_ == QEvent.Type.Resize:
            self._align()
        return False

    def _align(self) -> None:
        """Let all cards end at the same place, with a bar or without: were Qt to choose, it could change for ever."""
        around = self._column.contentsMargins()
        cards = self._area.width() - 2 * EDGE_PX - self._bar_width
        high = self._column.heightForWidth(cards + around.left() + around.right())
        policies, fits = Qt.ScrollBarPolicy, high <= self._area.viewport().height()
        self._area.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if fits else policies.ScrollBarAlwaysOn)
        self._column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX + (self._bar_width if fits else 0), EDGE_PX)

    def minimumSizeHint(self) -> QSize:
        """As low as a page that scrolls, with the steps on it; as wide as the widest of its contents."""
        page, bar = self._area.widget(), self._area.verticalScrollBar()
        widest = max(page.minimumSizeHint().width() if page else 0, self._steps_card.minimumSizeHint().width())
        return QSize(widest + bar.sizeHint().width(), self._area.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pickers and steps in sight while the page scrolls, if there is room."""
        super().resizeEvent(event)
        line = line_px(self)
        wanted = ROOMY_LINES if self.width() >= WIDE_LINES * line else NARROW_LINES
        is_apart, has_room = self._apart.count() > 0, self.height() >= wanted * line
        if has_room and not is_apart:
            self._apart.addWidget(self._steps_card)
        elif is_apart and not has_room:
            self._column.insertWidget(0, self._steps_card)

    def seek(self, view: EquationView) -> None:
        """Scroll to what is lit up, to its beginning if not all of it fits; the steps stay in sight."""
        lit = [place for box, place in zip(view.boxes, view.places(), strict=True) if box.is_lit]
        if lit and self._apart.count():
            page = self._area.widget()
            assert page is not None
            for layout in (self._steps_card.layout(), self.layout(), page.layout()):
                if layout is not None:
                    layout.activate()  # the words of a step may have become longer
            sought, room = reduce(QRectF.united, lit), self._area.viewport().height()
            half = int(min(sought.height() + 2 * SEEK_MARGIN_PX, room) / 2)
            middle = sought.top() + min(sought.height() / 2, half)
            centre = view.mapTo(page, QPointF(sought.center().x(), middle).toPoint())
            self._area.ensureVisible(centre.x(), centre.y(), 0, half)


CARD_EDGES_PX, SPACING_PX = (8, 2, 8, 2), 4  # left, top, right, bottom: most room is for the boxes
TOGETHER = "understand"  # the view that shows network and mathematics at the same time
WORDS_S = 0.25  # between sentences while the run trains: nobody reads faster
HURRY_S = 0.25  # snapshots that come faster are shown by halves: a whole one would make a frame late
Wanted = tuple[InspectedSnapshot, Parameter, int | None]  # of which the chain rule is shown, and at which point


class MathsPanel(SteppedPage):
    """Shows the equation of what is selected in the network."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self.setObjectName("maths")
        self._study = study
        self._session, self._inspection = study.session, study.inspection
        self._inspected: InspectedSnapshot | None = None
        self._jobs = Jobs(self)  # the chain rule of many points
        self._said_at = self._came_at = 0.0
        self._update_is_next = False
        self._seeking = QTimer(self, singleShot=True)
        self._seeking.timeout.connect(self._seek_lit)
        self._catching_up = QTimer(self, singleShot=True)
        self._catching_up.timeout.connect(self._show_at_once)
        self._parameters, self._points = ParameterPicker(), PointPicker()
        self._beside = QToolButton()
        self._steps = StageSteps((self._parameters, self._points), (self._beside,))
        self._equation, self._update = (EquationView(study.session.gate) for _ in range(2))
        self._equation.setObjectName("maths.equation")
        self._equation.setAccessibleName(tr("The chain rule"))
        self._update.setObjectName("maths.update")
        self._update.setAccessibleName(tr("The update"))
        self._build()
        self._connect()
        self.setFocusProxy(self._parameters.matrix)
        follow_theme(self._show_at_once)

    def _build(self) -> None:
        self._beside.setObjectName("maths.network")
        self._beside.setText(tr("Show the network too"))
        self._beside.setToolTip(wrapped(tr("Go to the view Understand, where each step lights up in the network too")))
        self._beside.setProperty("link", True)
        self._beside.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._heading = _words("maths.heading", heading_of(self._session.config))
        self._heading.setProperty("muted", True)
        self._means = _words("maths.means", tr(MEANS))
        controls = _tight_card(self._steps, self._means)
        controls.setObjectName("maths.controls")
        self.pictured = self._equation, self._heading, self._update
        self.hold(controls, _tight_card(self._equation), _tight_card(self._heading, self._update))

    @Slot()
    def _seek_lit(self) -> None:
        stage = self._inspection.stage
        self.seek(self._update if stage is not None and stage.pass_ is Pass.UPDATE else self._equation)

    def _connect(self) -> None:
        inspection = self._inspection
        inspection.selected_changed.connect(self._show_at_once)
        inspection.point_changed.connect(self._show_at_once)
        inspection.stage_changed.connect(self._show_stage)
        self._session.phase_changed.connect(self._show_at_once)
        self._session.time.moved.connect(self._show_at_once)
        self._parameters.picked.connect(inspection.select)
        self._points.picked.connect(inspection.look_at_point)
        self._beside.clicked.connect(self._show_network)
        self._study.services.views.changed.connect(self._follow_view)
        self._follow_view()
        self._steps.wanted.connect(inspection.light)
        self._steps.pause_wanted.connect(self._session.pause)
        self._steps.iteration_wanted.connect(self._make_iteration)

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        """Show a run at one iteration; while many come, the equation of one, and the update of the next."""
        if self._inspected is None and self._inspection.point is None:
            self._inspection.look_at_point(inspected.t.size // 2)  # the chain can be followed by hand at one point only
        now = perf_counter()
        is_learning = self._session.phase.is_learning
        hurries = is_learning and now - self._came_at < HURRY_S
        self._inspected, self._came_at = inspected, now
        self._update_is_next = hurries and not self._update_is_next
        if hurries:  # finish later: the run may stop here
            self._catching_up.start(round(1000 * HURRY_S))
        self._show(
            at_once=not is_learning, equation=not self._update_is_next, update=not hurries or self._update_is_next
        )

    @Slot()
    def _show_stage(self) -> None:
        self._show(at_once=True)
        if self._inspected is not None and self._inspection.stage is not None:
            self._seeking.start()  # after the layout: the words may be higher now

    @Slot()
    def _show_at_once(self) -> None:
        self._show(at_once=True)

    def _show(self, at_once: bool, equation: bool = True, update: bool = True) -> None:
        inspected = self._inspected
        if inspected is None:
            return
        wanted = self._wanted(inspected)
        if not inspected.is_large:
            self._show_rule(inspected, chain_rule(*wanted), at_once, equation, update)
        elif not self._jobs.waiting:
            self._jobs.do(partial(chain_rule, *wanted), partial(self._take, wanted), self._miss, is_only_seen=True)

    def _wanted(self, inspected: InspectedSnapshot) -> Wanted:
        parameter = parameter_for(self._inspection.selected, inspected.sizes)
        return inspected, parameter, self._inspection.point_in(inspected.t.size)

    def _take(self, computed: Wanted, rule: ChainRule) -> None:
        self._show_rule(computed[0], rule)
        if self._inspected is not None and self._wanted(self._inspected) != computed:
            self._show_at_once()

    def _miss(self, _: str) -> None:
        """It could not be computed, which the log says; the next one is tried."""

    def _show_rule(
        self,
        inspected: InspectedSnapshot,
        rule: ChainRule,
        at_once: bool = True,
        equation: bool = True,
        update: bool = True,
    ) -> None:
        parameter, point, scale = rule.parameter, rule.point, self._study.scale_for(inspected.snapshot.parameters)
        stages = stages_of(len(inspected.sizes) - 1)
        stage = self._inspection.stage if self._inspection.stage in stages else None
        self._parameters.show_parameter(parameter, inspected.sizes)
        self._points.show_point(point, inspected.t[0])
        self._means.setVisible(point is None)
        if equation:
            self._equation.show_boxes(equation_boxes(rule, stage, scale))
        if update:
            self._update.show_boxes(update_boxes(rule, stage, scale))
        if at_once or perf_counter() - self._said_at >= WORDS_S:
            self._said_at = perf_counter()
            self._say(inspected, rule, stages, stage)

    def _say(self, inspected: InspectedSnapshot, rule: ChainRule, stages: Sequence[Stage], stage: Stage | None) -> None:
        """Put into words what is shown, for those who step through it, and for screen readers."""
        is_learning = self._session.phase.is_learning
        self._steps.show_stage(stages, stage, is_learning, not is_learning and self._session.time.past is None)
        self._steps.show_words("" if stage is None else stage_words(inspected, rule, stage))
        self._heading.setText(heading_of(inspected.snapshot.config))
        self._equation.say(partial(equation_words, rule))
        self._update.say(partial(_update_in_words, rule))

    @Slot()
    def _show_network(self) -> None:
        self._study.services.views.show(TOGETHER)

    @Slot()
    def _follow_view(self) -> None:
        self._beside.setVisible(self._study.services.views.now.id != TOGETHER)
        if not self.isVisible():  # a step stays lit only where it can be seen and left
            self._inspection.light(None)

    @Slot()
    def _make_iteration(self) -> None:
        self._session.step(1)


def _words(name: str, text: str) -> QLabel:
    return named(QLabel(text, wordWrap=True), name)


def _tight_card(*contents: QWidget) -> QFrame:
    frame = card(*contents)
    inside = frame.layout()
    assert inside is not None
    inside.setContentsMargins(*CARD_EDGES_PX)
    inside.setSpacing(SPACING_PX)
    return frame


def parameter_for(part: Neuron | Parameter | None, sizes: Sequence[int]) -> Parameter:
    """The parameter to show for what is selected: of a neuron, its first weight; of nothing, one of the last layer."""
    if part is None or not part.is_in(sizes):
        return Parameter(len(sizes) - 1, 0, 0)
    if isinstance(part, Parameter):
        return part
    return Parameter(part.layer, part.index, 0) if part.layer else Parameter(1, 0, 0)


def _update_in_words(rule: ChainRule) -> str:
    return f"{capitalised(parameter_words(rule.parameter))}. {update_words(rule)}"
