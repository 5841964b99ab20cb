"""The dialog that brings a curve in: it shows what would be learnt, and touches nothing before that is wished."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from curvegui.core.curve.curve import Curve, CurveError, curve_through, enough_points
from curvegui.ui.curve_dialog.dialog import CurveDialog, CurveOffer, CurveSource
from tests.ui.curve_person import cancel, curve_dialog, facts, learn_it, offered, part, refused, shown, type_into
from tests.ui.person import Key, colours, picture


def zigzag(count, name="zigzag"):
    """A curve with as many corners."""
    x = np.arange(count, dtype=float)
    return curve_through(name, np.stack([x, x % 2]), closed=False)


COMB = curve_through("comb", np.stack([np.arange(14.0), 14.0 * (np.arange(14) % 2)]), closed=False)


class Slow(CurveSource):
    """Offers what it is told to, when it is told to."""

    title, waits = "Slow", "Choose something."

    def __init__(self, *works):
        super().__init__()
        self.works, self.taken, self.left = list(works), [], Event()

    def maker(self):
        return self.works.pop(0) if self.works else None

    def take(self, offer):
        self.taken.append(offer)


def opened(person, *works):
    """The dialog with a source that does as it is told."""
    source = Slow(*works)
    person.window.features["curves"]._open(source)
    return source


def waiting(until, offer):
    """Work that waits for an event, or until nobody wants it."""

    def work(job):
        while not (until.wait(0.005) or job.is_unwanted):
            job.progress(0.5)
        return offer

    return work


def at_once(offer):
    return lambda job: offer


def learn_200(person):
    person.learn(200)


@pytest.fixture
def learned(visit):
    """Someone whose run has come to iteration 200."""
    return visit(learn_200)


def test_it_is_learnt_and_undo_brings_the_old_run_back(learned):
    before = learned.session.snapshot.parameters
    opened(learned, at_once(CurveOffer(zigzag(7))))
    learn_it(learned)
    assert learned.session.config.curve == zigzag(7)
    learned.choose("edit.undo")
    learned.wait_until(lambda: learned.session.snapshot)
    assert learned.session.config.curve == "heart"
    assert np.array_equal(learned.session.snapshot.parameters, before)


def test_what_takes_a_while_shows_how_far_it_is_and_a_late_answer_is_dropped_and_what_is_wished_is_learnt(learned):
    let_go = Event()
    opened(learned, waiting(let_go, CurveOffer(zigzag(7))))
    bar = part(learned, "curve.progress")
    learned.wait_until(lambda: bar.isVisible() and bar.value() == 500)
    let_go.set()
    offered(learned)
    assert not bar.isVisible()

    cancel(learned)
    never = Event()
    source = opened(learned, waiting(never, CurveOffer(zigzag(3, "late"))), at_once(CurveOffer(zigzag(7, "new"))))
    source.changed.emit()
    assert offered(learned).name == "new"
    assert [offer.curve.name for offer in source.taken] == ["new"]

    cancel(learned)
    never = Event()
    opened(learned, waiting(never, CurveOffer(zigzag(7))))
    learned.session.run()
    learned.reach(300)
    assert shown(learned) is None
    cancel(learned)

    let_go = Event()
    opened(learned, waiting(let_go, CurveOffer(zigzag(7))))
    part(learned, "curve.learn").click()
    let_go.set()
    learned.wait_until(lambda: isinstance(learned.session.config.curve, Curve))


def test_what_is_typed_in_one_go_is_made_once_and_enter_takes_the_new_curve_not_the_one_before(learned):
    source = opened(learned, at_once(CurveOffer(zigzag(7, "before"))), at_once(CurveOffer(zigzag(9, "new"))))
    assert offered(learned).name == "before"
    for _ in range(3):
        source.changed.emit()
    part(learned, "curve.learn").click()
    learned.wait_until(lambda: isinstance(learned.session.config.curve, Curve))
    assert learned.session.config.curve.name == "new"
    assert len(source.taken) == 2


def fails(job):
    raise CurveError("“fish.csv” is no fish.")


def contrast(person):
    """How much the preview's curve stands out, in the middle of the preview."""
    seen = colours(picture(part(person, "curve.preview")))
    high, wide = (side // 2 for side in seen.shape[:2])
    return seen[high - 100 : high + 100, wide - 100 : wide + 100].std()


@pytest.mark.parametrize("work", [at_once(CurveOffer(problem="“fish.csv” is no fish.")), fails])
def test_why_there_is_no_curve_is_said_and_what_was_there_before_fades(learned, work):
    source = opened(learned, at_once(CurveOffer(zigzag(7))), work)
    offered(learned)
    before = contrast(learned)
    source.changed.emit()
    assert refused(learned) == "“fish.csv” is no fish."
    assert shown(learned) is None
    assert contrast(learned) < before


def test_what_is_offered_is_shown_with_the_points_that_will_be_learnt_and_cancel_leaves_everything_untouched(learned):
    opened(learned)
    assert facts(learned) == "Choose something."
    assert not part(learned, "curve.learn").isEnabled()
    assert not part(learned, "curve.facts").property("error")
    cancel(learned)

    source = opened(learned, at_once(CurveOffer(zigzag(7), note="It is sharp.")))
    target = offered(learned)
    assert target.points.shape == (2, learned.session.config.points)
    assert facts(learned) == "7 points; will be sampled at 100 points. It is sharp."
    assert part(learned, "curve.facts").accessibleName() == facts(learned)

    before = picture(part(learned, "curve.preview"))
    source.pointed.emit(np.array([[0.0, 1.0], [0.0, 1.0]]))
    assert picture(part(learned, "curve.preview")) != before
    source.pointed.emit(None)
    assert picture(part(learned, "curve.preview")) == before

    cancel(learned)
    before, config = learned.session.snapshot, learned.session.config
    for escape in (False, True):
        opened(learned, at_once(CurveOffer(zigzag(7))))
        offered(learned)
        if escape:
            QTest.keyClick(curve_dialog(learned), Key.Key_Escape)
            learned.wait_until(lambda: not learned.window.findChildren(CurveDialog))
        else:
            cancel(learned)
    assert learned.session.snapshot is before
    assert learned.session.config is config
    assert not learned.action("edit.undo").isEnabled()


# Points


def type_points(person, text, key=Key.Key_Tab):
    """Type how many points, and leave the box as a key does."""
    box = part(person, "curve.points")
    box.setFocus()
    box.selectAll()
    box.insert(text)
    box.textEdited.emit(text)
    QTest.keyClick(box, key)


def test_few_points_that_would_cut_its_corners_become_as_many_as_are_enough(learned):
    opened(learned, at_once(CurveOffer(COMB)))
    count = offered(learned).t.size
    assert count == enough_points(COMB, 100) > 100
    assert part(learned, "curve.points").text() == f"{count:,}"
    assert f"at {count:,} points" in facts(learned)
    learn_it(learned)
    assert (learned.session.config.curve, learned.session.config.points) == (COMB, count)
    learned.choose("edit.undo")
    assert (learned.session.config.curve, learned.session.config.points) == ("heart", 100)
    assert not learned.action("edit.undo").isEnabled()


def test_another_number_of_points_is_seen_at_once_and_stays_for_what_is_chosen_next(learned):
    source = opened(learned, at_once(CurveOffer(zigzag(14))), at_once(CurveOffer(zigzag(9))))
    offered(learned)
    type_points(learned, "50")
    assert shown(learned).t.size == 50
    QTest.keyClick(part(learned, "curve.points"), Key.Key_Up)
    assert shown(learned).t.size == 51
    source.changed.emit()
    learned.wait_until(lambda: shown(learned) and "9 points" in facts(learned))
    learn_it(learned)
    assert learned.session.config.points == 51


def test_the_network_is_fitted_to_a_word_if_that_is_wanted_and_the_next_preset_takes_it_back(learned):
    before, mark = learned.session.config, learned.session.mark()
    learned.choose("curve.text")
    type_into(learned, "text.word", "hello")
    learned.wait_until(lambda: part(learned, "curve.fit").isVisible() and shown(learned))
    assert part(learned, "curve.fit").isChecked() and "Adam" in part(learned, "curve.fit").text()
    learn_it(learned)
    fitted = learned.session.config
    assert (fitted.optimizer, fitted.noise) == ("adam", 0) and sum(fitted.hidden) > sum(before.hidden)
    assert learned.session.history.steps_to(mark) == 1  # one Undo takes all of it back
    curves = learned.window.features["curves"]
    curves.learn("circle")
    assert learned.session.config == before.changed(curve="circle")
    learned.wait_until(lambda: fitted.curve in curves.recent)
    curves.learn(curves.recent[curves.recent.index(fitted.curve)])  # from the list, as it was made
    assert learned.session.config == fitted
    curves.learn("circle")
    assert learned.session.config == before.changed(curve="circle")


def test_without_the_tick_only_the_curve_changes(learned):
    opened(learned, at_once(CurveOffer(zigzag(60))))
    offered(learned)
    part(learned, "curve.fit").click()
    type_points(learned, "300")
    learn_it(learned)
    config, curves = learned.session.config, learned.window.features["curves"]
    assert (config.hidden, config.optimizer) == ((6, 7), "descent")
    assert config.points == 300
    learned.window.features["documents"].document.new()
    kept = config.curve.trained
    learned.wait_until(lambda: any(each == config.curve and each.trained == kept for each in curves.recent))
    curves.learn(curves.recent[curves.recent.index(config.curve)])
    assert learned.session.config == config


def test_enter_in_the_points_learns_at_as_many(learned):
    opened(learned, at_once(CurveOffer(zigzag(7))))
    offered(learned)
    type_points(learned, "60", Key.Key_Return)
    learned.wait_until(lambda: isinstance(learned.session.config.curve, Curve))
    assert learned.session.config.points == 60


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Return])
def test_as_many_points_as_cannot_be_are_refused_with_the_reason(learned, key):
    opened(learned, at_once(CurveOffer(zigzag(7))))
    offered(learned)
    for text, before, after in (("--", 100, 80), ("1", 80, 70), ("200000", 70, 60), ("7.5", 60, 50)):
        type_points(learned, text, key)
        assert not part(learned, "curve.learn").isEnabled()
        assert "a whole number from 2 to 100,000" in part(learned, "error.points").text()
        assert shown(learned).t.size == before
        type_points(learned, str(after))
        assert part(learned, "curve.learn").isEnabled()
        assert shown(learned).t.size == after


def test_more_points_than_the_optimiser_takes_are_refused_with_the_reason_unless_the_network_is_fitted(learned):
    learned.session.edit(hidden=(9, 11), optimizer="levenberg-marquardt")
    opened(learned, at_once(CurveOffer(zigzag(60))))
    offered(learned)
    type_points(learned, "60500")
    learn = part(learned, "curve.learn")
    assert shown(learned).t.size == 60_500 and learn.isEnabled()  # with Adam
    part(learned, "curve.fit").click()
    assert "MB" in refused(learned) and not learn.isEnabled()
    QTest.keyClick(part(learned, "curve.points"), Key.Key_Return)
    assert curve_dialog(learned).isVisible()
    type_points(learned, "500")
    learn_it(learned)
    assert (learned.session.config.points, learned.session.config.optimizer) == (500, "levenberg-marquardt")


# Formula


def test_a_formula_with_an_error_then_right(learned):
    learned.choose("curve.formula")
    assert offered(learned).closed
    type_into(learned, "formula.x", "cos(2*pi*t) + foo(t)")
    refused(learned)
    error = part(learned, "formula.x.error")
    assert "foo" in error.text()
    assert part(learned, "formula.x").property("wrong")
    assert part(learned, "formula.x").accessibleDescription() == error.text()
    assert not part(learned, "formula.y.error").isVisible()
    type_into(learned, "formula.x", "cos(2*pi*t)")
    learned.wait_until(lambda: not error.isVisible())
    type_into(learned, "formula.y", "sin(2*pi*t)")
    learned.wait_until(lambda: shown(learned) and np.ptp(np.hypot(*(shown(learned).points - 0.5))) < 1e-3)
    learn_it(learned)
    assert learned.session.snapshot.target.closed


def test_a_formula_without_a_value_says_so_under_its_own_field(learned):
    learned.choose("curve.formula")
    offered(learned)
    type_into(learned, "formula.y", "1/t")
    refused(learned)
    error = part(learned, "formula.y.error")
    assert error.isVisible()
    assert "y(t) is infinite at t = 0" in error.text()
    assert part(learned, "formula.y").property("wrong")
    assert not part(learned, "formula.x.error").isVisible()


def test_a_letter_becomes_a_slider_whose_value_is_part_of_the_curve(learned):
    learned.choose("curve.formula")
    assert part(learned, "formula.x").selectedText() == part(learned, "formula.x").text()  # typing replaces it
    type_into(learned, "formula.x", "a*cos(2*pi*t)")
    type_into(learned, "formula.y", "sin(2*pi*t)/b^2")
    assert "sin open bracket" in part(learned, "formula.y.picture").accessibleName()
    learned.wait_until(lambda: curve_dialog(learned).findChild(QWidget, "formula.b.slider"))
    slider, value = part(learned, "formula.a.slider"), part(learned, "formula.a.value")
    learned.wait_until(lambda: slider.isVisible() and is_as_wide_as_high(learned))
    for typed, shown_value in (("2,5", 2.5), ("0.5", 0.5), ("8", 8.0)):  # comma or point; the last widens the range
        value.setFocus()
        value.selectAll()
        QTest.keyClicks(value, typed)
        QTest.keyClick(value, Key.Key_Tab)
        learned.wait_until(lambda wide=shown_value: width_to_height(learned) == pytest.approx(wide, rel=1e-2))
    assert part(learned, "formula.a.high").value == 8
    slider.setValue(slider.minimum())
    learned.wait_until(lambda: width_to_height(learned) == pytest.approx(5, rel=1e-2))
    learn_it(learned)
    typed = learned.session.config.curve.typed
    assert typed.values == {"a": -5, "b": 1}
    learned.choose("curve.formula")  # it goes on from the formula that is there
    assert part(learned, "formula.x").text() == typed.x and part(learned, "formula.a.high").value == 8
    learn_it(learned)
    assert learned.session.config.curve.typed == typed


def width_to_height(learned):
    target = shown(learned)
    return np.divide(*np.ptp(target.points, axis=1)) if target is not None else 0


def is_as_wide_as_high(learned):
    return width_to_height(learned) == pytest.approx(1, rel=1e-2)


def test_a_number_that_cannot_be_used_for_a_letter_is_refused_with_the_reason(learned):
    learned.choose("curve.formula")
    type_into(learned, "formula.x", "cos(a*t) + s")
    learned.wait_until(lambda: curve_dialog(learned).findChild(QWidget, "formula.a.low"))
    for text in ("7", "--"):  # the range would end before it begins
        low = part(learned, "formula.a.low")
        low.setFocus()
        low.selectAll()
        QTest.keyClicks(low, text)
        QTest.keyClick(low, Key.Key_Tab)
        assert refused(learned)
        assert low.value == -5
        low.setFocus()
        offered(learned)
    type_into(learned, "formula.x", "cos(a*t)")  # what is left out goes, and what is wrong does not take the sliders
    slider = part(learned, "formula.s.slider")
    learned.wait_until(lambda: not slider.isVisible())
    type_into(learned, "formula.x", "cos(a*t) +")
    refused(learned)
    assert part(learned, "formula.a.slider").isVisible()
    assert part(learned, "formula.x.picture").accessibleName() == ""


def test_while_a_slider_is_dragged_the_latest_value_is_always_drawn(learned):
    learned.choose("curve.formula")
    type_into(learned, "formula.x", "a*cos(2*pi*t)")
    type_into(learned, "formula.y", "sin(2*pi*t)")
    learned.wait_until(lambda: curve_dialog(learned).findChild(QWidget, "formula.a.slider"))
    slider = part(learned, "formula.a.slider")
    slider.setSliderDown(True)
    for position in range(600, 901, 10):
        slider.setValue(position)
    learned.wait_until(lambda: width_to_height(learned) == pytest.approx(4, rel=1e-2))
    slider.setSliderDown(False)


def test_a_formula_that_is_missing_is_waited_for(learned):
    learned.choose("curve.formula")
    offered(learned)
    type_into(learned, "formula.y", "")
    learned.wait_until(lambda: "Type one formula" in facts(learned))
    assert not part(learned, "curve.learn").isEnabled()


def test_a_formula_that_is_no_curve_says_why(learned):
    learned.choose("curve.formula")
    offered(learned)
    type_into(learned, "formula.x", "1/0")
    assert refused(learned)


def test_every_example_is_a_curve(learned):
    learned.choose("curve.formula")
    for action in part(learned, "formula.examples").menu().actions():
        action.trigger()
        offered(learned)


# Text


def test_a_word_stands_upright_and_is_learnt_and_where_there_is_none_or_no_letter_for_it_that_is_said(learned):
    learned.choose("curve.text")
    offered(learned)
    type_into(learned, "text.word", "  ")
    learned.wait_until(lambda: facts(learned) == "Type a word.")

    type_into(learned, "text.word", "\U0010fffd")
    assert "\U0010fffd" in refused(learned)

    type_into(learned, "text.word", "a\U0010fffd")
    learned.wait_until(lambda: "\U0010fffd" in facts(learned))
    assert part(learned, "curve.learn").isEnabled()

    type_into(learned, "text.word", "L")
    learned.wait_until(lambda: shown(learned) and shown(learned).name == "L")
    x, y = shown(learned).points
    assert np.ptp(x[y < 0.5]) > 2 * np.ptp(x[y > 0.5])

    type_into(learned, "text.word", "ab")
    learned.wait_until(lambda: shown(learned) and shown(learned).name == "ab")
    assert "outlines joined by" in facts(learned)
    plain = shown(learned).points
    part(learned, "text.bold").click()
    family = part(learned, "text.font").currentFont().family()
    if any(QFontDatabase.bold(family, style) for style in QFontDatabase.styles(family)):
        learned.wait_until(lambda: shown(learned) and not np.array_equal(shown(learned).points, plain))
    learn_it(learned)
    assert learned.session.config.curve.name == "ab"


def test_nothing_moves_while_a_curve_is_made(learned):
    release = Event()
    offer = CurveOffer(zigzag(7))
    source = opened(learned, at_once(offer), waiting(release, offer))
    offered(learned)
    parts = [part(learned, name) for name in ("curve.preview", "curve.points", "curve.facts", "curve.learn")]
    before = [each.geometry() for each in parts]
    source.changed.emit()
    learned.wait_until(lambda: part(learned, "curve.progress").isVisible())
    assert [each.geometry() for each in parts] == before
    release.set()
    offered(learned)
    assert [each.geometry() for each in parts] == before
