"""Curves of one's own in projects, pictures and lines: what comes back, and what is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.curve.curve import Curve, FormulaParameter, Typed, curve_through, spaced
from curvegui.core.run.trainer import Trainer
from curvegui.files.curves.format import CURVES, about_curve, curve_arrays, read_curves
from curvegui.files.format.container import pack, unpack
from curvegui.files.format.section import ProjectError, Section
from curvegui.files.project.in_picture import embedded, extracted
from curvegui.files.project.project import Project, decode, encode
from curvegui.files.project.text_line import decode_end, encode_end, line_of, project_of
from tests.files.pictures import PNG
from tests.files.project.test_run_end import description_of, made_of
from tests.files.projects import TINY, everything, trained, with_manifest
from tests.help.texts import texts

POINTS = st.lists(st.tuples(st.floats(-99, 99), st.floats(-99, 99)), min_size=1, max_size=30)
CURVES_OF_ALL_KINDS = st.builds(
    lambda name, rows, closed, flipped, typed: replace(
        curve_through(name, np.array(rows).T, closed=closed, flipped=flipped, jumps=np.arange(len(rows)) % 3 == 1),
        typed=typed,
    ),
    texts(max_size=20).map(lambda text: text.encode("utf-8", "replace").decode()),
    POINTS,
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, Typed("a*t", "t^n" * 250, (FormulaParameter("a", 0.1, -3, 4), FormulaParameter("n")))]),
)
ZIGZAG = curve_through("zig ❤ zag", np.array([[0.0, 3.0, 1.0, 4.0, 9.0], [0.0, 5.0, 6.0, 0.0, 2.0]]), closed=False)


def own_run(curve: Curve = ZIGZAG, **changed: Any) -> Trainer:
    """A run that began with the heart, and learnt one's own curve then."""
    trainer = trained(TINY, 200)
    trainer.apply(replace(TINY, curve=curve, **changed))
    trainer.advance(150)
    return trainer


@given(curves=st.lists(CURVES_OF_ALL_KINDS, max_size=4))
def test_curves_come_back_to_the_last_bit(curves: list[Curve]) -> None:
    manifest, arrays = unpack(pack({CURVES: [*map(about_curve, curves)]}, curve_arrays(curves)))

    assert read_curves(Section(manifest), arrays) == curves


def test_a_run_with_ones_own_curves_comes_back_whole_and_goes_on_as_it_would() -> None:
    trainer = own_run()
    trainer.apply(replace(trainer.config, curve=ZIGZAG.called("another")))
    trainer.advance(50)
    record = trainer.record()

    found = decode(encode(Project(record))).record

    assert everything(found) == everything(record)
    assert [curve.name for curve in found.curves] == ["zig ❤ zag", "another"]
    going_on = Trainer.going_on(found)
    for each in (trainer, going_on):
        each.advance(77)
    assert np.array_equal(trainer.parameters, going_on.parameters)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda manifest: manifest[CURVES][0].update(count=3), "more or fewer points"),
        (lambda manifest: manifest[CURVES].append(manifest[CURVES][0]), "more or fewer points"),
        (lambda manifest: manifest[CURVES][0].update(count=0), "“curves.count” cannot be used"),
        (lambda manifest: manifest[CURVES][0].update(name="\n"), "its name cannot be used"),
        (lambda manifest: manifest[CURVES][0].update(scale=0), "its units have no size"),
        (lambda manifest: manifest[CURVES][0].update(closed=1), "“curves.closed” cannot be used"),
        (lambda manifest: manifest.update(curves={}), "“curves” cannot be used"),
        (lambda manifest: manifest.update(curves=[[]]), "“curves” cannot be used"),
        (lambda manifest: manifest.pop(CURVES), "more or fewer points"),
        (lambda manifest: manifest["config"].update(curve={"own": 1}), "a curve is missing"),
        (lambda manifest: manifest["config"].update(curve={"own": -1}), "“curve.own” cannot be used"),
        (lambda manifest: manifest["config"].update(curve={}), "“curve.own” cannot be used"),
        (lambda manifest: manifest["config"].update(curve=7), "Curve: choose one of"),
    ],
)
def test_a_damaged_curve_is_refused(change: Any, words: str) -> None:
    with pytest.raises(ProjectError, match=words):
        decode(with_manifest(encode(Project(own_run().record())), change))


@pytest.mark.parametrize("rows", [np.zeros((3, 5)), np.zeros((4, 5), np.float32), np.full((4, 5), np.nan)])
def test_points_of_another_kind_are_refused(rows: np.ndarray) -> None:
    with pytest.raises(ProjectError):
        read_curves(Section({CURVES: [about_curve(ZIGZAG)]}), {CURVES: rows})


# Thinned, in pictures and in lines


def heavy(count: int = 5_000) -> Curve:
    """A curve in many more points than are learnt."""
    t = np.linspace(0, 1, count)
    return curve_through("heavy", np.stack([t, np.sin(9 * t)]), closed=False)


def test_a_picture_contains_the_curve() -> None:
    trainer = own_run(heavy(), points=100)
    data = embedded(PNG, Project(trainer.record()))

    assert data is not None
    assert len(data) - len(PNG) < 64_100
    assert np.array_equal(Trainer.going_on(extracted(data).record).target.points, trainer.target.points)


@pytest.mark.slow
@settings(max_examples=25)
@given(curve=CURVES_OF_ALL_KINDS, points=st.integers(2, 40))
def test_in_a_line_the_points_are_as_exact_as_a_screen(curve: Curve, points: int) -> None:
    record = Trainer(replace(TINY, curve=curve, points=points)).record()

    found = project_of(line_of(Project(record))).record.config.curve

    assert isinstance(found, Curve)
    t = spaced(points, curve.closed)
    assert np.abs(found.at(t) - curve.at(t)).max() < 1e-6
    assert (found.name, found.closed, found.units) == (curve.name, curve.closed, curve.units)
    assert found.jumps_at(t).tolist() == curve.jumps_at(t).tolist()


@pytest.mark.parametrize(
    "change", [{"count": 4}, {"bytes": 9}, {"bytes": 0}, {"exponent": 5_000}, {"jumps": True}, {"closed": None}]
)
def test_the_end_of_a_run_with_a_damaged_curve_is_refused(change: dict[str, Any]) -> None:
    description, numbers = description_of(encode_end(Project(own_run().record()), 5))
    settings_: Any = description["settings"]
    settings_["curve"].update(change)

    with pytest.raises(ProjectError):
        decode_end(made_of(description, numbers))


def test_settings_that_an_older_line_does_not_have_have_their_defaults() -> None:
    description, _ = description_of(encode_end(Project(trained().record())))

    assert "data_noise" not in description["settings"]  # type: ignore[operator]
    with_noise = trained(replace(TINY, data_noise=0.1, train_one_in=2)).record()
    assert decode_end(encode_end(Project(with_noise))).record.config == with_noise.config
