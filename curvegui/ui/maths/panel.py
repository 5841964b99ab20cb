"""The maths panel: the chain rule of one weight or bias with its present numbers, and the update that follows."""

from collections.abc import Sequence
from functools import reduce
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from curvegui.core.inspection.chain_rule import ChainRule, chain_rule
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.look.layouts import card
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.look.tips import wrapped
from curvegui.ui.maths.boxes import equation_boxes, update_boxes
from curvegui.ui.maths.equation_view import EquationView
from curvegui.ui.maths.pickers import ParameterPicker, PointPicker
from curvegui.ui.maths.steps import INVITATION, StageSteps
from curvegui.ui.maths.words import equation_words, heading_of, parameter_words, stage_words, stages_of, update_words
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.scrolled import hold_page

ROOMY_LINES, NARROW_LINES = 25, 32  # from these heights, wide and narrow, pickers and steps stay in sight
WIDE_LINES = 26  # from this width, in heights of a line, they need fewer rows
SEEK_MARGIN_PX = 12
TOGETHER = "understand"  # the view that shows network and mathematics at the same time
WORDS_S = 0.25  # between sentences while the run trains: nobody reads faster
HURRY_S = 0.25  # snapshots that come faster are shown by halves: a whole one would make a frame late


class MathsPanel(QWidget):
    """Shows the equation of what is selected in the network."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self.setObjectName("maths")
        self._study = study
        self._session, self._inspection = study.session, study.inspection
        self._portrait: Portrait | None = None
        self._said_at = self._came_at = 0.0
        self._update_is_next = False
        self._seeking = QTimer(self, singleShot=True)
        self._seeking.timeout.connect(self._seek)
        self._catching_up = QTimer(self, singleShot=True)
        self._catching_up.timeout.connect(self._show_at_once)
        self._parameters, self._points = ParameterPicker(), PointPicker()
        self._beside = QToolButton()
        self._steps = StageSteps((self._parameters, self._points), (self._beside,))
        self._equation, self._update = (EquationView(study.session.gate) for _ in range(2))
        self._equation.setObjectName("maths.equation")
        self._equation.setAccessibleName("The chain rule")
        self._update.setObjectName("maths.update")
        self._update.setAccessibleName("The update")
        self._build()
        self._connect()
        follow_theme(self._show_at_once)

    def _build(self) -> None:
        self._beside.setObjectName("maths.network")
        self._beside.setText("Show the network too")
        self._beside.setToolTip(wrapped("Go to the view Understand, where the network lights up above the mathematics"))
        self._beside.setProperty("link", True)
        self._beside.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(8)
        self._heading = QLabel(heading_of(self._session.config))
        self._heading.setObjectName("maths.heading")
        self._heading.setWordWrap(True)
        self._heading.setProperty("muted", True)
        self._steps_card = card(self._steps)
        self._steps_card.setObjectName("maths.controls")
        inside = self._steps_card.layout()
        assert inside is not None
        inside.setContentsMargins(10, 8, 10, 8)
        for each in (card(self._equation), card(self._heading, self._update)):
            column.addWidget(each)
        column.addStretch(1)
        self._column, self._area = column, QScrollArea()
        area = self._area
        area.setObjectName("maths.area")
        hold_page(area, page)
        outer, self._apart = QVBoxLayout(self), QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        self._apart.setContentsMargins(2, 2, 2 + area.verticalScrollBar().sizeHint().width(), 0)  # like the cards below
        outer.addLayout(self._apart)
        outer.addWidget(area, 1)
        outer.setSpacing(6)
        self._column.insertWidget(0, self._steps_card)

    def minimumSizeHint(self) -> QSize:
        """As low as a page that scrolls, with the steps on it; as wide as the widest of its contents."""
        page, bar = self._area.widget(), self._area.verticalScrollBar()
        widest = max(page.minimumSizeHint().width() if page else 0, self._steps_card.minimumSizeHint().width())
        return QSize(widest + bar.sizeHint().width(), self._area.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pickers and steps in sight while the page scrolls, if there is room."""
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        wanted = ROOMY_LINES if self.width() >= WIDE_LINES * line else NARROW_LINES
        is_apart, has_room = self._apart.count() > 0, self.height() >= wanted * line
        if has_room and not is_apart:
            self._apart.addWidget(self._steps_card)
        elif is_apart and not has_room:
            self._column.insertWidget(0, self._steps_card)

    @Slot()
    def _seek(self) -> None:
        """Scroll to what is lit up, to its beginning if not all of it fits; the steps stay in sight."""
        stage = self._inspection.stage
        view = self._update if stage is not None and stage.pass_ is Pass.UPDATE else self._equation
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
        self._study.services.views.changed.connect(self._offer_network)
        self._offer_network()
        self._steps.wanted.connect(inspection.light)
        self._steps.pause_wanted.connect(self._session.pause)
        self._steps.iteration_wanted.connect(self._make_iteration)

    def show_portrait(self, portrait: Portrait) -> None:
        """Show a run at one iteration; while many come, the equation of one, and the update of the next."""
        now = perf_counter()
        is_learning = self._session.phase.is_learning
        hurries = is_learning and now - self._came_at < HURRY_S
        self._portrait, self._came_at = portrait, now
        self._update_is_next = hurries and not self._update_is_next
        if hurries:  # finish later: the run may stop here
            self._catching_up.start(round(1000 * HURRY_S))
        self._show(
            at_once=not is_learning, equation=not self._update_is_next, update=not hurries or self._update_is_next
        )

    @Slot()
    def _show_stage(self) -> None:
        self._show(at_once=True)
        if self._portrait is not None and self._inspection.stage is not None:
            self._seeking.start()  # after the layout: the words may be higher now

    @Slot()
    def _show_at_once(self) -> None:
        self._show(at_once=True)

    def _show(self, at_once: bool, equation: bool = True, update: bool = True) -> None:
        portrait = self._portrait
        if portrait is None:
            return
        parameter, point = parameter_for(self._inspection.selected, portrait.sizes), self._inspection.point
        point = point if point is None or point < portrait.t.size else None
        rule, scale = chain_rule(portrait, parameter, point), self._study.scale_for(portrait.snapshot.parameters)
        stages = stages_of(len(portrait.sizes) - 1)
        stage = self._inspection.stage if self._inspection.stage in stages else None
        self._parameters.show_parameter(parameter, portrait.sizes)
        self._points.show_point(point, portrait.t.size)
        if equation:
            self._equation.show_boxes(equation_boxes(rule, stage, scale))
        if update:
            self._update.show_boxes(update_boxes(rule, stage, scale))
        if at_once or perf_counter() - self._said_at >= WORDS_S:
            self._said_at = perf_counter()
            self._say(portrait, rule, stages, stage)

    def _say(self, portrait: Portrait, rule: ChainRule, stages: Sequence[Stage], stage: Stage | None) -> None:
        """Put into words what is shown, for those who step through it, and for screen readers."""
        is_learning = self._session.phase.is_learning
        self._steps.show_stage(stages, stage, is_learning, not is_learning and self._session.time.past is None)
        self._steps.show_words(INVITATION if stage is None else stage_words(portrait, rule, stage))
        self._heading.setText(heading_of(portrait.snapshot.config))
        self._equation.setAccessibleDescription(equation_words(rule))
        self._update.setAccessibleDescription(f"{parameter_words(rule.parameter).capitalize()}. {update_words(rule)}")

    @Slot()
    def _show_network(self) -> None:
        self._study.services.views.show(TOGETHER)

    @Slot()
    def _offer_network(self) -> None:
        self._beside.setVisible(self._study.services.views.now.id != TOGETHER)

    @Slot()
    def _make_iteration(self) -> None:
        self._session.step(1)


def parameter_for(part: Neuron | Parameter | None, sizes: Sequence[int]) -> Parameter:
    """The parameter to show for what is selected: of a neuron, its first weight; of nothing, one of the last layer."""
    if part is None or not part.is_in(sizes):
        return Parameter(len(sizes) - 1, 0, 0)
    if isinstance(part, Parameter):
        return part
    return Parameter(part.layer, part.index, 0) if part.layer else Parameter(1, 0, 0)
