"""A file of every version that the format of projects has had opens, and goes on as it would have then."""

from pathlib import Path

import numpy as np
import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.files.format.container import VERSION
from curvegui.files.project.open_any import open_any
from curvegui.files.project.project import Project, decode, encode
from tests.saved_before.as_before import CLOSE

FORMATS = Path(__file__).parent / "formats"
SINGLE = 1e-3  # two engines in single precision, after 100 iterations


def test_each_version_is_there():
    assert {int(path.stem) for path in FORMATS.glob("?.curvegui")} == set(range(1, VERSION + 1)) - {5}  # `files` has it


@pytest.mark.parametrize("path", sorted(FORMATS.glob("?.curvegui")), ids=lambda path: path.stem)
def test_a_project_opens_goes_on_and_can_be_saved_anew(path):
    project, later = open_any(path), open_any(path.with_stem(f"{path.stem}-later"))
    assert project.name == f"Format {path.stem}"
    trainer = Trainer.going_on(project.record)
    iteration = trainer.iteration
    assert trainer.config.aggression == 4.0
    assert project.record.changes[0][1].aggression == 7.0
    trainer.advance(100)
    assert (trainer.iteration, trainer.config) == (iteration + 100, later.record.config)
    close = SINGLE if trainer.backend.precision == "single" else CLOSE
    largest = np.abs(later.record.parameters).max()
    np.testing.assert_allclose(trainer.parameters, later.record.parameters, rtol=0, atol=close * largest)
    again = decode(encode(Project(trainer.record(), name=project.name)))
    assert again.record.parameters.tobytes() == trainer.parameters.tobytes()


@pytest.mark.parametrize("path", sorted(FORMATS.glob("?.txt")), ids=lambda path: path.stem)
def test_a_line_opens_at_the_end_of_the_same_run(path):
    line, project = open_any(path).record, open_any(path.with_suffix(".curvegui")).record
    assert (line.config, line.iteration) == (project.config, project.iteration)
    near = np.abs(project.parameters).max() / 1_000  # of few bytes each
    np.testing.assert_allclose(line.parameters, project.parameters, rtol=0, atol=near)
