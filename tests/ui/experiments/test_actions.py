"""The experiments in the window: chosen on their page, opened with a card, and left with the run from before."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from curvegui.core.settings.experiments import EXPERIMENTS
from curvegui.figure.drawing.look import LOOKS
from curvegui.files.lesson.words import POINTED_AT
from curvegui.session.run.delivery import Phase
from curvegui.ui.experiments.actions import lesson_of
from curvegui.ui.experiments.page import fits, picture
from curvegui.ui.help.keys import guide_text
from curvegui.ui.window.features import PANELS
from tests.help.experiment_runs import begun, thinned
from tests.ui.person import Key

MADE_OF_ONE_RUN = [name for name in EXPERIMENTS if name not in {"only-luck", "race-of-optimisers"}]


def test_each_can_be_shown_as_a_lesson_with_a_picture_in_every_look(qapp):
    assert set(fits()) == set(EXPERIMENTS)
    headings = guide_text(()).splitlines()
    for experiment in EXPERIMENTS.values():
        lesson_of(experiment)  # its condition can be read
        assert set(experiment.places) <= {*POINTED_AT, *PANELS}
        assert {f"## {experiment.chapter}", f"### {experiment.chapter}"} & {*headings}
        painted = [picture(experiment, look, 100, 2.0).toImage() for look in LOOKS.values()]
        assert all(image.width() == 200 for image in painted)
        assert painted[0] != painted[1]


@pytest.mark.parametrize("name", MADE_OF_ONE_RUN)
def test_a_picture_is_of_the_run_that_is_opened(name):
    """Where this fails: ``python -m tests.help.experiment_runs`` makes them anew."""
    kept, fit = fits()[name][0], begun(name).snapshot().fit
    np.testing.assert_allclose(kept, thinned([fit])[0], atol=0.02)


def open_page(person):
    person.choose("help.experiments")
    return person.find("experiments", QDialog)


def test_one_is_chosen_on_the_page_shown_with_a_card_and_left_with_the_run_from_before(person):
    person.enter_setting("aggression", "3")
    person.learn(10)
    before, page = person.session.config, open_page(person)
    person.wait_until(page.isActiveWindow)
    titles = page.findChild(QWidget, "experiments.list")
    assert titles.count() == 8
    QTest.keyClick(titles, Key.Key_Right)
    assert "six hidden layers" in person.read("experiments.ask")
    assert person.session.config is before  # nothing is opened by looking at it
    chosen = []
    page.chosen.connect(chosen.append)
    for _ in range(2):  # as a double click on the button
        QTest.keyClick(titles, Key.Key_Return)
    assert chosen == ["vanishing-gradient"]
    person.wait_until(lambda: person.shows("tour") and person.window.features["tour"].run_before is not None)
    assert not person.shows("experiments")
    assert person.session.config == EXPERIMENTS["vanishing-gradient"].config
    assert person.session.phase is Phase.PAUSED
    assert person.read("tour.heading") == "Vanishing gradient"
    assert "?" in person.read("tour.text")
    assert person.window.isWindowModified()  # the run from before is not saved anywhere
    person.click("tour.next")
    assert "vanishes" in person.read("tour.text")
    person.click("tour.next")
    question = person.find("restore", QDialog)
    QTest.mouseClick(question.findChild(QPushButton, "restore"), Qt.MouseButton.LeftButton)
    assert person.session.config == before
    person.wait_until(lambda: person.session.snapshot is not None and person.session.snapshot.iteration == 10)


@pytest.mark.slow
def test_what_was_learned_before_and_changed_is_there(person):
    saturated = EXPERIMENTS["saturated"]
    person.window.features["documents"].begin(saturated)  # as the program does
    person.wait_until(lambda: person.shows("tour"))
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.iteration == saturated.learnt)
    assert person.session.config.aggression == 100
    assert "aggression to 100" in person.read("tour.note")
    session = person.session
    person.wait_until(lambda: session.snapshot.config.aggression == 100)
    assert session.diagnosis is None  # the question is open
    assert "Run" in person.find("advice").accessibleName()
    person.press(Key.Key_Space)
    person.wait_until(lambda: session.diagnosis is not None)
    person.wait_until(lambda: person.window.features["tour"].tour.is_done)
