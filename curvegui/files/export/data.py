"""A run's numbers for other programs: its final parameters, its cost history, its curve and its fit."""

import csv
import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import beside
from curvegui.core.network.network import named_parameters
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project
from curvegui.files.project.record import config_object

CSV_COLUMNS = ("quantity", "iteration", "row", "column", "value")


def as_npz(project: Project) -> bytes:
    """Arrays for NumPy.

    The parameters W1, b1, ... as the exercise has them; ``cost_iterations`` and ``costs``, shape (n,); ``t``, shape
    (1, N), ``target`` and ``fit``, shape (2, N); ``iteration``, ``cost``; ``settings``, as JSON; where the network was
    tested, ``test_costs``, shape (n,), NaN where not, and ``test_cost``.
    """
    record, snapshot = project.record, last_snapshot(project.record)
    arrays: dict[str, NDArray[np.generic]] = {
        **_parameters(project),
        "cost_iterations": record.costs[:, 0].astype(np.int64),
        "costs": record.costs[:, 1],
        "t": snapshot.target.t,
        "target": snapshot.target.points,
        "fit": snapshot.fit,
        "iteration": np.array(record.iteration),
        "cost": np.array(snapshot.cost),
        **_test_arrays(record, snapshot),
        "settings": np.array(json.dumps(_settings(record.config))),
    }
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def as_csv(project: Project) -> bytes:
    """One number a row, with a decimal point, under ``CSV_COLUMNS``.

    First comes every recorded ``cost`` with its iteration, then every ``test_cost``, then every parameter, named as in
    the exercise, with its row and column, counted from 1.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for quantity, costs in (("cost", project.record.costs), ("test_cost", project.record.test_costs)):
        writer.writerows((quantity, int(iteration), "", "", repr(cost)) for iteration, cost in costs.tolist())
    for name, array in _parameters(project).items():
        for (row, column), value in np.ndenumerate(array):
            writer.writerow((name, project.record.iteration, row + 1, column + 1, repr(float(value))))
    return text.getvalue().encode("ascii")


def as_json(project: Project) -> bytes:
    """One object (RFC 8259) with what `as_npz` has, null for NaN, and the run's name and its layers."""
    record, snapshot = project.record, last_snapshot(project.record)
    told = {
        "made_by": project.made_by,
        "name": project.name,
        "curve": snapshot.target.name,
        "settings": _settings(record.config),
        "layers": record.config.sizes,
        "iteration": record.iteration,
        "cost": _finite(np.array(snapshot.cost)),
        "parameters": {name: array.tolist() for name, array in _parameters(project).items()},
        "cost_iterations": record.costs[:, 0].astype(np.int64).tolist(),
        "costs": record.costs[:, 1].tolist(),
        "t": snapshot.target.t.tolist(),
        "target": snapshot.target.points.tolist(),
        "fit": _finite(snapshot.fit),
        **{name: _finite(array) for name, array in _test_arrays(record, snapshot).items()},
    }
    return json.dumps(told, allow_nan=False).encode("ascii") + b"\n"


def _settings(config: TrainingConfig) -> dict[str, Any]:
    """The settings; a curve of the user's own is given by its name, since its points are beside them."""
    return config_object(config, {config.curve: config.curve_name}) | {"frozen": list(config.frozen)}


def _finite(array: FloatArray) -> Any:
    """Numbers as JSON has them: null for those that are not finite."""
    return np.where(np.isfinite(array), array, np.array(None)).tolist()


def _parameters(project: Project) -> dict[str, FloatArray]:
    return named_parameters(project.record.config.sizes, project.record.parameters)


def _test_arrays(record: RunRecord, snapshot: Snapshot) -> dict[str, FloatArray]:
    """The test costs beside the costs, and the last one, where there are any."""
    found: dict[str, FloatArray] = {}
    if len(record.test_costs):
        found["test_costs"] = beside(record.costs, record.test_costs)
    if snapshot.test_cost is not None:
        found["test_cost"] = np.array(snapshot.test_cost)
    return found
