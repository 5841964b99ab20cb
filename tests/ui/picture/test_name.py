"""What a picture is called unless a person says otherwise."""

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.picture.choices import picture_name


def test_a_picture_is_called_after_the_curve_and_the_iteration():
    trainer = Trainer(TrainingConfig())
    trainer.advance(120)
    assert picture_name(trainer.snapshot()) == "heart-120"


def test_without_a_run_it_is_just_a_curve():
    assert picture_name(None) == "curve"
