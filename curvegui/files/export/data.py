"""A run's numbers for other programs: its final parameters, its cost history, its curve and its fit."""

import csv
import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.recording import beside
from curvegui.core.network.network import named_parameters
from curvegui.core.run.replay import last_snapshot
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project
from curvegui.files.project.record import config_object

CSV_COLUMNS = ("quantity", "iteration", "row", "column", "value")


def as_npz(project: Project) -> bytes:
    """Arrays for NumPy. The parameters W1, b1, ... as the exercise has them; ``cost_iterations`` and ``costs``, shape
    (n,); ``t``, shape (1, N), ``target`` and ``fit``, shape (2, N); ``iteration``, ``cost``; ``settings``, as JSON;
    where the network was tested, ``test_costs``, shape (n,), NaN where not, and ``test_cost``."""
    settings = {"settings": np.array(json.dumps(_settings(project.record.config)))}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **_parameters(project), **_arrays(project), **settings)
    return file.getvalue()


def as_csv(project: Project) -> bytes:
    """One number a row, with a decimal point, under ``CSV_COLUMNS``. First comes every recorded ``cost`` with its
    iteration, then every ``test_cost``, then every parameter, named as in the exercise, with its row and column,
    counted from 1."""
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
    """One JSON object (RFC 8259) with what `as_npz` has, null for NaN, and the run's name and its layers."""
    config, null = project.record.config, np.array(None)
    content = {
        "made_by": project.made_by,
        "name": project.name,
        "curve": last_snapshot(project.record).target.name,
        "settings": _settings(config),
        "layers": config.sizes,
        "parameters": {name: array.tolist() for name, array in _parameters(project).items()},
        **{name: np.where(np.isfinite(each), each, null).tolist() for name, each in _arrays(project).items()},
    }
    return json.dumps(content, allow_nan=False).encode("ascii") + b"\n"


def _settings(config: TrainingConfig) -> dict[str, Any]:
    """The settings as an object; a curve of the user's own is given by its name, as its points are in the file."""
    return config_object(config, {config.curve: config.curve_name}) | {"frozen": list(config.frozen)}


def _parameters(project: Project) -> dict[str, FloatArray]:
    return named_parameters(project.record.config.sizes, project.record.parameters)


def _arrays(project: Project) -> dict[str, NDArray[Any]]:
    """The costs, the curve and the fit, and where the network was tested, the test costs beside the costs."""
    record, snapshot = project.record, last_snapshot(project.record)
    found = {
        "iteration": np.array(record.iteration),
        "cost": np.array(snapshot.cost),
        "cost_iterations": record.costs[:, 0].astype(np.int64),
        "costs": record.costs[:, 1],
        "t": snapshot.target.t,
        "target": snapshot.target.points,
        "fit": snapshot.fit,
    }
    if len(record.test_costs):
        found["test_costs"] = beside(record.costs, record.test_costs)
    if snapshot.test_cost is not None:
        found["test_cost"] = np.array(snapshot.test_cost)
    return found
