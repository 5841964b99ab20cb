"""In a real Jupyter kernel, without a display: the worksheet from its first cell to the last, and what cells show."""

import base64
import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from curvegui.exercise.file.template import WORKSHEET
from tests.exercise.file.test_template import completed
from tests.help.command import environment, run_here

for module in ("nbformat", "nbclient", "ipykernel"):
    if find_spec(module) is None:  # not imported: they are large
        pytest.skip(f"needs {module}, of the extra test", allow_module_level=True)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the notebook is, with the worksheet."""
    folder = tmp_path_factory.mktemp("notebook")
    assert run_here("worksheet", os.fspath(folder)).returncode == 0
    return folder


@pytest.fixture(scope="module")
def cells(folder):
    """Ours, and then those of the worksheet and more, executed as Jupyter does, with their outputs."""
    code = [each["source"] for each in json.loads(worksheet(folder))["cells"] if each["cell_type"] == "code"]
    kept = {name: os.fspath(folder / name) for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.notebook.execution"],
        input=json.dumps([*OURS, *code, *after_it(code)]),
        env={name: value for name, value in environment(**kept).items() if name != "QT_QPA_PLATFORM"},
        cwd=folder,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return json.loads(ended.stdout, object_hook=Node)


class Node(dict):
    """As in Jupyter: what an object of JSON has is an attribute of it, too."""

    __getattr__ = dict.__getitem__


def worksheet(folder):
    """It, completed, with few iterations from a start that is known."""
    text = completed((folder / WORKSHEET).read_text(encoding="utf-8")).replace("iterations=50000", "iterations=1000")
    text = text.replace("reset_network()\\nplot", "np.random.seed(3)\\nreset_network()\\nplot")
    assert text.count("np.random.seed(3)") == 1
    return text


def pictures(cell):
    found = [each.data["image/png"] for each in cell.outputs if "image/png" in each.get("data", {})]
    assert all(base64.b64decode(each).startswith(b"\x89PNG") for each in found)
    return found


def words(cell):
    return cell.outputs[0].data["text/plain"]


def printed(cell):
    """What a cell has printed: it may come in pieces."""
    return "".join(each.text for each in cell.outputs if each.output_type == "stream")


def cost_in(cell):
    return float(re.search(r"cost ([\d.]+)$", words(cell)).group(1))


OURS = [
    "from curvegui.notebook import *\nimport os\nreset_network()\nx, y = training_data()\nW1.shape",
    "plot_training(x, y, iterations=10**9)" if os.name == "posix" else "plot_training(x, y, live=False)",
    "plot_training(x, y, iterations=200);",
    "picture = plot_training(x, y, iterations=200)\npicture.save('heart.svg')\nNone",
    "picture",
]


def test_every_call_shows_its_picture_once_and_the_stop_button_keeps_the_one_so_far(cells, folder):
    start, stopped, quiet, early, again = cells[: len(OURS)]
    assert not errors(start, stopped, quiet, early, again)
    assert start.outputs[0].data["text/plain"] == "(6, 1)"
    assert [len(pictures(cell)) for cell in (stopped, quiet, early, again)] == [1, 1, 1, 1]
    assert stopped.outputs[1].metadata["image/png"] == {"width": 640, "height": 640}
    assert re.fullmatch(r"Training with CurveGUI's.*\n[\d,]+ iterations, cost [\d.]+", words(stopped))
    assert words(quiet).splitlines()[1].startswith("201 iterations")
    assert (folder / "heart.svg").read_text().startswith("<?xml")


def test_the_worksheet_runs_from_its_first_cell_to_its_last_and_shows_a_mistake_and_what_fails_with_cell_and_line(
    cells,
):
    *first, right_check, right, wrong_b2, wrong_check, wrong, names, failed, last = cells[len(OURS) :]
    assert not errors(*first, right_check, right, wrong_b2, wrong_check, wrong, names, last)
    for cell in (right, wrong):
        assert words(cell).startswith("Training with your six Jacobians, network_function, sigma, d_sigma, cost, reset")
    assert cost_in(right) < 0.03 < 3 * cost_in(right) < cost_in(wrong)
    assert pictures(right) != pictures(wrong)
    assert "J_b2 right" in printed(right_check)
    assert "J_b2 wrong" in printed(wrong_check)
    (error,) = errors(failed)
    assert error.ename == "FunctionError"
    assert re.search(
        r"J_b2 stopped.*Cell In\[\d+\], line 2\n +return b2.no_such.*\(7, 1\)", "\n".join(error.traceback), re.S
    )
    assert len(error.traceback) < 8


def errors(*cells):
    return [each for cell in cells for each in cell.outputs if each.output_type == "error"]


def after_it(sources):
    """Cells after the worksheet's: with a mistake it is checked and trained with again, and then with what fails."""
    *_, check, train = sources
    (functions,) = [source for source in sources if "def J_b2(" in source]
    start = functions.index("def J_b2(")
    mistake = functions[:start] + functions[start:].replace(" / x.size", "", 1)  # adds up over the points
    fault = "def J_b2(x, y):\n    return b2.no_such_thing\n\nplot_training(*training_data())"
    names = "np.linspace(0, 1, 3), arange(3), sin(0), plot_training"
    return [mistake, check, train, names, fault, "plt.figure(), subplot" if find_spec("matplotlib") else ""]
