"""The guided tour in the window: begun, followed, left and taken up again, and a teacher's own lesson."""

import errno
import re
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QTextBrowser, QWidget

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.files.disk import shared_file
from curvegui.files.lesson.predictions import Prediction, PredictionsFile
from curvegui.files.lesson.words import POINTED_AT
from curvegui.session.run.delivery import Phase
from curvegui.session.study.inspection import Pass, Stage
from curvegui.ui.canvas.plane_view import LEAST_PX
from curvegui.ui.tour.frame import target_of
from curvegui.ui.tour.predictions import FILE
from curvegui.ui.window.features import PANELS
from tests.help.writing import is_at_rest
from tests.ui.person import Key, Modifier
from tests.ui.strokes import CIRCLE, stroke

LOOKS_AHEAD = True  # for what is said of a run

LESSON = """# Waves
## One
Text of **one**.
look: canvas
do: Set the noise to 0.
until: noise = 0
## Two
Text of two.
look: aggression, noise
## Three
Text of three.
set: aggression = 3, layers = 4
"""


@pytest.fixture
def person(visitor):
    """Someone who leaves the lesson at last."""
    yield visitor
    tour(visitor).leave()


@pytest.fixture
def lesson(tmp_path):
    path = tmp_path / "waves.md"
    path.write_text(LESSON, encoding="utf-8")
    return path


def take(person, lesson):
    person.window.features["tour"].open(str(lesson))
    wait_for_card(person)


def start(person):
    person.choose("help.tour")
    wait_for_card(person)


def wait_for_card(person):
    """Until it is there, and the run of before is known, which can be restored in the end."""
    person.wait_until(lambda: person.shows("tour") and person.window.features["tour"].run_before is not None)


def tour(person):
    return person.window.features["tour"].tour


def frames(person):
    """The frames that are seen, from left to right."""
    found = [each for each in person.window.findChildren(QWidget, "tour.frame") if each.isVisible()]
    return sorted(found, key=lambda frame: frame.x())


def framed(person, count=1):
    person.wait_until(lambda: len(frames(person)) == count)
    return frames(person)


def test_every_place_that_a_lesson_may_name_is_somewhere_in_the_window(person):
    missing = [
        place for place in (*POINTED_AT, *PANELS) if person.window.findChild(QWidget, target_of(place).name) is None
    ]
    assert set(missing) <= {"layers", "network", "maths", "jacobians", "exercise"}  # docks of their own


def test_the_tour_begins_with_the_picture_and_keys_stay_the_window_s(person):
    start(person)
    assert person.read("tour.heading") == "What is this picture?"
    assert person.read("tour.steps") == "1 of 8"
    assert not person.find("tour.back").isEnabled()
    assert person.window.toast.words == ""
    (frame,) = framed(person)
    canvas = person.find("canvas")
    assert frame.geometry().contains(canvas.rect().translated(canvas.mapTo(person.window, QPoint())))
    person.press(Key.Key_Space)
    assert person.session.phase is Phase.LEARNING
    assert tour(person).number == 0


@pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True)  # a list
def test_our_own_tour_can_be_done_as_it_says(open_window):
    person = open_window(study=True, optimizer="lbfgs", iterations=20, speed=1.0)  # it sets what it needs
    person.wait_for_first_picture()
    session, inspection = person.session, person.window.features["study"].inspection

    def look_back():
        for _ in range(3):
            person.click("button.run.step")
        person.wait_until(lambda: not session.phase.is_learning)
        person.tab_to("timeline")
        person.press(Key.Key_Home)

    def select_and_go_back():
        inspection.select(Parameter(2, 1, 1))
        inspection.light(Stage(Pass.BACKWARD, 3))

    def exaggerate():
        person.enter_setting("aggression", "100")
        person.press(Key.Key_Space)

    def disturb():
        person.enter_setting("noise", "2")
        person.learn(1_001)

    def predict(name):
        person.find(name).click()  # as with Space: the card may have another height in a moment
        person.find("tour.check").click()

    def expect_a_line():
        person.find("tour.draw").click()
        stroke(person.window.canvas, CIRCLE)
        assert person.find("tour.check").isEnabled() and session.config.curve == "heart"  # it is not trained on
        person.find("tour.check").click()
        assert person.read("tour.said").endswith("drew.")
        person.click("tour.change")
        person.tab_to("tour.shape")
        person.press(Key.Key_Down, *[Key.Key_Down] * 4, Key.Key_Return)  # the first one drops it down
        assert "straight" in person.find("tour.shape").currentText()
        person.find("tour.check").click()

    steps = [
        (partial(predict, "tour.answer.1"), partial(person.press, Key.Key_Space)),
        (None, look_back),
        (None, lambda: inspection.select(Neuron(1, 2))),
        (lambda: person.enter("tour.number", "0"), select_and_go_back),
        (partial(predict, "tour.answer.1"), exaggerate),
        (partial(predict, "tour.answer.2"), disturb),
        (expect_a_line, lambda: person.learn(1_000)),
        (None, partial(person.press, Key.Key_F)),
    ]
    start(person)
    for number, (answer, act) in enumerate(steps):
        assert tour(person).number == number
        if answer is not None:
            person.wait_until(lambda: person.shows("tour.check"))
            answer()
            assert not tour(person).is_done and "prediction" in person.read("tour.said")
        act()
        person.wait_until(lambda: tour(person).is_done)
        assert person.find("tour.next").property("primary") is True
        if answer is not None:
            assert tour(person).is_right(number) == (number != 5)
            assert re.search("You said: .*\n(Right|That is near|It came out differently)", person.read("tour.feedback"))
        person.click("tour.next")
    assert tour(person).step is None
    assert not person.shows("tour")
    assert frames(person) == []
    check_summary(person)
    start(person)
    assert tour(person).number == 0
    person.wait_until(lambda: "Last time" in person.read("tour.feedback"))
    tour(person).go_to(6)
    person.find("tour.draw").click()
    person.click("tour.leave")
    person.find("restore", QDialog).reject()
    stroke(person.window.canvas, CIRCLE)  # nobody asks for it any more
    assert session.config.curve != "heart"


def check_summary(person):
    """What was predicted stands beside what happened, can be copied, and then the run from before can be restored."""
    summary = person.find("predictions", QDialog)
    shown = summary.findChild(QTextBrowser).toPlainText()
    assert shown.count("You said") == 5 and "differently" in shown
    summary.findChild(QPushButton, "predictions.copy").click()
    assert QApplication.clipboard().text().count("What happened") == 5
    summary.reject()
    person.find("restore", QDialog).reject()


def test_an_answer_that_could_not_be_kept_is_kept_with_the_next_one_or_behind_the_window(open_window, monkeypatch):
    person, answers = open_window(), iter("abc")
    predictions, answered = person.window.features["tour"].predictions, tour(person).done_changed
    kept = PredictionsFile(person.window.services.favourites.parent / FILE)
    monkeypatch.setattr(predictions, "_now", lambda _: Prediction(next(answers), "said", "seen", "right", "2026-11-29"))
    predictions.begin("waves", recalls=False)

    def answer_in_vain():
        with monkeypatch.context() as patched:
            patched.setattr(shared_file, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
            answered.emit()
            person.wait_until(lambda: is_at_rest(predictions))

    answer_in_vain()
    assert kept.of("waves") == () and "tries again" in person.window.toast.words
    answered.emit()
    person.wait_until(lambda: [each.ask for each in kept.of("waves")] == ["a", "b"])
    predictions.begin("waves", recalls=True)
    person.wait_until(lambda: predictions.before.keys() == {"a", "b"})
    predictions.begin("waves", recalls=False)  # in class: another person may have answered
    assert predictions.before == {}
    answer_in_vain()
    person.window.features["documents"].closing.allow()
    person.window.close()
    QThreadPool.globalInstance().waitForDone()
    assert [each.ask for each in kept.of("waves")] == ["a", "b", "c"]


def test_a_part_in_a_closed_dock_is_opened(open_window, tmp_path):
    path = tmp_path / "docks.md"
    path.write_text("# T\n## Step\ntext\nlook: network\n## Two\ntext\nlook: noise\n", encoding="utf-8")
    person = open_window(study=True)
    person.wait_for_first_picture()
    for name in ("settings", "network"):
        person.find(f"dock.{name}").hide()
    take(person, path)
    framed(person)
    assert person.shows("dock.network")
    person.click("tour.next")
    framed(person)
    network, settings, canvas = (person.find(name) for name in ("dock.network", "dock.settings", "canvas"))
    person.wait_until(lambda: settings.height() > 0.15 * canvas.height())
    person.click("tour.back")
    person.wait_until(lambda: network.height() > 0.4 * canvas.height())
    settings.hide()
    person.click("tour.next")
    assert person.shows("dock.settings")
    framed(person)


@pytest.mark.parametrize("is_left", [True, False])
def test_it_is_left_with_esc_or_the_window_and_taken_up_again_in_another_one(open_window, lesson, is_left):
    person = open_window()
    person.wait_for_first_picture()
    take(person, lesson)
    person.enter_setting("noise", "0")
    person.click("tour.next")
    if is_left:
        person.tab_to("tour.next")
        person.press(Key.Key_Escape)
        assert not person.shows("tour")
        person.find("restore", QDialog).reject()
        assert "step 2" in person.window.toast.words
    person.window.features["documents"].closing.allow()
    person.window.close()
    again = open_window()
    again.wait_for_first_picture()
    assert not again.shows("tour.column")
    take(again, lesson)
    assert again.read("tour.heading") == "Two"
    assert tour(again).done == {0}


def test_a_step_is_said_with_its_question(person, monkeypatch):
    said = []
    monkeypatch.setattr("curvegui.ui.tour.card.announce", lambda card, words: said.append(words))
    person.choose("help.tour")
    person.find("tour")
    assert said == ["First steps, step 1 of 8: What is this picture? How will the fit become the heart?"]


def test_the_card_is_in_every_view_of_a_lesson_that_was_left_in_one_and_taken_up_again(person, tmp_path):
    path = tmp_path / "views.md"
    path.write_text("# T\n## Play\ntext\n## Understand\ntext\nlook: maths\n", encoding="utf-8")
    take(person, path)
    person.click("tour.next")
    assert person.window.services.views.now.id == "understand"
    person.find("tour.leave").click()
    assert not person.shows("tour")
    take(person, path)
    for view in ("play", "exercise", "watch", "understand", "play"):
        person.choose(f"view.{view}")
        assert person.shows("tour.leave"), view


def test_it_is_followed_by_keys(person, lesson):
    take(person, lesson)
    person.press(Key.Key_Right, modifiers=Modifier.AltModifier)
    assert person.read("tour.heading") == "Two"
    person.press(Key.Key_Left, modifiers=Modifier.AltModifier)
    assert person.read("tour.heading") == "One"
    person.press(Key.Key_Left, modifiers=Modifier.AltModifier)
    assert person.read("tour.heading") == "One"
    person.tab_to("tour.next")
    person.press(Key.Key_Space)
    assert person.read("tour.heading") == "Two"
    assert person.focus == "tour.next"
    assert not person.session.phase.is_learning
    person.tab_to("canvas")
    for _ in range(2):  # the curves are between them
        person.press(Key.Key_F6, modifiers=Modifier.ShiftModifier)
    assert person.focus.startswith("tour.")


def test_a_step_says_what_it_has_set_and_undo_takes_it_back(person, lesson):
    take(person, lesson)
    for _ in range(2):
        person.click("tour.next")
    assert person.session.config.aggression == 3
    person.wait_until(lambda: person.shows("tour.note"))
    assert person.read("tour.note") == ("This step set the aggression to 3 and the layers to 4 neurons.")
    person.choose("edit.undo")
    assert (person.session.config.aggression, person.session.config.hidden) == (7, (6, 7))


def test_what_is_to_do_gets_a_tick_which_is_said_too(person, lesson):
    take(person, lesson)
    assert person.find("tour.sign").accessibleName() == "To do"
    person.enter_setting("noise", "0")
    assert person.find("tour.sign").accessibleName() == "Done"
    assert person.find("tour.do").accessibleName() == "Done: Set the noise to 0."
    assert person.find("tour").accessibleName() == "Waves, step 1 of 3: One"
    assert person.find("tour.text").accessibleName() == "Text of one."
    entries = person.find("tour.steps").menu().actions()
    assert [entry.text() for entry in entries] == ["1. One", "2. Two", "3. Three"]
    assert [entry.isChecked() for entry in entries] == [True, False, False]
    entries[2].trigger()
    assert person.read("tour.heading") == "Three"


def test_frames_let_clicks_through_and_follow_what_they_are_around(person, lesson):
    take(person, lesson)
    person.click("tour.next")
    aggression, noise = framed(person, 2)
    editor = person.find("editor.aggression")
    assert aggression.geometry().contains(editor.mapTo(person.window, editor.rect().center()))
    place = editor.mapTo(person.window, editor.rect().center())
    assert person.window.childAt(place) is not aggression
    before = noise.geometry()
    person.window.resize(person.window.width() + 60, person.window.height())
    person.wait_until(lambda: noise.geometry().left() > before.left())
    person.find("dock.settings").hide()
    person.wait_until(lambda: frames(person) == [])


def test_the_card_scrolls_its_text_in_a_low_window_and_leaves_room(open_window, lesson):
    person = open_window(size=(760, 540))
    person.wait_for_first_picture()
    start(person)
    page, window = person.find("tour.page"), person.window
    person.wait_until(lambda: page.verticalScrollBar().maximum() > 0)
    assert page.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert person.find("canvas").height() >= LEAST_PX
    assert person.find("canvas").width() >= LEAST_PX
    width, left = person.find("tour").width(), person.find("canvas").x()
    for _ in range(3):
        person.click("tour.next")
        assert (person.find("tour").width(), person.find("canvas").x()) == (width, left)  # nothing jumps
    window.resize(1180, 830)
    person.wait_until(lambda: page.verticalScrollBar().maximum() == 0)
    assert page.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_lesson_with_mistakes_is_shown_with_its_lines_and_nothing_changes(person, lesson, tmp_path):
    take(person, lesson)
    person.click("tour.next")
    wrong = tmp_path / "wrong.md"
    wrong.write_text("# T\n## S\ntext\nlook: canvass\nset: noise = x\n", encoding="utf-8")
    person.window.features["tour"].open(str(wrong))
    person.wait_until(lambda: person.shows("lesson_trouble"))
    assert person.find("lesson_trouble.list").toPlainText().splitlines() == [
        "Line 4: There is no part of the window called “canvass”. Did you mean “canvas”?",
        "Line 5: “x” is not a number. Write it as 7, 0.5 or 1e-3.",
    ]
    assert person.read("tour.heading") == "Two"
    dialog = person.find("lesson_trouble", QDialog)
    assert str(wrong) in dialog.findChildren(QWidget, "lesson_trouble.path")[0].text()
    dialog.reject()


def test_a_lesson_that_cannot_be_read_is_told(person, tmp_path):
    person.window.features["tour"].open(str(tmp_path / "nowhere.md"))
    person.wait_until(lambda: person.shows("trouble"))
    assert "nowhere.md" in person.find("trouble").text()
    assert not person.shows("tour")
    person.find("trouble").reject()


def test_a_lesson_is_asked_for(person, lesson):
    person.choose("help.lesson")
    dialog = person.find("open_lesson", QFileDialog)
    dialog.fileSelected.emit(str(lesson))
    dialog.reject()
    person.wait_until(lambda: person.shows("tour"))
    assert person.read("tour.heading") == "One"


# Room, and what is left when it is left


def in_sight(person, name):
    """How much of the height of a part is seen."""
    part = person.find(name)
    return part.visibleRegion().boundingRect().height() / part.height()


def frames_middle(person, target):
    """Whether the one frame is around the middle of what is seen of a part."""
    middle = target.mapTo(person.window, target.visibleRegion().boundingRect().center())
    return [frame.geometry().contains(middle) for frame in frames(person)] == [True]


def view_of(person):
    return person.window.services.views.now.id


PLACES_AND_VIEWS = (
    ("canvas", ""), ("maths", "understand"), ("network", "understand"), ("timeline", "understand"), ("noise", "play"),
    ("network", "play"), ("exercise", "exercise"), ("run button", "exercise"), ("curves", "play"),
)  # fmt: skip


def test_a_step_shows_its_place_in_the_view_that_shows_it_and_at_the_end_the_view_before_comes_back(
    open_window, tmp_path
):
    steps = "".join(f"## {number}\ntext\nlook: {place}\n" for number, (place, _) in enumerate(PLACES_AND_VIEWS))
    person = open_window(size=(1280, 830), study=True)
    person.wait_for_first_picture()
    for before, way_out in (("watch", "tour.leave"), ("exercise", "tour.next"), ("play", "tour.leave")):
        person.choose(f"view.{before}")
        path = tmp_path / f"{before}.md"  # another one each time: it begins at its start
        path.write_text(f"# T\n{steps}", encoding="utf-8")
        take(person, path)
        for number, (place, view) in enumerate(PLACES_AND_VIEWS):
            if before != "play" and 0 < number < len(PLACES_AND_VIEWS) - 1:
                continue  # all places once are enough
            tour(person).go_to(number)
            assert view_of(person) == (view or before), place
            target = person.window.findChild(QWidget, target_of(place).name)
            framed(person)
            person.wait_until(lambda target=target: frames_middle(person, target))
            assert person.shows("tour")
        person.click(way_out)
        assert view_of(person) == before
        assert not person.shows("tour")
        assert frames(person) == []


def test_the_sum_and_the_equation_are_in_sight_when_a_step_asks_for_them(open_window):
    person = open_window(size=(1024, 700), study=True)
    person.wait_for_first_picture()
    inspection = person.window.services.inspection
    start(person)
    framed(person)
    tour(person).go_to(2)
    person.wait_until(lambda: person.shows("network.sum"))
    inspection.select(Neuron(2, 2))
    person.wait_until(lambda: in_sight(person, "network.sum") == 1)
    tour(person).go_to(3)
    person.wait_until(lambda: person.shows("maths.equation"))
    tour(person).answer(0.0)
    inspection.select(Parameter(2, 1, 1))
    inspection.light(Stage(Pass.BACKWARD, 3))
    person.wait_until(lambda: person.find("maths.equation").visibleRegion().boundingRect().height() > 100)
    assert in_sight(person, "maths.on") == 1
    tour(person).go_to(4)
    person.wait_until(lambda: in_sight(person, "editor.aggression") == 1)


def test_who_leaves_is_asked_whether_to_restore_the_run_from_before(person, lesson):
    take(person, lesson)
    for _ in range(2):
        person.click("tour.next")
    person.enter_setting("noise", "0")  # as the first step asks for
    person.click("tour.leave")
    question = person.find("restore", QDialog)
    assert "aggression to 7, the layers to 6–7 neurons and the noise to 1" in question.informativeText()
    assert "step 3" in person.window.toast.words
    config = person.session.config
    question.reject()
    assert person.session.config is config
    person.learn(10)
    fit = person.session.snapshot.fit
    take(person, lesson)
    person.enter_setting("noise", "2")
    person.learn(20)
    person.enter_setting("seed", "3")
    person.enter_setting("noise", "3")
    person.learn(5)
    person.click("tour.leave")
    QTest.mouseClick(person.find("restore", QDialog).findChild(QPushButton, "restore"), Qt.MouseButton.LeftButton)
    person.wait_until(lambda: person.session.snapshot is not None)
    assert person.session.config == config
    assert (person.session.snapshot.fit == fit).all()  # not as it was before the last change
    person.choose("edit.undo")
    person.wait_until(lambda: person.session.snapshot is not None)
    assert (person.session.config.seed, person.session.config.noise) == (3, 3)


def test_who_leaves_with_all_as_it_was_is_asked_nothing(person, lesson):
    take(person, lesson)
    person.enter_setting("seed", "3")
    person.choose("edit.undo")
    person.click("tour.leave")
    assert not person.shows("restore")
    assert person.focus == "canvas"
    assert person.window.toast.words.startswith("Resume the lesson")
