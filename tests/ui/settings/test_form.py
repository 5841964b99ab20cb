"""The form: editors show the settings in force, whoever changed them."""

import pytest

from curvegui.core.settings import config
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.session import Session
from curvegui.ui.actions.view import Availability
from curvegui.ui.settings.fields import ChoiceField, Field, LayersField, NumberField, SliderField
from curvegui.ui.settings.form import SettingsForm
from tests.ui.person import Key


class Asked:
    """Answers the question whether a very large network should be built."""

    def __init__(self):
        self.questions, self.answer = [], False

    def __call__(self, question):
        self.questions.append(question)
        return self.answer


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def form(qtbot, asked):
    session = Session(TrainingConfig())
    form = SettingsForm(session, asked, Availability())
    fields = [
        form.add(field)
        for field in (SliderField("noise"), NumberField("seed"), ChoiceField("activation"), LayersField())
    ]
    for field in fields:
        qtbot.addWidget(field)
        field.show()
    yield session, *fields
    assert session.close()


def test_a_refusal_is_explained_where_it_was_entered_and_the_old_value_shown(form):
    session, noise, seed, *_ = form
    before = session.config
    noise.entered.emit("noise", -1.0)
    assert session.config is before
    assert noise.error == "Noise: a number from 0 to 1,000."
    assert noise.box.text() == "1"
    assert seed.error == ""
    noise.entered.emit("noise", 1.0)
    assert noise.error == ""


@pytest.mark.slow
def test_a_very_large_network_is_asked_about_before_it_is_built(form, asked, monkeypatch):
    monkeypatch.setattr(config, "CONFIRM_PARAMETERS", 1_000)  # one that is very large takes long to be let go of
    session, *_, layers = form
    before = session.config
    layers.entered.emit("hidden", (30, 40))
    assert session.config is before
    assert "1,382 weights and biases" in asked.questions[0]
    asked.answer = True
    layers.entered.emit("hidden", (30, 40))
    assert session.config.hidden == (30, 40)
    assert len(asked.questions) == 2


def test_a_network_that_is_too_large_for_all_is_refused_without_a_question(form, asked):
    session, *_, layers = form
    layers.entered.emit("hidden", (20_000, 20_000))
    assert "GB" in layers.error
    assert session.config.hidden == TrainingConfig().hidden
    assert asked.questions == []


def test_a_reason_is_gone_when_another_setting_changes_or_the_box_is_reached_again(person):
    person.enter_setting("noise", "much")
    field = next(each for each in person.window.findChildren(Field) if each.name == "noise")
    assert field.error
    person.enter_setting("aggression", "5")
    assert not field.error
    person.enter_setting("noise", "much")
    assert field.error
    person.tab_to("editor.aggression")
    assert field.error
    person.tab_to("editor.noise")
    assert not field.error


@pytest.mark.slow
def test_the_space_bar_runs_after_a_number_has_been_entered(person):
    person.enter_setting("aggression", "5")
    person.press(Key.Key_Space)
    person.wait_until(lambda: person.session.phase.is_learning)
    person.press(Key.Key_Space)
    person.wait_until(lambda: not person.session.phase.is_learning)
    assert person.read("editor.aggression") == "5"
