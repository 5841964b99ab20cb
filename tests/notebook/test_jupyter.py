"""In a real Jupyter kernel, without a display: the worksheet from its first cell to the last, and what cells show."""

import base64
import os
import re
import signal
from importlib.util import find_spec

import pytest

from curvegui.exercise.file.worksheet import WORKSHEET
from tests.command import ROOT, run_here
from tests.exercise.file.test_template import completed

for module in ("nbformat", "nbclient", "ipykernel"):
    if find_spec(module) is None:  # not imported: they are large
        pytest.skip(f"needs {module}, of the extra test", allow_module_level=True)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def execute(tmp_path, monkeypatch):
    """Runs cells, or a notebook of the folder, as Jupyter does; returns the cells with their outputs."""
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PYTHONPATH", os.fspath(ROOT))
    for variable in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(variable, os.fspath(tmp_path / variable))
    import nbformat
    from nbclient import NotebookClient

    class Client(NotebookClient):
        heard = staticmethod(lambda client, message: None)

        def process_message(self, msg, cell, cell_index):
            self.heard(self, msg)
            return super().process_message(msg, cell, cell_index)

    def execute(cells=(), path=None, heard=None, more=lambda sources: []):
        v4 = nbformat.v4
        page = nbformat.read(path, 4) if path else v4.new_notebook()
        cells = [*cells, *more([each.source for each in page.cells if each.cell_type == "code"])]
        page.cells += [v4.new_code_cell(each) for each in cells]
        options = {"timeout": 200, "kernel_name": "python3", "resources": {"metadata": {"path": tmp_path}}}
        options["allow_errors"] = bool(path)
        client = Client(page, **options)
        if heard:
            client.heard = heard
        client.execute()
        return [each for each in page.cells if each.cell_type == "code"]

    return execute


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


def test_every_call_shows_its_picture_once_and_the_stop_button_keeps_the_one_so_far(execute, tmp_path):
    frames = []

    def stop_after_two_frames(client, message):
        is_frame = message["msg_type"] in ("display_data", "update_display_data")
        if is_frame and "image/png" in message["content"]["data"]:
            frames.append(message["msg_type"])
            if frames == ["display_data", "update_display_data"]:
                client.km.provisioner.process.send_signal(signal.SIGINT)

    cells = [
        "from curvegui.notebook import *\nimport os\nreset_network()\nx, y = training_data()\nW1.shape",
        "plot_training(x, y, iterations=10**9)" if os.name == "posix" else "plot_training(x, y, live=False)",
        "plot_training(x, y, iterations=200);",
        "picture = plot_training(x, y, iterations=200)\npicture.save('heart.svg')\nNone",
        "picture",
    ]
    start, stopped, quiet, early, again = execute(cells, heard=stop_after_two_frames)
    assert start.outputs[0].data["text/plain"] == "(6, 1)"
    assert [len(pictures(cell)) for cell in (stopped, quiet, early, again)] == [1, 1, 1, 1]
    assert stopped.outputs[1].metadata["image/png"] == {"width": 640, "height": 640}
    assert re.fullmatch(r"Training with CurveGUI's.*\n[\d,]+ iterations, cost [\d.]+", words(stopped))
    assert words(quiet).splitlines()[1].startswith("201 iterations")
    assert (tmp_path / "heart.svg").read_text().startswith("<?xml")


def test_the_worksheet_runs_from_its_first_cell_to_its_last_and_shows_a_mistake_and_what_fails_with_cell_and_line(
    execute, tmp_path
):
    assert run_here("worksheet", os.fspath(tmp_path)).returncode == 0
    path = tmp_path / WORKSHEET
    text = completed(path.read_text(encoding="utf-8")).replace("iterations=50000", "iterations=1000")
    text = text.replace("reset_network()\\nplot", "np.random.seed(3)\\nreset_network()\\nplot")
    assert text.count("np.random.seed(3)") == 1
    path.write_text(text, encoding="utf-8")
    *first, right_check, right, wrong_b2, wrong_check, wrong, names, failed, last = execute(path=path, more=after_it)
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
