"""Whether a picture contains its run: offered where it can, explained where it cannot, remembered either way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.picture.formats import PICTURE_FORMATS
from curvegui.files.project.in_picture import CARRIERS
from curvegui.files.project.project import Project
from curvegui.ui.picture.choices import PictureChoices
from curvegui.ui.picture.form import PictureForm

SMALL = Project(Trainer(TrainingConfig()).record())
LARGE = Project(Trainer(TrainingConfig(hidden=(100, 100), points=2)).record())
BETWEEN = Project(Trainer(TrainingConfig(hidden=(80, 80), points=2)).record())  # a PNG has room for it, an SVG not


@pytest.fixture
def show(qtbot):
    """Show the form with a run, or with none yet, or without asking for one."""

    def show_with(project=SMALL, choices=None, source=True):
        form = PictureForm("classic", choices or PictureChoices(), (lambda: project) if source else None)
        qtbot.addWidget(form)
        form.show()
        return form

    return show_with


def find(form, key):
    return form.findChild(object, f"picture.{key}")


def choose(form, ending):
    box = find(form, "format")
    box.setCurrentIndex(box.findData(ending))


def click(form):
    box = find(form, "run")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() * 0.2)


def test_at_first_a_picture_contains_its_run(show):
    form = show()
    assert find(form, "run").isChecked()
    assert form.will_contain_run
    assert find(form, "run").toolTip() == "Drop the picture on the window to bring the run back."
    assert find(form, "run").text().replace("&", "") == "Contain the run"


def test_it_can_be_switched_off_and_that_is_remembered(show, qtbot):
    form = show()
    with qtbot.waitSignal(form.changed):
        click(form)
    assert not form.will_contain_run
    again = show(choices=PictureChoices.from_text(form.choices.to_text()))
    assert not find(again, "run").isChecked()
    click(again)
    assert again.choices.contain_run


@pytest.mark.parametrize("ending", PICTURE_FORMATS)
def test_it_is_offered_in_formats_that_can_and_explained_in_others(show, ending):
    form = show()
    choose(form, ending)
    can = ending in CARRIERS
    assert find(form, "run").isEnabled() == find(form, "run").isChecked() == form.will_contain_run == can
    assert find(form, "why_not").text() == ("" if can else f"A {ending.upper()} has no place for it")
    assert find(form, "run").accessibleDescription() == (find(form, "why_not").text() or find(form, "run").toolTip())


@pytest.mark.parametrize("wanted", [True, False])
def test_a_format_that_cannot_does_not_change_what_is_wanted(show, wanted):
    form = show(choices=PictureChoices(contain_run=wanted))
    choose(form, "pdf")
    assert form.choices.contain_run == wanted
    choose(form, "svg")
    assert find(form, "run").isChecked() == form.will_contain_run == wanted


def test_a_network_that_is_too_large_is_told(show):
    form = show(LARGE)
    assert not find(form, "run").isEnabled()
    assert find(form, "why_not").text() == "The network is too large"
    assert not form.will_contain_run


def test_the_room_depends_on_the_format(show):
    form = show(BETWEEN)
    assert form.will_contain_run
    choose(form, "svg")
    assert find(form, "why_not").text() == "The network is too large"


def test_a_run_that_comes_later_is_looked_at_when_it_is_there(qtbot):
    runs = []
    form = PictureForm("classic", PictureChoices(), lambda: runs[-1] if runs else None)
    qtbot.addWidget(form)
    assert find(form, "run").isEnabled()
    runs.append(LARGE)
    form.refresh()
    assert not find(form, "run").isEnabled()


def test_where_no_run_can_be_had_none_is_spoken_of(show):
    form = show(source=False)
    assert not find(form, "run").isVisible()
    assert not find(form, "why_not").isVisible()
    assert not form.will_contain_run
