"""The pictures that the painter makes take a run, look the same to other programs, and are known as ours."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.formats import PictureFormat, formats
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


def test_the_formats_that_carry_a_run_are_painted_ones() -> None:
    assert set(CARRIERS) < set(formats(PictureFormat))


@pytest.mark.slow
@pytest.mark.parametrize("ending", CARRIERS)
def test_a_painted_picture_gives_its_run_back(figure: Figure, project: Project, ending: str) -> None:
    found = extracted(with_run(painted(figure, ending), project))
    assert found.record.parameters.tobytes() == project.record.parameters.tobytes()


@pytest.mark.parametrize("ending", CARRIERS)
def test_a_painted_picture_without_one_is_known_as_ours(figure: Figure, ending: str) -> None:
    with pytest.raises(ProjectError, match="made by CurveGUI"):
        extracted(painted(figure, ending))


def test_qt_and_pillow_show_the_same_pixels(figure: Figure, project: Project) -> None:
    plain = painted(figure, "png")
    whole = with_run(plain, project)
    assert QImage.fromData(whole) == QImage.fromData(plain)
    with Image.open(io.BytesIO(whole)) as image, Image.open(io.BytesIO(plain)) as expected:
        assert image.tobytes() == expected.tobytes()


def test_qt_draws_the_same_drawing(figure: Figure, project: Project) -> None:
    plain = painted(figure, "svg")
    images = []
    for data in (plain, with_run(plain, project)):
        renderer = QSvgRenderer(data)
        assert renderer.isValid()
        images.append(QImage(200, 200, QImage.Format.Format_RGB32))
        images[-1].fill(0)
        painter = QPainter(images[-1])
        renderer.render(painter, QRectF(0, 0, 200, 200))
        painter.end()
    assert images[0] == images[1]
    assert len(np.unique(np.frombuffer(images[1].constBits(), np.uint32))) > 50


def test_a_picture_saved_again_by_another_program_says_that_its_run_is_gone(figure: Figure, project: Project) -> None:
    again = io.BytesIO()
    with Image.open(io.BytesIO(with_run(painted(figure, "png"), project))) as image:
        image.save(again, "png")
    with pytest.raises(ProjectError, match="Websites often strip such data"):
        extracted(again.getvalue())
