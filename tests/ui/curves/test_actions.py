"""Files on their way into the window: as it closes, and as the program begins with one."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog

from curvegui.session.run.delivery import Phase
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
    window.features["documents"].closing.allow()
    window.close()
    person.wait_until(lambda: answered)
    assert window.findChildren(QDialog) == []


def test_the_program_may_begin_with_a_plain_picture_which_is_imported_while_the_first_run_learns(person, tmp_path):
    path = tmp_path / "fish.png"
    QImage(20, 20, QImage.Format.Format_RGB32).save(str(path))
    person.window.features["documents"].begin(path)
    person.wait_until(lambda: person.window.findChildren(QDialog))
    (dialog,) = person.window.findChildren(QDialog)
    assert "picture" in dialog.windowTitle().lower()
    assert person.session.phase is Phase.LEARNING
    dialog.close()
