import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui import __version__
from curvegui.core.engine.backend import Backend
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.core.settings.setting_changes import Entry
from curvegui.files.disk.atomic import WriteError
from curvegui.files.format.container import VERSION, pack
from curvegui.files.format.section import MOST_LISTS
from curvegui.files.project import project as project_module
from curvegui.files.project.project import MOST_LAYERS, Project, ProjectError, decode, encode, load, save
from tests.files.projects import ENCODED, SAVED_AT, TINY, everything, tiny_project, trained, with_manifest
from tests.help.texts import texts

CHANGES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "aggression": st.floats(0.01, 20),
        "noise": st.floats(0, 2),
        "activation": st.sampled_from(["logistic", "tanh", "relu", "sine"]),
        "output_activation": st.sampled_from(["logistic", "linear"]),
        "points": st.integers(2, 40),
        "train_one_in": st.sampled_from([1, 2, 7]),
        "trail_every": st.sampled_from([1, 7, 100]),
        "speed": st.sampled_from([FULL_SPEED, 50.0]),
    },
)
WAYS = st.lists(st.tuples(CHANGES, st.integers(0, 250)), min_size=1, max_size=5)


def _same(one: Project, other: Project) -> bool:
    return everything(one.record) == everything(other.record) and encode(one) == encode(other)


# What comes back


@settings(max_examples=20)
@given(
    name=texts(max_size=40),
    look=texts(max_size=20),
    layers=st.dictionaries(texts(max_size=20), st.booleans(), max_size=MOST_LAYERS),
)
def test_a_project_comes_back_as_it_was(name: str, look: str, layers: dict[str, bool]) -> None:
    project = tiny_project(name=name, look=look, layers=layers)
    found = decode(encode(project))

    assert _same(found, project)
    assert (found.name, found.look, found.layers) == (name, look, layers)
    assert (found.made_by, found.saved_at) == (__version__, SAVED_AT)
    assert not found.unknown.values
    assert not found.unknown.arrays


@pytest.mark.slow
@given(ways=WAYS, more=st.integers(1, 250), seed=st.integers(0, 50))
@settings(max_examples=5)
def test_a_run_goes_on_bit_for_bit_as_if_it_had_never_been_a_file(ways: Any, more: int, seed: int) -> None:
    original = Trainer(replace(TINY, seed=seed))
    for changes, iterations in ways:
        original.apply(replace(original.config, **changes))
        original.advance(iterations)
    kept = Trainer.going_on(decode(encode(Project(original.record()))).record)
    for changes, iterations in [({}, more), *ways]:
        for trainer in (original, kept):
            trainer.apply(replace(trainer.config, **changes))
            trainer.advance(iterations)

    assert kept.iteration == original.iteration
    assert kept.parameters.tobytes() == original.parameters.tobytes()
    assert kept.diverged == original.diverged
    assert kept.costs.since(-1).tobytes() == original.costs.since(-1).tobytes()
    assert kept.test_costs.since(-1).tobytes() == original.test_costs.since(-1).tobytes()
    assert kept.best == original.best
    assert kept.changes.all() == original.changes.all()


def test_a_name_that_no_file_could_hold_is_mended() -> None:
    found = decode(encode(tiny_project(name="half \udcff", look="x" * 5_000)))

    assert found.name == "half ?"
    assert found.look == "x" * 200


def test_a_network_beyond_all_numbers_is_kept_all_the_same() -> None:
    config = replace(TINY, output_activation="linear", activation="relu")
    record = trained(config).record()
    wild = replace(record, parameters=np.full_like(record.parameters, 1e300))

    assert everything(decode(encode(Project(wild))).record) == everything(wild)


# Other versions


def _newer(manifest: dict[str, Any]) -> None:
    manifest["version"] = VERSION + 1
    manifest["weather"] = {"sun": [1, 2, {"deep": None}]}
    manifest["config"]["rhythm"] = "adam"
    manifest["changes"]["67"]["rhythm"] = "sgd"
    manifest["run"]["mood"] = 0.5
    manifest["summary"]["stars"] = 5
    manifest["layers"]["grid"] = True


def _manifest_of(data: bytes) -> dict[str, Any]:
    start = data.index(b"{")
    manifest, _ = json.JSONDecoder().raw_decode(data[start:].decode("ascii", "replace"))
    assert isinstance(manifest, dict)
    return manifest


def test_what_a_newer_version_wrote_survives_being_opened_and_saved() -> None:
    found = decode(with_manifest(ENCODED, _newer))
    manifest = _manifest_of(encode(replace(found, name="renamed")))

    assert manifest["name"] == "renamed"
    assert manifest["version"] == VERSION
    assert manifest["weather"] == {"sun": [1, 2, {"deep": None}]}
    assert manifest["config"]["rhythm"] == "adam"
    assert manifest["changes"]["67"] == {"aggression": 3.0, "rhythm": "sgd"}
    assert manifest["run"]["mood"] == 0.5
    assert manifest["summary"]["stars"] == 5
    assert found.layers["grid"] is True
    assert everything(found.record) == everything(tiny_project().record)


def test_what_it_wrote_about_changes_that_were_taken_back_goes_with_them() -> None:
    found = decode(with_manifest(ENCODED, _newer))
    trainer = Trainer.going_on(found.record)
    trainer.rewind(0, found.record.keyframes[0])
    manifest = _manifest_of(encode(replace(found, record=trainer.record())))

    assert list(manifest["changes"]) == ["0"]
    assert manifest["config"]["rhythm"] == "adam"


def test_settings_that_did_not_change_are_known_though_they_need_not_be_there() -> None:
    def wordy(manifest: dict[str, Any]) -> None:
        manifest["changes"]["67"] = dict(manifest["config"])

    found = decode(with_manifest(ENCODED, wordy))

    assert not found.unknown.values
    assert encode(found) == ENCODED


def test_so_much_unknown_that_it_could_not_be_read_again_is_left_out() -> None:
    project = tiny_project()
    values = {("more",): [[]] * MOST_LISTS}
    found = decode(encode(replace(project, unknown=replace(project.unknown, values=values))))

    assert not found.unknown.values


def test_a_file_for_newer_readers_is_refused_by_its_version_whatever_else_it_holds() -> None:
    data = pack({"version": 9, "min_reader": 9, "made_by": "7.3"}, {"something": np.arange(3.0)})

    with pytest.raises(ProjectError, match=r"made by CurveGUI 7\.3, .* too old for it"):
        decode(data)


# What is refused


@pytest.mark.parametrize(
    "changed",
    [
        {"name": 3},
        {"name": "x" * 201},
        {"look": None},
        {"layers": []},
        {"layers": {"trail": "yes"}},
        {"layers": {str(number): True for number in range(MOST_LAYERS + 1)}},
        {"made_by": ["me"]},
        {"saved_at": 1_764_000_000},
        {"format": "othergui"},
        {"summary": None, "run": None},
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ProjectError):
        decode(with_manifest(ENCODED, lambda manifest: manifest.update(changed)))


@pytest.mark.parametrize("missing", ["fit", "target"])
def test_a_project_has_what_its_thumbnail_needs(missing: str) -> None:
    project = tiny_project()
    manifest, arrays = project_module.unpack(encode(project))
    with pytest.raises(ProjectError, match=f"the numbers in “{missing}” are missing"):
        decode(pack(manifest, {name: array for name, array in arrays.items() if name != missing}))


# Files


def test_where_it_cannot_be_saved_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="There is no such folder"):
        save(tmp_path / "nowhere" / "heart.curvegui", tiny_project())


def test_a_file_that_cannot_be_loaded_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "heart.curvegui"
    with pytest.raises(ProjectError, match=r"^“heart\.curvegui” could not be opened\. There is no such file\.$"):
        load(path)

    path.write_bytes(b"GIF89a")
    with pytest.raises(ProjectError, match=r"^“heart\.curvegui” could not be opened\. It is not a CurveGUI project\.$"):
        load(path)

    path.write_bytes(ENCODED[:-1])
    with pytest.raises(ProjectError, match=r"It is damaged: its end is missing\. An older copy of it may be whole\.$"):
        load(path)


@pytest.mark.slow
def test_as_many_changes_as_a_file_may_hold_are_read_within_all_limits() -> None:
    entries: tuple[Entry, ...] = tuple(
        (number, replace(TINY, aggression=7 + number / 3, noise=number / 77, points=3 + number % 9, speed=number + 0.1))
        for number in range(project_module.MOST_CHANGES)
    )
    record = trained(TINY, 0).record()
    config: TrainingConfig = entries[-1][1]
    keyframes = np.repeat(record.keyframes, 2, axis=0)
    many = replace(
        record, config=config, iteration=entries[-1][0], changes=entries, goal=10**9,
        keyframes=keyframes, keyframe_iterations=np.array([0, entries[-1][0]]), best=(0, 0.1),
    )  # fmt: skip

    assert everything(decode(encode(Project(many))).record) == everything(many)


def test_a_file_of_the_first_version_opens_as_before() -> None:
    def as_it_was(manifest: dict[str, Any]) -> None:
        manifest["version"] = manifest["min_reader"] = 1
        for settings_ in (manifest["config"], manifest["changes"]["0"]):
            del settings_["data_noise"], settings_["train_one_in"]

    old = with_manifest(encode(tiny_project()), as_it_was)
    found = decode(old)

    assert everything(found.record) == everything(tiny_project().record)
    assert not found.record.test_costs.size
    assert not found.unknown.values and not found.unknown.arrays


def test_what_computed_a_run_is_kept_and_is_nothing_unknown() -> None:
    trainer = Trainer(TINY)
    trainer.advance(130)
    trainer.calculate_with(Backend(precision="single"))
    trainer.advance(140)
    found = decode(encode(Project(trainer.record())))
    kept = Trainer.going_on(found.record)

    assert found.record.backends == ((130, Backend(precision="single")),)
    assert not found.unknown.values
    assert kept.backend == trainer.backend
    for iteration in (0, 101, 129, 130, 131, 199, 245, 270):
        expected = Replayer().snapshot(trainer, iteration).parameters
        assert Replayer().snapshot(kept, iteration).parameters.tobytes() == expected.tobytes()


def test_what_computed_iterations_that_an_older_version_took_back_is_not_handed_on() -> None:
    def add(manifest: dict[str, Any]) -> None:
        manifest["run"]["arithmetics"] = [{"from": 300, "engine": "compiled", "precision": "double"}]

    found = decode(with_manifest(encode(tiny_project()), add))

    assert found.record.backends == ()
    assert not found.unknown.values


def test_test_costs_are_kept_and_are_nothing_unknown() -> None:
    project = tiny_project()
    tested = replace(project, record=trained(replace(TINY, points=9, train_one_in=2)).record())
    found = decode(encode(tested))

    assert everything(found.record) == everything(tested.record)
    assert not found.unknown.arrays
    assert b"test_costs" not in encode(project)
