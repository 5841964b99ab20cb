"""The panel on its own, as a person uses it; what it asks of the run is noted."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsSimpleTextItem, QLabel, QToolButton, QWidget

from curvegui.core.inspection.ablation import influence
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.diagram.edges import MOST_EDGES
from curvegui.ui.network.panel import NetworkPanel
from curvegui.ui.network.part import PAST
from curvegui.ui.network.words import shown
from tests.ui.network_study import NotedStudy, first_parameters, inspected_of
from tests.ui.person import picture

pytestmark = pytest.mark.costly

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
WEIGHT = Parameter(2, 2, 4)


class Bench:
    """A panel, what it hangs on, and hands."""

    def __init__(self, qtbot, **settings):
        self.window = QWidget()
        qtbot.addWidget(self.window)
        config = TrainingConfig(**settings)
        self.study = NotedStudy(config, self.window)
        self.panel = NetworkPanel(self.study, self.window)
        self.window.resize(480, 720)
        self.panel.resize(480, 720)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.diagram = self.panel.diagram
        self.inspection, self.session = self.study.inspection, self.study.session
        self.show(inspected_of(300, **settings))
        for _ in range(4):  # layouts within layouts
            QCoreApplication.sendPostedEvents()

    def show(self, inspected):
        self.inspected = inspected
        self.panel.show_inspected(inspected)

    def place(self, part):
        return self.diagram.layout_.middle(part).toPoint()

    def point_at(self, part):
        for step in (QPoint(1, 0), QPoint(0, 0)):
            QTest.mouseMove(self.diagram.viewport(), self.place(part) + step)

    def click(self, part):
        QTest.mouseClick(self.diagram.viewport(), LEFT, pos=self.place(part))

    def press(self, *keys):
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key)

    def focus_diagram(self):
        self.diagram.setFocus(Qt.FocusReason.TabFocusReason)

    def find(self, name, kind=QWidget):
        (found,) = self.panel.findChildren(kind, name)
        return found

    @property
    def facts(self):
        label = self.window.findChild(QLabel, "network.facts")
        return label.text().replace("\N{NO-BREAK SPACE}", " ") if label.isVisible() else ""

    @property
    def asked(self):
        return self.session.asked


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


# Looking


def test_a_selected_neuron_shows_what_it_does_at_the_point_looked_at_and_nothing_jumps(bench):
    def plots():
        return bench.panel.findChildren(QWidget, "network.response")

    diagram = bench.diagram.size()
    bench.inspection.select(WEIGHT)
    bench.inspection.select(Neuron(0, 0))
    assert not any(plot.isVisible() for plot in plots())
    bench.inspection.select(Neuron(2, 2))
    QCoreApplication.sendPostedEvents()
    (plot,) = plots()
    assert plot.isVisible()
    assert bench.diagram.size() == diagram
    z = bench.inspected.passed[2][0][2]
    assert f"z = {shown(z[bench.panel.sums.point])}," in plot.in_words()
    bench.find("network.point").setValue(7)
    assert f"z = {shown(z[7])}," in plot.in_words()
    bench.inspection.look_at_point(12)
    assert f"z = {shown(z[12])}," in plot.in_words()
    bench.inspection.select(WEIGHT)
    assert not plot.isVisible()


def test_what_is_pointed_at_says_its_numbers_and_keeps_them_fresh(bench):
    bench.point_at(Neuron(2, 2))
    assert bench.facts.startswith("neuron 3 of layer 2: a = ")
    before = bench.facts
    bench.show(inspected_of(900))
    assert bench.facts != before
    a = bench.inspected.passed[2][1][2]
    assert shown(a.mean()) in bench.facts
    bench.inspection.look_at_point(10)
    assert shown(a[10]) in bench.facts


def test_what_is_selected_says_its_numbers_below_and_not_over_them(bench):
    bench.click(Neuron(2, 2))
    bench.point_at(Neuron(2, 2))
    assert bench.facts == ""
    bench.point_at(Neuron(2, 3))
    assert bench.facts.startswith("neuron 4 of layer 2")


def test_a_click_selects_and_writes_the_sum_out(bench):
    bench.click(Neuron(2, 2))
    assert bench.inspection.selected == Neuron(2, 2)
    z = bench.inspected.passed[2][0][2, 50]
    assert shown(z) in bench.panel.sums.words.text()
    bench.click(Parameter(2, 2))
    assert bench.inspection.selected == Parameter(2, 2)
    QTest.mouseClick(bench.diagram.viewport(), LEFT, pos=QPoint(2, 2))
    assert bench.inspection.selected is None


def test_the_sum_is_taken_at_the_point_that_is_inspected_or_at_one_chosen_here(bench):
    bench.inspection.select(Neuron(1, 0))
    bench.panel.sums.slider.setValue(20)
    assert bench.inspection.point is None
    assert shown(bench.inspected.passed[1][0][0, 20]) in bench.panel.sums.words.text()
    bench.inspection.look_at_point(70)
    assert shown(bench.inspected.passed[1][0][0, 70]) in bench.panel.sums.words.text()
    assert bench.panel.sums.slider.value() == 70
    bench.panel.sums.slider.setValue(71)
    assert bench.inspection.point == 71


def test_muted_lit_and_brushed_parts_look_different_and_come_back(bench):
    def lay_out():
        for _ in range(9):  # all is laid out, and what its new width asks for
            picture(bench.window)
            QCoreApplication.sendPostedEvents()

    def seen():
        return picture(bench.diagram)

    lay_out()
    plain = seen()
    for change, back in (
        (lambda: bench.inspection.mute(Neuron(1, 1), True), bench.inspection.unmute_all),
        (lambda: bench.inspection.solo(Parameter(2, 0, 0)), bench.inspection.unmute_all),
        (lambda: bench.inspection.light(Stage(Pass.FORWARD, 1)), lambda: bench.inspection.light(None)),
        (lambda: bench.inspection.light(Stage(Pass.BACKWARD, 3)), lambda: bench.inspection.light(None)),
        (lambda: bench.inspection.light(Stage(Pass.FORWARD, 4)), lambda: bench.inspection.light(None)),
        (lambda: bench.inspection.brush((0.2, 0.5)), lambda: bench.inspection.brush(None)),
        (lambda: bench.inspection.select(WEIGHT), lambda: bench.inspection.select(None)),
    ):
        change()
        assert seen() != plain
        back()
        lay_out()  # what is said of a brushed stretch takes room while it is there
        assert seen() == plain


def test_the_dock_says_what_the_bars_of_a_brushed_stretch_mean_and_takes_it_away(bench):
    note = bench.find("network.stretch")
    assert not note.isVisible()
    plain = picture(bench.diagram)
    bench.inspection.brush((0.20004, 0.5))
    assert note.isVisible() and picture(bench.diagram) != plain
    shares = influence(bench.inspected.network, bench.inspected.t, (0.20004, 0.5))
    bench.point_at(Neuron(1, 3))
    assert f"{round(100 * shares[0][3])} %" in bench.facts
    assert "t = 0.2 to 0.5." in bench.find("network.bars").text()
    bench.find("network.clear_stretch").click()
    assert bench.inspection.stretch is None
    assert not note.isVisible()


# Keys


def test_the_keys_walk_the_network_and_the_sum_follows(bench):
    bench.focus_diagram()
    bench.press(Key.Key_Down, Key.Key_Down, Key.Key_Right)
    assert bench.inspection.selected == Neuron(2, 1)
    bench.press(Key.Key_Return, Key.Key_Down)
    assert bench.inspection.selected == Parameter(2, 1, 1)
    assert "W2[2" in bench.panel.sums.words.text()
    bench.press(Key.Key_Escape, Key.Key_Escape)
    assert bench.inspection.selected is None


def test_each_move_is_said(bench, monkeypatch):
    said = []
    monkeypatch.setattr("curvegui.ui.network.diagram.announce", lambda widget, words: said.append(words))
    bench.focus_diagram()
    bench.press(Key.Key_Down, Key.Key_Up, Key.Key_Escape)
    assert said[0].startswith("neuron 1 of layer 1: a = ")
    assert said[1:] == ["neuron 1 of layer 1: no further", "Nothing is selected"]


def test_letters_mute_solo_and_freeze_what_is_selected(bench):
    bench.focus_diagram()
    bench.inspection.select(WEIGHT)
    bench.press(Key.Key_M)
    assert bench.inspection.muted == {WEIGHT} and bench.find("network.mute").isChecked()
    bench.find("network.unmute_all").click()
    bench.press(Key.Key_S)
    assert (bench.inspection.muted, bench.inspection.soloed) == (frozenset(), WEIGHT)
    bench.press(Key.Key_S, Key.Key_K)
    assert bench.inspection.soloed is None
    assert bench.asked == [("frozen", (WEIGHT.index_in(bench.inspected.sizes),))]
    assert bench.study.words[-1].replace("\N{NO-BREAK SPACE}", " ") == "Weight W2[3, 5]: frozen"
    bench.press(Key.Key_K)
    assert bench.asked[-1] == ("frozen", ())


def test_plus_and_minus_grow_and_shrink_the_layer_of_what_is_selected(bench):
    bench.focus_diagram()
    bench.inspection.select(Neuron(2, 3))
    bench.press(Key.Key_Plus, Key.Key_Minus)
    assert bench.asked == [("add_neuron", 2), ("remove_neuron", Neuron(2, 3), 2)]
    bench.inspection.select(Neuron(3, 0))
    bench.press(Key.Key_Plus, Key.Key_Minus)
    bench.inspection.select(Neuron(0, 0))
    bench.press(Key.Key_Plus, Key.Key_M, Key.Key_S, Key.Key_K)
    assert len(bench.asked) == 2
    assert not bench.inspection.ablations


def test_enter_on_a_weight_goes_to_its_value_and_enter_there_sets_it_and_comes_back(bench):
    bench.focus_diagram()
    bench.inspection.select(WEIGHT)
    bench.press(Key.Key_Return)
    box = bench.find("network.value")
    assert box.hasFocus()
    QTest.keyClicks(box, "-1,25")
    bench.press(Key.Key_Return)
    assert bench.asked == [("set", {WEIGHT: -1.25})]
    assert bench.diagram.hasFocus()
    bench.press(Key.Key_Return)
    QTest.keyClicks(box, "3")
    bench.press(Key.Key_Escape, Key.Key_Escape)  # it takes back what was typed, and leaves the box
    assert len(bench.asked) == 1 and bench.diagram.hasFocus()


def test_what_is_no_number_is_refused_with_words(bench):
    bench.inspection.select(WEIGHT)
    box = bench.find("network.value")
    for text in ("1e-", "1e30"):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)
        bench.press(Key.Key_Return)
    assert bench.asked == []
    assert [words.rpartition(": ")[2] for words in bench.study.words] == [
        "a weight is a number from −1,000,000 to 1,000,000"
    ] * 2


# Hands


def dragged(bench, start, end, finish=True):
    view = bench.diagram.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    for share in (0.5, 1.0):
        QTest.mouseMove(view, start + (end - start) * share)
    if finish:
        QTest.mouseRelease(view, LEFT, pos=end)


def test_a_bias_is_dragged_up_as_one_change(bench):
    part = Parameter(3, 1)
    start = bench.place(part)
    dragged(bench, start, start - QPoint(0, 60))
    assert bench.asked[0] == ("hold",)
    assert bench.asked[-1] == ("release",)
    values = [each[1][part] for each in bench.asked if each[0] == "set"]
    before = bench.inspected.snapshot.parameters[part.index_in(bench.inspected.sizes)]
    assert values[-1] == pytest.approx(before + bench.diagram.scale_ / 2, rel=1e-3)


def test_esc_puts_a_dragged_weight_back(bench):
    bench.focus_diagram()
    part = Parameter(3, 1)
    start = bench.place(part)
    dragged(bench, start, start - QPoint(0, 60), finish=False)
    bench.diagram.drag._send()  # as its clock does
    bench.press(Key.Key_Escape)
    before = bench.inspected.snapshot.parameters[part.index_in(bench.inspected.sizes)]
    assert [each[0] for each in bench.asked] == ["hold", "set", "set", "release"]
    assert bench.asked[2][1] == {part: pytest.approx(before)}


def test_what_can_be_done_with_a_part_is_offered_where_one_is_selected_and_nothing_moves(bench):
    offers = [bench.find(f"network.{name}") for name in ("mute", "solo", "freeze", "point", "value")]
    bench.inspection.select(WEIGHT)
    assert all(each.isVisible() for each in offers)
    size = bench.diagram.size()
    bench.inspection.mute(WEIGHT, True)
    bench.inspection.select(None)
    assert not any(each.isVisible() for each in offers)
    assert bench.find("network.unmute_all").isVisible() and bench.diagram.size() == size


def test_buttons_over_the_layers_change_them(bench):
    for name in ("layer.0.plus", "layer.1.minus", "layer.add.1", "layer.add.3"):
        bench.find(name, QToolButton).click()
    assert bench.asked == [("add_neuron", 1), ("remove_neuron", None, 2), ("add_layer", 1), ("add_layer", None)]
    why = bench.study.words[0]
    assert "14 neurons" in why and "one alone would bend" in why
    assert why in " ".join(bench.find("layer.add.1").toolTip().split())


def test_what_is_refused_is_said(bench):
    bench.session.refusal = "Too large."
    bench.find("layer.0.plus", QToolButton).click()
    assert bench.study.words == ["Too large."]


def test_the_past_can_be_looked_at_but_not_changed(bench):
    bench.inspection.select(WEIGHT)
    bench.session.time.past = bench.inspected.snapshot
    bench.session.time.moved.emit(bench.inspected.snapshot)
    for name in ("network.value", "network.freeze", "layer.0.plus", "layer.add.1"):
        assert not bench.find(name).isEnabled()
    bench.focus_diagram()
    bench.press(Key.Key_K)
    start = bench.place(Parameter(3, 1))
    dragged(bench, start, start - QPoint(0, 60))
    assert bench.asked == []
    assert bench.study.words == [PAST]
    bench.press(Key.Key_M)
    assert bench.inspection.muted == {Parameter(3, 1)}


# Networks of all kinds


def test_the_diagram_follows_a_network_that_changes_its_size(bench):
    bench.inspection.select(Neuron(2, 6))
    for hidden in ((6, 5), (3,), (6, 7, 4), (1,)):
        bench.show(inspected_of(hidden=hidden))
        assert bench.diagram.layout_.sizes == (1, *hidden, 2)
        assert len(bench.panel.findChildren(QToolButton, f"layer.{len(hidden) - 1}.plus")) == 1
        assert "Click" in bench.panel.sums.words.text() or hidden == (6, 7, 4)


def test_what_is_looked_at_in_a_later_run_is_not_looked_for_in_the_one_that_is_still_shown(bench):
    bench.point_at(Neuron(2, 2))
    bench.inspection.look_at_point(1_299)
    assert "on average" in bench.facts
    for later in (Neuron(4, 0), Parameter(2, 30, 0)):
        bench.inspection.select(later)
        bench.focus_diagram()
        bench.press(Key.Key_Up)
        assert bench.inspection.selected == Neuron(1, 0)


@pytest.mark.parametrize(
    ("bad", "activation"),
    [
        (np.nan, "logistic"),
        (-np.inf, "relu"),
        *product([np.inf, 1e300], ["logistic", "tanh", "relu", "sine"]),  # the sine of infinity is not a number
    ],
)
def test_a_network_that_has_diverged_is_drawn(bench, bad, activation):
    parameters = first_parameters((1, 6, 7, 2))
    parameters[::3] = bad
    bench.show(inspected_of(parameters=parameters, activation=activation, output_activation="linear"))
    bench.inspection.select(Neuron(2, 0))
    bench.inspection.brush((0.1, 0.2))
    bench.point_at(Neuron(1, 0))
    picture(bench.panel)
    assert bench.facts


def test_a_large_network_draws_its_largest_weights_and_says_so(qtbot):
    bench = Bench(qtbot, hidden=(64,) * 4)
    layout, edges = bench.diagram.layout_, bench.diagram.edges
    size = np.abs(bench.inspected.snapshot.parameters[layout.indices])
    assert len(edges.drawn) == MOST_EDGES
    assert size[edges.drawn].min() >= np.sort(size)[-MOST_EDGES]
    note = bench.panel.note.text()
    assert "Of 12,480 weights, the 1,000 largest are drawn" in note
    bench.click(Neuron(3, 30))
    assert bench.inspection.selected == Neuron(3, 30)
    weak = layout.weight(int(size.argmin()))
    bench.inspection.select(weak)
    assert weak.matrix in bench.panel.sums.words.text()


def test_a_network_that_only_the_command_line_makes_is_not_drawn_but_its_sums_are_written(bench):
    bench.show(inspected_of(hidden=(300,)))
    assert "too large to be drawn" in bench.panel.note.text()
    assert not bench.diagram.isVisible()
    bench.inspection.select(Neuron(2, 0))
    assert "smaller terms" in bench.panel.sums.words.text()
    bench.show(inspected_of(hidden=(6, 7)))
    assert bench.diagram.isVisible()
    assert not bench.panel.note.isVisible()
    assert bench.diagram.layout_.sizes == (1, 6, 7, 2)


# Looks


def test_a_new_neuron_grows_out_of_the_others_unless_less_motion_is_wanted(bench, qtbot):
    def places():
        paths = (each.path() for each in bench.diagram.scene().items() if isinstance(each, QGraphicsPathItem))
        return sorted(path.boundingRect().getRect() for path in paths)

    def show(*hidden):
        bench.show(inspected_of(300, hidden=hidden))
        for _ in range(4):  # layouts within layouts
            QCoreApplication.sendPostedEvents()

    show(7, 7)
    there = places()
    for calm in (True, False):
        show(6, 7)
        bench.study.is_calm = calm
        show(7, 7)
        assert (places() == there) == calm
        qtbot.waitUntil(lambda: places() == there)
        bench.study.is_calm = True


def test_the_weights_of_the_neuron_under_the_pointer_stand_out(bench):
    def pens():
        edges, layout = bench.diagram.edges, bench.diagram.layout_
        return {layout.weight(int(edge)): edges.pen(slot) for slot, edge in enumerate(edges.drawn)}

    usual = pens()
    bench.point_at(Neuron(2, 2))
    pointed, own = pens(), {Parameter(2, 2, column) for column in range(6)} | {Parameter(3, row, 2) for row in (0, 1)}
    for weight, pen in pointed.items():
        wider = pen.widthF() > usual[weight].widthF()
        assert wider == (weight in own)
        assert (pen.color() == usual[weight].color()) == (weight in own)
    bench.point_at(Parameter(3, 1))
    assert pens() == usual
    bench.focus_diagram()
    bench.inspection.select(Neuron(2, 2))
    assert pens() == pointed


def test_a_small_network_says_how_the_exercise_calls_its_parts(bench):
    def letters():
        texts = (each for each in bench.diagram.scene().items() if isinstance(each, QGraphicsSimpleTextItem))
        return {each.text(): each.pos().x() for each in texts if each.isVisible()}

    names = ["t", "W1", "z1 a1", "W2", "z2 a2", "W3", "z3 a3"]
    assert [name for name in sorted(letters(), key=letters().get) if name in names] == names
    bench.inspection.light(Stage(Pass.FORWARD, 1))
    assert "W1" not in letters() and "forward →" in letters()
    bench.show(inspected_of(hidden=(64, 7)))
    assert "W1" not in letters()


def test_edges_show_the_jacobians_instead_of_the_weights_when_asked_for(bench):
    weights, name = picture(bench.diagram), bench.panel.legend.accessibleName()
    bench.find("network.gradient").click()
    assert picture(bench.diagram) != weights
    assert bench.panel.legend.accessibleName().startswith("Jacobians: from −")
    bench.find("network.gradient").click()
    assert picture(bench.diagram) == weights and bench.panel.legend.accessibleName() == name


def test_escape_puts_the_light_out_and_then_lets_go_of_the_part(bench):
    bench.focus_diagram()
    bench.inspection.select(Neuron(1, 0))
    bench.inspection.light(Stage(Pass.FORWARD, 1))
    bench.press(Key.Key_Escape)
    assert (bench.inspection.stage, bench.inspection.selected) == (None, Neuron(1, 0))
    bench.press(Key.Key_Escape)
    assert bench.inspection.selected is None
