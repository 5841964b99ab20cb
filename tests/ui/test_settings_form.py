"""The form between editors and session; its editors are tried one by one in test_fields."""

import pytest

from curvegui.core.config import TrainingConfig
from curvegui.session.session import Session
from curvegui.ui.layers_field import LayersField
from curvegui.ui.settings_form import SettingsForm
from curvegui.ui.theme import LIGHT


@pytest.fixture
def large_session(qtbot):
    session = Session(TrainingConfig(hidden=(900, 900)))
    yield session
    assert session.close()


@pytest.mark.parametrize(("answer", "hidden"), [(False, (900, 900)), (True, (900, 900, 900))])
def test_a_network_of_over_a_million_parameters_is_asked_about_first(qtbot, large_session, answer, hidden):
    asked = []

    def agrees(concern):
        asked.append(concern)
        return answer

    field = LayersField(LIGHT)
    qtbot.addWidget(field)
    form = SettingsForm(large_session, agrees)
    form.add(field)
    field.entered.emit("hidden", (900, 900, 900))
    assert large_session.config.hidden == hidden
    assert len(field.boxes) == len(hidden)
    assert len(asked) == 1
    assert "GB" in asked[0]
