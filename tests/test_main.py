"""One way in: the window, or training without one, or a sentence that says what to type."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import pytest

from curvegui import __version__, cli, environment
from curvegui.__main__ import main
from curvegui.core.engine.threads import ONE_THREAD, has_the_cores
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project, save
from tests.help.command import ROOT, run

pytestmark = pytest.mark.costly


@pytest.fixture
def opened(monkeypatch) -> list[TrainingConfig]:
    """The settings with which a window was asked for; its status is 7."""
    configs: list[TrainingConfig] = []
    app = ModuleType("curvegui.app")
    app.run = lambda config, *others: configs.append(config) or 7
    app.handed_over = lambda start: False
    monkeypatch.setitem(sys.modules, "curvegui.app", app)
    return configs


def fail_with(error: BaseException, monkeypatch) -> None:
    def run_app(config: TrainingConfig, *others: object) -> int:
        raise error

    monkeypatch.setattr(sys.modules["curvegui.app"], "run", run_app)


def test_without_a_word_the_window_opens_with_the_usual_settings(opened):
    assert main([]) == 7
    assert opened == [TrainingConfig()]


def test_before_numpy_is_there_its_libraries_are_asked_to_leave_the_cores_to_the_engines(opened, monkeypatch):
    for name in ONE_THREAD:
        monkeypatch.delenv(name, raising=False)
    main([])
    assert has_the_cores()


def test_numpy_is_not_there_yet_when_its_libraries_are_asked():
    asked = "threads.keep_libraries_to_one_thread = lambda: sys.exit('numpy' in sys.modules)"
    before = "import sys; from curvegui.core.engine import threads"
    words = f"{before}; {asked}; from curvegui.__main__ import main; sys.exit(main())"
    assert run("info", "no-such-file", program=("-c", words)).returncode == 0


def test_the_window_opens_with_the_settings_that_were_typed(opened):
    assert main(["--hidden", "100", "100", "--aggression", "3", "--speed", "0"]) == 7
    assert opened == [TrainingConfig(hidden=(100, 100), aggression=3, speed=0)]


def test_without_arguments_of_its_own_it_takes_those_of_the_program(opened, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["curvegui", "--seed", "8"])
    assert main() == 7
    assert opened == [TrainingConfig(seed=8)]


def test_a_file_that_another_window_has_taken_opens_none_here_unless_it_is_wanted_apart(opened, tmp_path, monkeypatch):
    asked, path = [], tmp_path / "heart.curvegui"
    save(path, Project(Trainer(TrainingConfig()).record()))
    monkeypatch.setattr(sys.modules["curvegui.app"], "handed_over", lambda start: asked.append(start) or True)
    assert main([str(path)]) == 0
    assert (asked, opened) == ([path], [])
    assert main(["--new-window", str(path)]) == 7
    assert asked == [path]


def test_train_opens_no_window(opened, monkeypatch, capsys):
    assert main(["train", "--iterations", "10", "--quiet"]) == 0
    assert "iterations  10" in capsys.readouterr().out
    assert opened == []


def test_export_and_info_open_no_window(opened, tmp_path, capsys):
    path = str(tmp_path / "a.txt")
    assert main(["train", "--iterations", "10", "--quiet", "--save", path]) == 0
    assert main(["info", path]) == 0
    assert "iterations  10 of 10" in capsys.readouterr().out
    assert main(["export", path, "--csv", str(tmp_path / "a.csv")]) == 0
    assert opened == []


def test_check_opens_no_window(opened, tmp_path, capsys):
    (tmp_path / "mine.py").write_text("def J_W3(x, y): ...", encoding="utf-8")
    assert main(["check", str(tmp_path / "mine.py"), "--allow-code"]) == 1
    assert "… J_W3  missing, line 1: J_W3 is not written yet." in capsys.readouterr().out
    assert opened == []


@pytest.mark.parametrize("words", [["open"], []])
def test_the_window_opens_with_a_run(words, opened, tmp_path, monkeypatch):
    path = str(tmp_path / "a.txt")
    main(["train", "--iterations", "10", "--seed", "9", "--quiet", "--save", path])
    runs = []
    monkeypatch.setattr(
        sys.modules["curvegui.app"], "run", lambda config, start, *others: runs.append((config, start)) or 7
    )
    assert main([*words, path]) == 7
    assert runs == [(TrainingConfig(), Path(path))]


def test_a_setting_that_is_not_possible_opens_no_window(opened, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--noise", "much"])
    assert ended.value.code == 2
    assert "curvegui: error: Noise: a number from 0 to 1,000." in capsys.readouterr().err
    assert opened == []


def test_where_something_is_missing_a_sentence_says_so_and_nothing_starts(opened, monkeypatch, capsys):
    monkeypatch.setattr(environment, "problem", lambda: "CurveGUI needs numpy: type  python -m pip install numpy")
    assert main([]) == 1
    assert capsys.readouterr().err == "CurveGUI needs numpy: type  python -m pip install numpy\n"
    assert opened == []


def test_ctrl_c_before_the_window_is_there_ends_with_status_130(opened, monkeypatch):
    fail_with(KeyboardInterrupt(), monkeypatch)
    assert main([]) == 130


def test_a_missing_library_of_the_system_is_told_in_a_sentence(opened, monkeypatch, capsys):
    fail_with(ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"), monkeypatch)
    assert main([]) == 1
    assert "needs the system's library libEGL.so.1" in capsys.readouterr().err


def test_a_mistake_of_our_own_is_not_hidden(opened, monkeypatch):
    fail_with(ImportError("cannot import name 'missing'"), monkeypatch)
    with pytest.raises(ImportError, match="cannot import name"):
        main([])


@pytest.mark.parametrize("program", [("-m", "curvegui"), (str(ROOT / "main.py"),)])
def test_module_and_script_are_the_same_program(program, tmp_path):
    ended = run("--version", program=program, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"curvegui {__version__} ")


def test_both_installed_commands_start_here():
    (console,) = entry_points(group="console_scripts", name="curvegui")
    (windowed,) = entry_points(group="gui_scripts", name="curvegui-gui")
    assert console.load() is main
    assert windowed.load() is main


def test_importing_the_command_line_loads_neither_numpy_nor_qt():
    program = "import sys, curvegui.__main__, curvegui.cli; print(*{'numpy', 'PySide6'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == []
    assert callable(cli.main)
