"""The form: editors show the settings in force, whoever changed them."""

import pytest

from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.session import Session
from curvegui.ui.actions.view import Availability
from curvegui.ui.settings.fields import ChoiceField, Field, NumberField, SliderField
from curvegui.ui.settings.form import SettingsForm
from tests.ui.person import Key


@pytest.fixture
def form(qtbot):
    session = Session(TrainingConfig())
    form = SettingsForm(session, Availability())
    fields = [form.add(field) for field in (SliderField("noise"), NumberField("seed"), ChoiceField("activation"))]
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


def test_a_reason_is_gone_when_another_setting_changes_or_the_box_is_reached_again(person):
    person.enter_setting("noise", "1..2")
    field = next(each for each in person.window.findChildren(Field) if each.name == "noise")
    assert field.error
    person.enter_setting("aggression", "5")
    assert not field.error
    person.enter_setting("noise", "1..2")
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
