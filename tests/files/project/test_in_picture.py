"""A picture that contains its run: how much of it, how large, and what becomes of it when the picture is damaged."""

import random
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import numpy as np
import pytest

from curvegui.core.run.record import thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.container import Unknown
from curvegui.files.format.few_bytes import pack
from curvegui.files.format.section import ProjectError
from curvegui.files.project import in_picture
from curvegui.files.project.in_picture import (
    CARRIERS,
    MARK,
    MOST_UNPACKED_BYTES,
    ONLY_END,
    RUN,
    RUN_BYTES,
    WHOLE_RUN,
    embedded,
    extracted,
    has_room,
    picture_format,
)
from curvegui.files.project.project import Project, encode
from tests.core.runs import quickest
from tests.files.pictures import FOREIGN_SVG, PNG, SIGNATURE, SVG, chunk, png
from tests.files.projects import SAVED_AT, everything, tiny_project

PICTURES = {"png": PNG, "svg": SVG}
BITS = 600
both = pytest.mark.parametrize("ending", PICTURES)


@cache
def learnt(hidden: tuple[int, ...] = (6, 7), iterations: int = 20_000) -> Trainer:
    trainer = Trainer(TrainingConfig(hidden=hidden), quickest())
    trainer.advance(iterations)
    return trainer


def project_of(trainer: Trainer) -> Project:
    return Project(trainer.record(), name="mine", look="dark", layers={"axes": True}, saved_at=SAVED_AT)


def whole(ending: str, project: Project, most_bytes: int = RUN_BYTES) -> bytes:
    """A picture that contains a project."""
    data = embedded(PICTURES[ending], project, most_bytes)
    assert data is not None
    return data


# What is in it


def test_there_is_a_picture_of_every_kind_that_carries_a_run() -> None:
    assert set(PICTURES) == set(CARRIERS)


@both
def test_a_small_run_comes_back_whole_but_for_its_trail(ending: str) -> None:
    project = tiny_project(look="dark", layers={"axes": True})
    found = extracted(whole(ending, project))
    assert everything(found.record) == everything(thinned(project.record, 10**9))
    assert (found.name, found.look, dict(found.layers)) == ("tiny", "dark", {"axes": True})
    assert (found.made_by, found.saved_at) == (project.made_by, SAVED_AT)


@pytest.mark.slow
@both
@pytest.mark.parametrize("most_bytes", [20_000, RUN_BYTES, 200_000])
def test_a_long_run_is_thinned_to_the_room_that_there_is(ending: str, most_bytes: int) -> None:
    project = project_of(learnt())
    data = whole(ending, project, most_bytes)
    found = extracted(data).record

    assert 0.6 * min(most_bytes, 130_000) < len(data) - len(PICTURES[ending]) <= most_bytes
    assert found.parameters.tobytes() == project.record.parameters.tobytes()
    assert found.changes == project.record.changes
    assert found.keyframe_iterations[0] == 0
    assert len(found.keyframes) > most_bytes // 5_000


@pytest.mark.slow
@both
def test_a_run_goes_on_from_its_picture_as_it_would_have(ending: str) -> None:
    trainer = Trainer.going_on(learnt().record())
    again = Trainer.going_on(extracted(whole(ending, project_of(trainer))).record)
    for each in (trainer, again):
        each.advance(250)

    assert np.array_equal(again.parameters, trainer.parameters)


@pytest.mark.slow
def test_every_moment_of_a_run_can_be_visited_again_from_its_picture() -> None:
    again = Trainer.going_on(extracted(whole("png", project_of(learnt()))).record)
    for iteration in (0, 77, 10_001, 19_999):
        then, now = (Replayer().snapshot(trainer, iteration) for trainer in (learnt(), again))
        assert np.array_equal(then.parameters, now.parameters)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("optimizer", "fits", "too_large"), [("descent", 55, 62), ("rmsprop", 30, 46), ("adam", 40, 46), ("lbfgs", 11, 13)]
)
def test_up_to_the_sizes_that_the_guide_names_a_picture_has_the_whole_run(
    optimizer: str, fits: int, too_large: int
) -> None:
    for width, is_whole in ((fits, True), (too_large, False)):
        trainer = Trainer(TrainingConfig(hidden=(width, width), optimizer=optimizer, aggression=0.01))
        trainer.advance(300)
        found = extracted(whole("png", project_of(trainer))).record
        assert (len(found.keyframe_iterations) > 1, found.state.size > 0) == (
            is_whole,
            is_whole and optimizer != "descent",
        )


@both
def test_of_a_network_with_little_room_the_end_is_kept_exactly(ending: str) -> None:
    project = project_of(learnt((64, 64), 100))
    data = whole(ending, project)
    found = extracted(data)

    assert len(data) - len(PICTURES[ending]) <= RUN_BYTES
    assert found.record.parameters.tobytes() == project.record.parameters.tobytes()
    assert found.record.config == project.record.config
    assert (found.record.iteration, found.record.goal) == (100, 50_000)
    assert found.record.keyframe_iterations.tolist() == [100]
    assert found.name == "mine"


@both
def test_a_network_without_room_leaves_the_picture_as_it_is(ending: str) -> None:
    project = project_of(learnt((64, 64), 100))
    assert embedded(PICTURES[ending], project, most_bytes=20_000) is None


@both
@pytest.mark.parametrize("parameters", [77, 1_000, 4_418, 5_500, 7_000, 20_000, 20_000_000])
def test_where_there_is_said_to_be_room_there_is(ending: str, parameters: int) -> None:
    def incompressible() -> Project:
        hidden = (parameters - 2) // 4  # neurons in one layer have 4 parameters each
        record = Trainer(TrainingConfig(hidden=(hidden,), points=2, seed=7)).record()
        noise = np.frombuffer(random.Random(1).randbytes(8 * record.parameters.size), "<u8")
        return Project(replace(record, parameters=1.0 + (noise >> 12) * 2.0**-52), name="ä\n" * 100)

    if has_room(parameters, ending):
        assert embedded(PICTURES[ending], incompressible()) is not None
    else:
        assert parameters > 5_000
        assert parameters > 20_000 or embedded(PICTURES[ending], incompressible()) is None


def test_what_a_newer_version_wrote_goes_with_it_but_not_its_arrays() -> None:
    values = MappingProxyType({("config", "rhythm"): "adam"})
    unknown = Unknown(values, MappingProxyType({"momentum": np.zeros(9)}))
    found = extracted(whole("png", tiny_project(unknown=unknown))).unknown
    assert dict(found.values) == {("config", "rhythm"): "adam"}
    assert not found.arrays


# Without one


def refusal(data: bytes) -> str:
    with pytest.raises(ProjectError) as refused:
        extracted(data)
    return str(refused.value)


@pytest.mark.parametrize("data", [png(""), png("GIMP 3.0"), FOREIGN_SVG])
def test_a_picture_without_a_run_is_told_kindly(data: bytes) -> None:
    assert refusal(data) == (
        "This picture does not contain a run. Websites often strip such data from pictures; open the original file."
    )


@both
def test_a_picture_of_ours_whose_run_is_gone_is_known_as_ours(ending: str) -> None:
    assert refusal(PICTURES[ending]) == (
        "This picture was made by CurveGUI, but it does not contain its run. "
        "Websites often strip such data from pictures; open the original file."
    )


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (SIGNATURE, "png"),
        (b"<svg/>", "svg"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- by hand -->\n<svg>", "svg"),
        (b"<!DOCTYPE svg><svg>", "svg"),
        (b"<?xml version='1.0'?><html>", None),
        (b"\x89PNG", None),
        (b"", None),
    ],
)
def test_a_picture_is_recognised_by_its_content(head: bytes, ending: str | None) -> None:
    assert picture_format(head) == ending


# Damaged


def is_the_same(data: bytes, kept: Project) -> bool:
    """Whether a picture still contains the project, to the last bit; it may be refused, but not be another one."""
    try:
        found = extracted(data)
    except ProjectError as error:
        assert str(error)
        return False
    assert everything(found.record) == everything(kept.record)
    return True


@pytest.fixture(params=["png", "svg", "png end", "svg end"])
def picture(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """A small picture with a project, or with the end of a run."""
    ending, _, end = request.param.partition(" ")
    if end:
        monkeypatch.setattr(in_picture, "ATTEMPTS", 0)
    yield whole(ending, tiny_project())


def test_every_truncation_is_refused_or_harmless(picture: bytes) -> None:
    kept = extracted(picture)
    last = len(picture) - 40
    assert not any(is_the_same(picture[:length], kept) for length in range(0, last, 7))
    for length in range(last, len(picture)):
        is_the_same(picture[:length], kept)


@pytest.mark.slow
def test_a_flipped_bit_is_refused_or_harmless(picture: bytes) -> None:
    kept = extracted(picture)
    harmless = 0
    places = random.Random(20261124).sample(range(8 * len(picture)), min(BITS, 8 * len(picture)))
    for place in places:
        data = bytearray(picture)
        data[place // 8] ^= 1 << place % 8
        harmless += is_the_same(bytes(data), kept)

    assert 0 < harmless < 0.7 * len(places)  # those of the picture itself


def test_bytes_written_over_are_refused_or_harmless(picture: bytes) -> None:
    kept, chance = extracted(picture), random.Random(7)
    for _ in range(500):
        data, place = bytearray(picture), chance.randrange(len(picture))
        data[place : place + chance.randrange(1, 60)] = chance.randbytes(chance.randrange(60))
        is_the_same(bytes(data), kept)


# Made up


def made_up(payload: bytes) -> bytes:
    return SIGNATURE + chunk(RUN, payload) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"", "is damaged"),
        (WHOLE_RUN, "is damaged"),
        (WHOLE_RUN + b"junk", "is damaged"),
        (WHOLE_RUN + pack(b"junk"), "It is not a CurveGUI project"),
        (ONLY_END + pack(b"junk"), "It is damaged"),
        (b"Q" + pack(encode(tiny_project())), "newer CurveGUI"),
        (WHOLE_RUN + pack(bytes(MOST_UNPACKED_BYTES + 1)), "is damaged"),
    ],
)
def test_a_payload_that_was_made_up_is_refused_with_a_reason(payload: bytes, words: str) -> None:
    assert words in refusal(made_up(payload))


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda: made_up(WHOLE_RUN + pack(bytes(30_000_000))),
        lambda: SIGNATURE + b"\x7f\xff\xff\xff" + RUN + bytes(30_000_000),
        lambda: SIGNATURE + chunk(b"teSt", b"") * 120_000,
        lambda: b"<svg>" + MARK + b"A" * 30_000_000 + b"<",
        lambda: b"<svg>" + MARK * 1_000_000,
    ],
    ids=["bomb", "long chunk", "many chunks", "long text", "many marks"],
)
def test_a_hostile_picture_is_refused_in_little_memory(make: Callable[[], bytes]) -> None:
    data = make()
    tracemalloc.start()
    refusal(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
