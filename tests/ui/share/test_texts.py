"""Data, code, text and sound: what is seen is what is saved, and what cannot be made is said before."""

import json
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from curvegui.core.sound import SPEEDS_S, trace_sound, wav
from curvegui.files.project.text_line import project_of

pytestmark = pytest.mark.costly


def lines(sharer):
    return sharer.dialog.preview.findChild(QWidget, "share.lines").toPlainText()


def made(sharer):
    """Wait until the file is made of the run."""
    sharer.wait_until(lambda: sharer.form._data)
    return sharer


def test_data_are_saved_and_seen_and_text_is_copied(share_at, tmp_path):
    sharer = made(share_at("data.save"))
    assert "W1  float64  (6, 1)" in lines(sharer)
    assert not sharer.part("copy").isVisible()
    with np.load(BytesIO(sharer.save(tmp_path / "heart.npz"))) as data:
        assert data["iteration"] == 500
    sharer = sharer.again()
    sharer.choose(ending="json")
    made(sharer)
    assert json.loads(sharer.form.copied_text())["iteration"] == 500
    assert lines(sharer)[:100] == sharer.form.copied_text()[:100]
    assert json.loads(sharer.save(tmp_path / "heart.json"))["iteration"] == 500
    sharer = sharer.again()
    sharer.choose(ending="py")
    made(sharer)
    sharer.save(tmp_path / "heart.py")
    ended = subprocess.run([sys.executable, str(tmp_path / "heart.py")], cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode == 0
    sharer = sharer.again()  # at once: it waits for the run
    assert "There is no such folder" in sharer.fail(tmp_path / "nowhere" / "heart.npz")


def test_the_run_is_saved_as_code_or_it_is_said_that_it_cannot_be(share_at, tmp_path, caplog):
    sharer = share_at("code.save")
    for ending, name in (("train.py", "a.py"), ("ipynb", "b.ipynb"), ("torch.py", "c.py")):
        sharer.choose(ending=ending)
        made(sharer)
        assert sharer.press_save("")[0][2].endswith(f"heart.{name[2:]}")
        data = sharer.save(tmp_path / name)
        assert (b"import torch" in data) == (ending == "torch.py")
        sharer = sharer.again()
    assert json.loads((tmp_path / "b.ipynb").read_text())["nbformat"] == 4
    sharer.dialog.close()
    session = sharer.person.session
    session.edit(batch=10)
    session.step(1)
    sharer.wait_until(lambda: session.shown.config.batch == 10)
    assert "mini-batches" in sharer.again().message()
    assert caplog.records == []  # a person's mistake is no fault of the program


def test_a_line_of_text_is_copied_and_saved(share_at, tmp_path):
    sharer = made(share_at("data.save"))
    sharer.dialog.kinds.choose("text")
    made(sharer)
    sharer.press("copy")
    assert "characters" in sharer.message()
    assert project_of(QGuiApplication.clipboard().text()).record.iteration == 500
    assert project_of(sharer.save(tmp_path / "heart.txt").decode()).record.iteration == 500


def test_a_sound_is_of_the_fit_or_the_target_as_long_as_wished_and_can_be_heard(share_at, tmp_path, monkeypatch):
    sharer = made(share_at("hear.save"))
    snapshot, played = sharer.person.window.canvas.snapshot, []
    monkeypatch.setattr("curvegui.ui.aloud.player.Player.play", lambda _, sound: played.append(sound))
    for of_target, points in ((True, snapshot.target.points), (False, snapshot.fit)):
        sharer.choose(of_target=of_target, seconds=SPEEDS_S[-1])
        made(sharer)
        sharer.press("extra")
        data = sharer.save(tmp_path / "heart.wav")
        assert data == played[-1]
        if of_target:
            assert data == wav(trace_sound(snapshot.target.t[0], points, SPEEDS_S[-1]))
        sharer = made(sharer.again())
