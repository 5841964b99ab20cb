"""What a person chose is remembered; whether a picture contains its run is offered where it can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.formats import LARGEST_SCALE, PictureFormat, formats
from curvegui.files.project.in_picture import CARRIERS
from curvegui.files.project.project import Project
from curvegui.ui.dialogs.save_dialog import choices_to_text
from curvegui.ui.picture.form import LAYERS, PictureChoices, PictureForm, picture_name


def test_a_picture_is_called_after_the_curve_and_the_iteration():
    trainer = Trainer(TrainingConfig())
    trainer.advance(120)
    assert picture_name(trainer.snapshot()) == "heart-120"


choices = st.builds(
    PictureChoices,
    ending=st.sampled_from(list(formats(PictureFormat))),
    scale=st.integers(1, LARGEST_SCALE),
    contain_run=st.booleans(),
    **{layer: st.booleans() for layer in LAYERS},
)


@given(kept=choices)
def test_choices_come_back_as_they_were_kept(kept):
    assert PictureChoices.from_text(choices_to_text(kept)) == kept


@pytest.mark.parametrize(
    "text", ["", "no json", "[1]", "null", "{", '{"ending": "bmp"}', '{"scale": 9}', '{"scale": 0}', "[" * 100_000]
)
def test_what_cannot_be_used_is_forgotten(text):
    assert PictureChoices.from_text(text) == PictureChoices()


SMALL = Project(Trainer(TrainingConfig()).record())
LARGE = Project(Trainer(TrainingConfig(hidden=(100, 100), points=2)).record())


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
    assert "Drop the picture" in find(form, "run").toolTip()
    assert find(form, "run").text().replace("&", "").startswith("Include the run")


def test_it_can_be_switched_off_and_that_is_remembered(show, qtbot):
    form = show()
    with qtbot.waitSignal(form.changed):
        click(form)
    assert not form.will_contain_run
    again = show(choices=PictureChoices.from_text(choices_to_text(form.choices)))
    assert not find(again, "run").isChecked()
    click(again)
    assert again.choices.contain_run


@pytest.mark.parametrize("ending", formats(PictureFormat))
def test_it_is_offered_in_formats_that_can_and_explained_in_others(show, ending):
    form = show()
    choose(form, ending)
    can = ending in CARRIERS
    assert find(form, "run").isEnabled() == find(form, "run").isChecked() == form.will_contain_run == can
    assert bool(find(form, "why_not").text()) != can
    tip = " ".join(find(form, "run").toolTip().split())
    assert find(form, "run").accessibleDescription() == (find(form, "why_not").text() or tip)


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
    assert "too large" in find(form, "why_not").text()
    assert not form.will_contain_run


def test_as_on_the_canvas_the_canvas_says_size_look_and_layers(qtbot):
    form = PictureForm("classic", PictureChoices(as_on_canvas=True), canvas_px=(640, 480))
    qtbot.addWidget(form)
    assert form.choices.as_on_canvas
    assert not find(form, "look").isEnabled() and not find(form, "trail").isEnabled()
    assert any(label.text() == "1,280 × 960 pixels" for label in form.findChildren(QLabel))
    find(form, "as_on_canvas").setChecked(False)
    assert find(form, "look").isEnabled() and not form.choices.as_on_canvas
