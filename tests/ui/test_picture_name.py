"""What a picture is called and where it goes unless a person says otherwise."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from curvegui.core.config import TrainingConfig
from curvegui.core.trainer import Trainer
from curvegui.ui.picture_name import picture_name, pictures_folder


def test_a_picture_is_called_after_the_curve_and_the_iteration():
    trainer = Trainer(TrainingConfig())
    trainer.advance(120)
    assert picture_name(trainer.snapshot()) == "heart-120"


def test_without_a_run_it_is_just_a_curve():
    assert picture_name(None) == "curve"


@pytest.mark.parametrize("exists", [True, False])
def test_it_goes_to_the_pictures_or_home_where_there_are_none(exists, tmp_path, monkeypatch):
    folder = tmp_path if exists else tmp_path / "none"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda where: str(folder))
    assert pictures_folder() == (tmp_path if exists else Path.home())
