"""A file that is being looked at when its window is closed opens nothing any more."""

import pytest
from PySide6.QtWidgets import QDialog

from curvegui.ui.curves.actions import CurveActions


@pytest.mark.slow
@pytest.mark.parametrize(("name", "answer"), [("points.csv", "_take_sorted"), ("no such.csv", "_report")])
def test_a_closed_window_opens_no_dialog(person, tmp_path, monkeypatch, name, answer):
    (tmp_path / "points.csv").write_text("0,0\n1,1\n")
    answered, really = [], getattr(CurveActions, answer)

    def listen(actions, *what):
        really(actions, *what)
        answered.append(what)

    monkeypatch.setattr(CurveActions, answer, listen)
    window = person.window
    window.features["curves"].take_file(str(tmp_path / name))
    window.features["documents"].closing.leave_unasked()
    window.close()
    person.wait_until(lambda: answered)
    assert window.findChildren(QDialog) == []
