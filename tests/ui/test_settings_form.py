"""The form: editors show the settings in force, whoever changed them."""

import pytest

from curvegui.core.config import TrainingConfig
from curvegui.session.session import Session
from curvegui.ui.fields import ChoiceField, NumberField, SliderField
from curvegui.ui.settings_form import SettingsForm


@pytest.fixture
def form(qtbot):
    session = Session(TrainingConfig())
    form = SettingsForm(session)
    fields = [form.add(SliderField("noise")), form.add(NumberField("seed")), form.add(ChoiceField("activation"))]
    for field in fields:
        qtbot.addWidget(field)
        field.show()
    yield session, *fields
    assert session.close()


def test_an_editor_shows_its_setting_from_the_start(form):
    session, noise, seed, activation = form
    assert noise.box.value == session.config.noise
    assert seed.box.value == session.config.seed
    assert activation.box.currentData() == session.config.activation


def test_what_is_entered_changes_the_settings(form):
    session, noise, seed, activation = form
    noise.entered.emit("noise", 2.5)
    seed.entered.emit("seed", 7)
    activation.entered.emit("activation", "tanh")
    assert (session.config.noise, session.config.seed, session.config.activation) == (2.5, 7, "tanh")
    assert seed.box.text() == "7"


def test_what_others_change_is_shown(form):
    session, noise, _, activation = form
    session.edit(noise=3, activation="sine")
    assert noise.box.text() == "3"
    assert activation.box.currentData() == "sine"
    session.undo()
    assert noise.box.text() == "1"


def test_a_refusal_is_explained_where_it_was_entered_and_the_old_value_shown(form):
    session, noise, seed, _ = form
    before = session.config
    noise.entered.emit("noise", -1.0)
    assert session.config is before
    assert noise.error == "Noise: a number from 0 to 1,000."
    assert noise.box.text() == "1"
    assert seed.error == ""
    noise.entered.emit("noise", 1.0)
    assert noise.error == ""
