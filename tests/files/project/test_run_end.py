"""The end of a run in few bytes: what comes back, how exactly, and what is refused."""

import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import parameter_count
from curvegui.core.run.replay import last_snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.section import ProjectError
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import RAW_DEFLATE, USUAL, WHOLE, decode_end, encode_end
from tests.core.runs import SINGLE, C
from tests.files.projects import TINY, tiny_project
from tests.help.texts import texts

numbers = st.floats(allow_nan=False, allow_infinity=False)
configs = st.builds(
    TrainingConfig,
    hidden=st.lists(st.integers(1, 3), min_size=1, max_size=2).map(tuple),
    activation=st.sampled_from(["logistic", "tanh", "relu", "sine"]),
    output_activation=st.sampled_from(list(ACTIVATIONS)),
    aggression=st.floats(0, 1_000_000),
    noise=st.floats(0, 1_000),
    iterations=st.integers(1, 10**9),
    seed=st.integers(0, 2**31 - 1),
    points=st.integers(2, 30),
    data_noise=st.just(0.0) | st.floats(0, 10),
    train_one_in=st.just(1) | st.integers(1, 100_000),
    speed=st.floats(0, 1_000_000),
)


@st.composite
def projects(draw: st.DrawFn, values: st.SearchStrategy[float]) -> Project:
    """A run of any settings, whose parameters are any numbers."""
    config = draw(configs)
    count = parameter_count(config.sizes)
    trainer = Trainer(config)
    trainer.advance(draw(st.integers(0, 3)))
    parameters = np.array(draw(st.lists(values, min_size=count, max_size=count)))
    name = draw(texts(max_size=20).map(lambda text: text.encode("utf-8", "replace").decode()))
    return Project(replace(trainer.record(), parameters=parameters), name=name)


def description_of(data: bytes) -> tuple[dict[str, object], bytes]:
    """What the JSON in an end says, and the bytes after it."""
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE, zdict=USUAL)
    return json.loads(decompressor.decompress(data)), decompressor.unused_data


def made_of(description: dict[str, object] | bytes, parameters: bytes) -> bytes:
    """An end that says something else."""
    text = description if isinstance(description, bytes) else json.dumps(description).encode()
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE, zdict=USUAL)
    return compressor.compress(text) + compressor.flush() + parameters


@pytest.mark.slow
@settings(max_examples=25)
@given(project=projects(st.floats(-1e6, 1e6)), bytes_each=st.integers(1, WHOLE - 1))
def test_shorter_parameters_are_as_exact_as_is_said(project: Project, bytes_each: int) -> None:
    found, kept = decode_end(encode_end(project, bytes_each)).record, project.record
    largest = np.max(np.abs(kept.parameters))
    assert np.max(np.abs(found.parameters - kept.parameters)) <= largest * 2.0 ** (1 - 8 * bytes_each)


@given(data=st.binary(max_size=200))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ProjectError):
        decode_end(data)


def test_its_cost_is_known_to_six_digits_and_is_its_best() -> None:
    project = tiny_project()
    found = decode_end(encode_end(project)).record
    cost = last_snapshot(project.record).cost

    assert found.best == (100, pytest.approx(cost, rel=1e-5))
    assert found.costs.tolist() == [[100, found.best[1]]]


@pytest.mark.parametrize("backend", [NUMPY, SINGLE, C])
def test_its_engine_comes_back(backend: Backend) -> None:
    record = replace(tiny_project().record, backends=((0, backend),))
    found = decode_end(encode_end(Project(record))).record
    assert found.last_backend == backend
    assert decode_end(encode_end(Project(found))).record.last_backend == backend


def test_an_engine_that_is_unknown_stays_unknown() -> None:
    description, parameters = description_of(encode_end(tiny_project()))
    del description["engine"]  # as older versions wrote it
    old = decode_end(made_of(description, parameters))
    for project in (old, decode_end(encode_end(old))):
        assert project.record.last_backend is None
    single = decode_end(made_of(description | {"precision": "single"}, parameters))
    assert single.record.last_backend == SINGLE


def test_usual_settings_take_almost_no_room() -> None:
    trainer = Trainer(TrainingConfig(points=100))
    assert len(encode_end(Project(trainer.record()), 6)) - 6 * 77 < 40


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"settings": {"curve": "heart", "rhythm": "adam"}}, "newer version"),
        ({"settings": {"noise": -1}}, "settings cannot be used (Noise: a number from 0 to 1,000)"),
        ({"settings": {"hidden": [3]}}, "parameters are not as many"),
        ({"settings": {"hidden": [20_000, 20_000]}}, "settings cannot be used"),
        ({"settings": None}, "“settings” cannot be used"),
        ({"iteration": -1}, "“iteration” cannot be used"),
        ({"iteration": "7"}, "“iteration” cannot be used"),
        ({"cost": None}, "“cost” cannot be used"),
        ({"name": 7}, "“name” cannot be used"),
        ({"bytes": 9}, "parameters are not as many"),
        ({"bytes": 0}, "“bytes” cannot be used"),
        ({"bytes": 5}, "parameters are not as many"),
        ({"exponent": 10_000}, "parameters are not as many"),
        ({"exponent": -10_000}, "“exponent” cannot be used"),
        ({"exponent": 1_100}, "parameters are not all numbers"),
    ],
)
def test_what_it_says_is_checked(change: dict[str, object], words: str) -> None:
    description, parameters = description_of(encode_end(tiny_project(), 6))
    with pytest.raises(ProjectError) as refused:
        decode_end(made_of(description | change, parameters))
    assert words in str(refused.value)


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"NaN", b"[" * 50_000, b" " * 200_000, b'{"name":"a","name":"b"}'])
def test_a_description_that_is_none_is_refused(text: bytes) -> None:
    with pytest.raises(ProjectError):
        decode_end(made_of(text, b"\0" * 60))


def test_parameters_that_are_no_numbers_are_refused() -> None:
    description, _ = description_of(encode_end(tiny_project()))
    with pytest.raises(ProjectError, match="parameters are not all numbers"):
        decode_end(made_of(description, np.full(10, np.nan).tobytes()))


def test_the_dictionary_is_what_it_was_when_the_first_line_was_written() -> None:
    assert zlib.crc32(USUAL) == 3638865811


def test_settings_that_came_later_are_told_only_where_they_are_turned() -> None:
    project = tiny_project()
    noisy = replace(project, record=Trainer(replace(TINY, data_noise=0.25, train_one_in=2)).record())
    (usual, _), (told, _) = description_of(encode_end(project)), description_of(encode_end(noisy))

    assert not {"data_noise", "train_one_in"} & usual["settings"].keys()  # type: ignore[attr-defined]
    assert told["settings"].items() >= {"data_noise": 0.25, "train_one_in": 2}.items()  # type: ignore[attr-defined]
