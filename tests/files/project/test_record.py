from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from curvegui import __version__
from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import OPTIMIZER_READER
from curvegui.core.settings.setting_changes import MOST_CHANGES
from curvegui.files.format.section import ProjectError, Section, read_json, write_json
from curvegui.files.project.record import MOST_ROWS, RECORD_ARRAYS, read_record, record_arrays, record_objects
from tests.files.projects import TINY, trained

RECORD = trained().record(goal=500)
ADAM = trained(TINY.changed(optimizer="adam")).record()
TESTED = trained(replace(TINY, points=9, train_one_in=3)).record()

HANDED_OVER = replace(RECORD, backends=((0, Backend("c", "single", 3)), (67, Backend("quantum", "half"))))


def _manifest(record: Any = RECORD) -> dict[str, Any]:
    return read_json(write_json(record_objects(record)))


def _read(manifest: dict[str, Any], record: Any = RECORD, **arrays: Any) -> Any:
    return read_record(Section(manifest), record_arrays(record) | arrays)


def test_only_the_settings_that_changed_are_written_after_the_first_settings() -> None:
    changes = _manifest()["changes"]

    assert list(changes) == ["0", "67"]
    assert changes["0"]["aggression"] == 7.0
    assert changes["67"] == {"aggression": 3.0}


def test_what_computed_a_run_is_written_where_it_was_not_as_usual() -> None:
    assert "arithmetics" not in _manifest()["run"]
    assert _manifest(HANDED_OVER)["run"]["arithmetics"] == [
        {"from": 0, "engine": "c", "precision": "single", "version": 3},
        {"from": 67, "engine": "quantum", "precision": "half"},
    ]


def test_what_computed_it_after_its_end_does_not_count() -> None:
    manifest = _manifest(HANDED_OVER)
    manifest["run"]["arithmetics"].append({"from": 101, "engine": "compiled", "precision": "double"})

    assert _read(manifest).backends == HANDED_OVER.backends


@pytest.mark.parametrize(
    "entries",
    [
        "compiled",
        [{"from": -1, "engine": "compiled", "precision": "double"}],
        [{"from": 1, "engine": 7, "precision": "double"}],
        [{"from": 1, "engine": "compiled"}],
        [{"from": 1, "engine": "c", "precision": "double", "version": "1"}],
        [{"from": 9, "engine": "numpy", "precision": "single"}, {"from": 3, "engine": "numpy", "precision": "double"}],
    ],
)
def test_what_computed_a_run_is_checked(entries: Any) -> None:
    manifest = _manifest()
    manifest["run"]["arithmetics"] = entries

    with pytest.raises(ProjectError, match="damaged"):
        _read(manifest)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("aggression", "much", "Aggression: a number from 0 to 1,000,000."),
        ("curve", "teapot", "Curve: choose one of"),
        ("hidden", [], "Layers: from 1 to 64"),
        ("hidden", [20_000, 20_000], "At most 20,000,000 are possible"),
        ("iterations", 10**10, "Iterations: a whole number"),
        ("points", None, "Points: a whole number"),
        ("seed", {"deep": []}, "Seed: a whole number"),
    ],
)
def test_bad_settings_are_refused_in_the_words_of_the_setting(name: str, value: Any, words: str) -> None:
    for where in ("config", "changes"):
        manifest = _manifest() | {"made_by": "7.3"}
        (manifest["config"] if where == "config" else manifest["changes"]["67"])[name] = value
        with pytest.raises(ProjectError) as caught:
            _read(manifest)
        assert str(caught.value).startswith("It has settings that cannot be used. ")
        assert words in str(caught.value)
        assert str(caught.value).endswith(f"It was made by CurveGUI 7.3; this is {__version__}.")


@pytest.mark.parametrize("key", ["", "x", "-1", "1.5", "007", "٣", "9" * 30, " 5"])
def test_settings_that_change_at_no_iteration_are_refused(key: str) -> None:
    manifest = _manifest()
    manifest["changes"][key] = {}

    with pytest.raises(ProjectError, match="which is no iteration"):
        _read(manifest)


def test_settings_may_change_only_so_often() -> None:
    manifest = _manifest()
    manifest["changes"] = {str(number): {} for number in range(MOST_CHANGES + 1)}

    with pytest.raises(ProjectError, match="its settings change too often"):
        _read(manifest)


@pytest.mark.parametrize("name", RECORD_ARRAYS)
def test_an_array_that_is_missing_or_of_another_type_is_refused(name: str) -> None:
    array = record_arrays(RECORD)[name]
    for wrong in (None, array.astype("|u1"), array[np.newaxis]):
        with pytest.raises(ProjectError, match=f"the numbers in “{name}” are missing, or of another kind"):
            _read(_manifest(), **{name: wrong})


@pytest.mark.parametrize("name", [name for name in RECORD_ARRAYS if name != "parameters"])
def test_more_rows_than_any_run_has_are_refused_before_they_are_looked_at(name: str) -> None:
    array = record_arrays(RECORD)[name]
    many = np.broadcast_to(array[:1], (MOST_ROWS + 1, *array.shape[1:]))

    with pytest.raises(ProjectError, match=f"there are too many numbers in “{name}”"):
        _read(_manifest(), **{name: many})


@pytest.mark.parametrize("name", ["test_costs"])
def test_an_array_that_is_not_needed_is_not_there_where_it_would_be_empty_but_is_checked_where_it_is(name: str) -> None:
    assert name not in record_arrays(RECORD)
    array = record_arrays(TESTED)[name]
    many = np.broadcast_to(array[:1], (MOST_ROWS + 1, *array.shape[1:]))

    assert not len(getattr(_read(_manifest(TESTED), RECORD), name))
    for wrong in (array.astype("<f4"), array[np.newaxis], many):
        with pytest.raises(ProjectError, match=f"in “{name}”"):
            _read(_manifest(TESTED), TESTED, **{name: wrong})


@pytest.mark.parametrize("name", ["iteration", "goal", "best_iteration", "best_cost", "safe_iteration", "diverged"])
def test_a_value_that_is_missing_is_named(name: str) -> None:
    manifest = _manifest()
    del manifest["run"][name]

    with pytest.raises(ProjectError, match=rf"its “run\.{name}” cannot be used"):
        _read(manifest)


@pytest.mark.parametrize("name", ["config", "changes", "run"])
def test_an_object_that_is_missing_is_named(name: str) -> None:
    manifest = _manifest()
    del manifest[name]

    with pytest.raises(ProjectError, match=f"its “{name}” cannot be used"):
        _read(manifest)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["parameters", "keyframes", "costs", "trail"])
def test_numbers_that_are_not_finite_are_refused(name: str, value: float) -> None:
    array = record_arrays(RECORD)[name].copy()
    array.flat[-1] = value

    with pytest.raises(ProjectError, match=f"its {name} (is|are) not all numbers"):
        _read(_manifest(), **{name: array})


def test_layers_that_do_not_fit_the_parameters_are_refused() -> None:
    manifest = _manifest()
    manifest["config"]["hidden"] = [3]

    with pytest.raises(ProjectError, match="its layers have 14 parameters, not"):
        _read(manifest)


def test_what_an_optimiser_remembers_comes_back() -> None:
    found = _read(_manifest(ADAM), ADAM)

    assert found.state.tobytes() == ADAM.state.tobytes()
    assert [state.tobytes() for state in found.states] == [state.tobytes() for state in ADAM.states]
    assert ADAM.state.size > 0
    assert "states" not in record_arrays(RECORD)


@pytest.mark.parametrize(
    "arrays",
    [
        {"state_sizes": np.array([1, 2])},
        {"state_sizes": np.zeros(len(ADAM.states) + 1, np.int64)},
        {"state_sizes": np.array([-1] * len(ADAM.states) + [10**6])},
        {"states": np.zeros(3)},
    ],
    ids=["too few", "none", "negative", "too few numbers"],
)
def test_states_that_do_not_fit_are_damage(arrays: dict[str, Any]) -> None:
    with pytest.raises(ProjectError, match="what its optimiser remembers does not fit"):
        _read(_manifest(ADAM), ADAM, **arrays)


def test_a_reader_that_knows_no_optimiser_is_kept_from_a_run_that_has_one() -> None:
    assert _manifest(ADAM)["min_reader"] == OPTIMIZER_READER
    assert _manifest(trained(replace(TINY, batch=2)).record())["min_reader"] == OPTIMIZER_READER
    assert _manifest(trained(replace(TINY, weight_decay=0.1)).record())["min_reader"] > OPTIMIZER_READER
    assert "min_reader" not in _manifest(RECORD)
