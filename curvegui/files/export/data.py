"""A run's numbers for other programs: its final parameters, its cost history, its curve and its fit."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import beside
from curvegui.core.network.network import named_parameters
from curvegui.core.registry import Registry
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.numpy_code import numpy_notebook, numpy_script
from curvegui.files.export.script import script
from curvegui.files.export.torch_code import torch_script
from curvegui.files.project.project import Project
from curvegui.files.project.record import config_object

DATA_FORMATS: Registry[Callable[[Project], bytes]] = Registry("data format")
"""The formats a run's numbers can be saved in, by the ending of a file's name."""

CODE_FORMATS: dict[str, Callable[[RunRecord], str]] = {
    "train.py": numpy_script,
    "ipynb": numpy_notebook,
    "torch.py": torch_script,
}
"""Those that are code which trains the run again."""

CSV_COLUMNS = ("quantity", "iteration", "row", "column", "value")


def export_data(project: Project, ending: str) -> bytes:
    """A run's numbers as a file; ``ending`` is a key of ``DATA_FORMATS``:

        npz     the parameters W1, b1, ... as the exercise has them; ``cost_iterations`` and ``costs``, shape (n,);
                ``t``, shape (1, N), ``target`` and ``fit``, shape (2, N); ``iteration``, ``cost``; ``settings``, as
                JSON; where the network was tested, ``test_costs``, shape (n,), NaN where not, and ``test_cost``
        json    one object (RFC 8259) with the same, null for NaN, and the run's name and its layers
        csv     one number a row, with a decimal point, under ``CSV_COLUMNS``: first every recorded ``cost`` with its
                iteration, then every ``test_cost``, then every parameter, named as in the exercise, with its row and
                column, counted from 1
        py      a script that draws the fit with NumPy alone
        train.py, ipynb, torch.py    a script, a notebook and a script for PyTorch that train the run again

    Raises ``ValueError`` if there is no such format, or the run cannot be written as a script.
    """
    if ending not in DATA_FORMATS:
        raise ValueError(
            tr(
                "There is no data format {ending!r}. There are: {known}.",
                ending=ending,
                known=", ".join(DATA_FORMATS),
            )
        )
    return DATA_FORMATS[ending](project)


@DATA_FORMATS.register("npz")
def _npz(project: Project) -> bytes:
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


@DATA_FORMATS.register("csv")
def _csv(project: Project) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_cost_rows("cost", project.record.costs))
    writer.writerows(_cost_rows("test_cost", project.record.test_costs))
    for name, array in _parameters(project).items():
        writer.writerows(_parameter_rows(name, project.record.iteration, array))
    return text.getvalue().encode("ascii")


@DATA_FORMATS.register("json")
def _json(project: Project) -> bytes:
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


@DATA_FORMATS.register("py")
def _py(project: Project) -> bytes:
    return script(last_snapshot(project.record)).encode()


def _as_code(write: Callable[[RunRecord], str]) -> Callable[[Project], bytes]:
    return lambda project: write(project.record).encode()


for _ending, _write in CODE_FORMATS.items():
    DATA_FORMATS.add(_ending, _as_code(_write))


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


def _cost_rows(name: str, costs: FloatArray) -> Iterator[tuple[str, int, str, str, str]]:
    for iteration, cost in costs.tolist():
        yield name, int(iteration), "", "", repr(cost)


def _parameter_rows(name: str, iteration: int, array: FloatArray) -> Iterator[tuple[str, int, int, int, str]]:
    for row, values in enumerate(array.tolist(), start=1):
        for column, value in enumerate(values, start=1):
            yield name, iteration, row, column, repr(value)
