import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curvegui.core.learner.recording import LARGEST_FLOAT32
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.container import pack, unpack
from curvegui.files.project.project import (
    PREVIEW_POINTS,
    Project,
    ProjectError,
    encode,
    read_preview,
    read_summary,
    save,
)
from tests.files.projects import ENCODED, SAVED_AT, TINY, tiny_project, trained, with_manifest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "heart.curvegui"
    save(path, tiny_project(look="dark"))
    return path


def test_a_summary_says_what_a_list_shows(path: Path) -> None:
    summary, run = read_summary(path), trained()

    assert (summary.name, summary.look, summary.saved_at) == ("tiny", "dark", SAVED_AT)
    assert summary.config == run.config
    assert (summary.iteration, summary.goal, summary.parameters) == (100, 200, 10)
    assert summary.cost == run.snapshot().cost
    assert summary.best == run.best
    assert not summary.diverged


def test_a_summary_is_read_without_the_arrays(path: Path) -> None:
    data = bytearray(path.read_bytes())
    keyframes = trained().record().keyframes.tobytes()
    at = data.index(keyframes)
    data[at : at + len(keyframes)] = bytes(len(keyframes))
    path.write_bytes(data)

    assert read_summary(path).name == "tiny"
    assert read_preview(path)[2] == "dark"


def test_a_preview_shows_target_and_fit(path: Path) -> None:
    target, fit, look = read_preview(path)
    now = trained().snapshot()

    assert look == "dark"
    assert np.array_equal(target, now.target.outline.astype(np.float32))
    assert np.array_equal(target[:, 0], target[:, -1])  # a heart is closed
    assert np.array_equal(fit, now.fit.astype(np.float32))


def test_a_fit_beyond_all_numbers_has_a_preview_and_an_infinite_cost(path: Path) -> None:
    record = trained(replace(TINY, activation="relu", output_activation="linear")).record()
    wild = replace(record, parameters=np.full_like(record.parameters, 1e300))
    save(path, Project(wild))
    _, fit, _ = read_preview(path)

    assert np.isfinite(fit).all()
    assert np.abs(fit).max() == np.float32(LARGEST_FLOAT32)
    assert read_summary(path).cost == math.inf


READERS = (read_summary, read_preview)


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_cut_short_or_no_project_is_refused_by_name(path: Path, reader: Any) -> None:
    for data in (ENCODED[:-1], ENCODED[:100], ENCODED + b"x", b"x" + ENCODED, b"no project", b""):
        path.write_bytes(data)
        with pytest.raises(ProjectError, match=r"^“heart\.curvegui” could not be opened\. It "):
            reader(path)


@pytest.mark.parametrize("reader", READERS)
def test_a_file_for_newer_readers_is_refused_by_its_version(path: Path, reader: Any) -> None:
    path.write_bytes(with_manifest(ENCODED, lambda manifest: manifest.update(min_reader=9, made_by="7.3")))
    with pytest.raises(ProjectError, match=r"It was made by CurveGUI 7\.3"):
        reader(path)


@pytest.mark.parametrize("name", ["name", "run", "config", "summary", "saved_at"])
def test_a_summary_of_wrong_values_is_refused(path: Path, name: str) -> None:
    path.write_bytes(with_manifest(ENCODED, lambda manifest: manifest.update({name: 3})))
    with pytest.raises(ProjectError, match=f"its “{name}” cannot be used"):
        read_summary(path)


@pytest.mark.parametrize(
    "fit",
    [
        np.zeros((2, 4)),
        np.zeros((2, 0), np.float32),
        np.zeros((3, 4), np.float32),
        np.zeros(4, np.float32),
        np.zeros((2, PREVIEW_POINTS + 1), np.float32),
        np.full((2, 4), np.nan, np.float32),
        None,
    ],
    ids=["float64", "empty", "3 rows", "1 axis", "too many", "nan", "missing"],
)
def test_a_preview_that_is_no_curve_is_refused(path: Path, fit: Any) -> None:
    manifest, arrays = unpack(ENCODED)
    others = {name: array for name, array in arrays.items() if name != "fit"}
    path.write_bytes(pack(manifest, others if fit is None else {**others, "fit": fit}))

    with pytest.raises(ProjectError, match="the numbers in “fit” are"):
        read_preview(path)


def test_the_cost_is_that_of_the_present_target() -> None:
    trainer = Trainer(TrainingConfig())
    trainer.apply(replace(trainer.config, points=7))

    assert unpack(encode(Project(trainer.record())))[0]["summary"]["cost"] == trainer.snapshot().cost
