"""The pictures that the painter makes take a run, look the same to other programs, and are known as ours."""

import io

import pytest
from PIL import Image

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.picture.export import render_bytes
from curvegui.files.project.in_picture import CARRIERS, RUN_BYTES, embedded, extracted
from curvegui.files.project.project import Project, ProjectError


@pytest.fixture(scope="module")
def project() -> Project:
    trainer = Trainer(TrainingConfig())
    trainer.advance(5_000)
    return Project(trainer.record())


def painted(figure: Figure, ending: str) -> bytes:
    return render_bytes(figure, CLASSIC, FigureOptions(caption=True), ending, side_px=200)


def with_run(data: bytes, project: Project) -> bytes:
    whole = embedded(data, project)
    assert whole is not None
    assert 20_000 < len(whole) - len(data) <= RUN_BYTES
    return whole


@pytest.mark.slow
@pytest.mark.parametrize("ending", CARRIERS)
def test_a_painted_picture_gives_its_run_back(figure: Figure, project: Project, ending: str) -> None:
    found = extracted(with_run(painted(figure, ending), project))
    assert found.record.parameters.tobytes() == project.record.parameters.tobytes()


@pytest.mark.parametrize("ending", CARRIERS)
def test_a_painted_picture_without_one_is_known_as_ours(figure: Figure, ending: str) -> None:
    with pytest.raises(ProjectError, match="made by CurveGUI"):
        extracted(painted(figure, ending))


def test_a_picture_saved_again_by_another_program_says_that_its_run_is_gone(figure: Figure, project: Project) -> None:
    again = io.BytesIO()
    with Image.open(io.BytesIO(with_run(painted(figure, "png"), project))) as image:
        image.save(again, "png")
    with pytest.raises(ProjectError, match="Websites often strip such data"):
        extracted(again.getvalue())
