"""A run's numbers, as other programs read them."""

import csv
import io
import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Network, layer_blocks
from curvegui.core.run.replay import last_snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.data import CSV_COLUMNS, as_csv, as_json, as_npz
from curvegui.files.project.project import Project

CONFIG = TrainingConfig(hidden=(3, 4, 5), activation="tanh", points=30)
SHAPES = {
    "W1": (3, 1),
    "W2": (4, 3),
    "W3": (5, 4),
    "W4": (2, 5),
    "b1": (3, 1),
    "b2": (4, 1),
    "b3": (5, 1),
    "b4": (2, 1),
}


@pytest.fixture(scope="module")
def project() -> Project:
    trainer = Trainer(CONFIG)
    trainer.advance(1_234)
    return Project(trainer.record(), name='Anna\'s "ä"')


def assert_are_parameters(named: dict[str, Any], project: Project) -> None:
    """The arrays under the exercise's names are the run's parameters, to the last bit."""
    assert {name: np.shape(array) for name, array in named.items()} == SHAPES
    for layer, block in enumerate(layer_blocks(CONFIG.sizes, project.record.parameters), start=1):
        assert np.array_equal(np.hstack([named[f"W{layer}"], named[f"b{layer}"]]), block)


def feed_forward(named: dict[str, Any], t: FloatArray) -> FloatArray:
    """The formulas as a reader would write them down."""
    a = t
    for layer in range(1, 4):
        a = np.tanh(named[f"W{layer}"] @ a + named[f"b{layer}"])
    output: FloatArray = 1 / (1 + np.exp(-(named["W4"] @ a + named["b4"])))
    return output


def test_npz_has_named_arrays_that_numpy_reads_without_pickle(project: Project) -> None:
    moment = last_snapshot(project.record)
    with np.load(io.BytesIO(as_npz(project)), allow_pickle=False) as found:
        assert_are_parameters({name: found[name] for name in SHAPES}, project)
        assert np.array_equal(np.column_stack([found["cost_iterations"], found["costs"]]), project.record.costs)
        assert found["cost_iterations"].dtype == np.int64
        assert (int(found["iteration"]), float(found["cost"])) == (1_234, moment.cost)
        assert found["t"].shape == (1, 30)
        assert np.array_equal(found["target"], moment.target.points)
        np.testing.assert_allclose(feed_forward(dict(found), found["t"]), found["fit"], rtol=0, atol=1e-14)
        assert TrainingConfig(**json.loads(str(found["settings"]))) == CONFIG


def no_constants(name: str) -> None:
    raise AssertionError(name)


def test_json_is_strict_and_holds_the_same(project: Project) -> None:
    found = json.loads(as_json(project).decode("ascii"), parse_constant=no_constants)
    moment = last_snapshot(project.record)

    assert_are_parameters(found["parameters"], project)
    assert np.array_equal(np.column_stack([found["cost_iterations"], found["costs"]]), project.record.costs)
    assert (found["iteration"], found["cost"], found["curve"]) == (1_234, moment.cost, "heart")
    assert found["layers"] == [1, 3, 4, 5, 2]
    assert np.array_equal(found["fit"], moment.fit)
    assert np.array_equal(found["target"], moment.target.points)
    assert np.array_equal(found["t"], moment.target.t)
    assert (found["name"], found["made_by"]) == (project.name, project.made_by)
    assert TrainingConfig(**found["settings"]) == CONFIG


def test_json_has_null_where_a_number_is_beyond_all_bounds() -> None:
    record = Trainer(TrainingConfig(hidden=(1,), points=2, output_activation="linear")).record()
    far_out = replace(record, parameters=np.full(6, 1.7e308))
    found = json.loads(as_json(Project(far_out)), parse_constant=no_constants)

    assert found["cost"] is None
    assert found["fit"][0][1] is None


def test_csv_is_one_table_of_numbers_with_a_decimal_point(project: Project) -> None:
    text = as_csv(project).decode("ascii")
    header, *rows = csv.reader(io.StringIO(text))
    costs = [(int(iteration), float(value)) for quantity, iteration, *_, value in rows if quantity == "cost"]
    named = {name: np.full(shape, np.nan) for name, shape in SHAPES.items()}
    for quantity, iteration, row, column, value in rows[len(costs) :]:
        assert iteration == "1234"
        named[quantity][int(row) - 1, int(column) - 1] = float(value)

    assert tuple(header) == CSV_COLUMNS == ("quantity", "iteration", "row", "column", "value")
    assert np.array_equal(costs, project.record.costs)
    assert_are_parameters(named, project)
    assert all(len(row) == 5 for row in rows)


def half_tested() -> Project:
    """A run that was tested from iteration 10 on."""
    trainer = Trainer(CONFIG)
    trainer.advance(10)
    trainer.apply(replace(CONFIG, train_one_in=3))
    trainer.advance(10)
    return Project(trainer.record())


def test_the_test_costs_stand_beside_the_costs_where_there_are_some() -> None:
    project = half_tested()
    record, moment = project.record, last_snapshot(project.record)
    with np.load(io.BytesIO(as_npz(project)), allow_pickle=False) as arrays:
        assert arrays["test_costs"].shape == arrays["costs"].shape
        assert np.isnan(arrays["test_costs"][:11]).all()
        assert np.array_equal(arrays["test_costs"][11:], record.test_costs[:, 1])
        assert float(arrays["test_cost"]) == moment.test_cost
    told = json.loads(as_json(project), parse_constant=no_constants)
    assert told["test_costs"] == [None] * 11 + record.test_costs[:, 1].tolist()
    assert told["test_cost"] == moment.test_cost
    rows = list(csv.reader(io.StringIO(as_csv(project).decode("ascii"))))
    found = [(int(row[1]), float(row[4])) for row in rows if row[0] == "test_cost"]
    assert np.array_equal(found, record.test_costs)


def test_the_fit_that_is_written_is_that_of_the_mathematics_to_read(project: Project) -> None:
    moment = last_snapshot(project.record)
    network = Network(CONFIG.sizes, project.record.parameters.copy(), CONFIG.activation, CONFIG.output_activation)
    np.testing.assert_allclose(network.draw(moment.target.t), moment.fit, rtol=0, atol=1e-14)
    assert asdict(CONFIG)["hidden"] == (3, 4, 5)
