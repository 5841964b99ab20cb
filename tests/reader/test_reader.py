"""The real app on a real screen, read and used by names alone through the system's own AT-SPI."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.smoke.smoke import Screen

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
APP = ROOT / ".venv" / "bin" / "python"
SYSTEM_PYTHON = "/usr/bin/python3"  # which has the bindings of AT-SPI
TOOLS = "Xvfb", "openbox", "dbus-run-session", SYSTEM_PYTHON
BINDINGS = "import gi; gi.require_version('Atspi', '2.0')"
OPEN = '"$0" main.py --iterations 1000000 >/dev/null 2>"$1" & app=$!; shift; '  # it must not finish meanwhile
BOTH = f'{OPEN} "$@"; status=$?; kill $app; wait $app; exit $status'
LONGEST_S = 400


def is_readable():
    """Whether this machine has what a screen reader needs."""
    if not all(map(shutil.which, TOOLS)):
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", BINDINGS], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(LONGEST_S + 10),  # reading the whole tree takes minutes on a busy machine
    pytest.mark.skipif(not is_readable(), reason="needs Xvfb, openbox, D-Bus and the bindings of AT-SPI"),
]


@pytest.fixture
def screen(tmp_path):
    screen = Screen(tmp_path, tmp_path)
    yield screen
    screen.close()


def play(screen, script, *words):
    """Let a script of this folder use the app; what it says in the end."""
    environment = {
        **screen.environment,
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
        "NO_AT_BRIDGE": "1",  # of the script's own toolkit
    }
    reader = [SYSTEM_PYTHON, str(HERE / script), "curvegui", *words]
    command = ["dbus-run-session", "--", "bash", "-c", BOTH, str(APP), os.devnull, *reader]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_everything_that_takes_the_focus_has_a_name_of_its_own(screen):
    assert "Exercise: nothing wrong" in play(screen, "tree.py")


def test_a_whole_session_by_names_alone(screen, tmp_path):
    shutil.copy(ROOT / "tests" / "exercise" / "learners" / "course_style.py", tmp_path / "exercise.py")
    told = play(screen, "session.py", str(tmp_path))
    assert (tmp_path / "heard.curvegui").is_file()
    assert "hears: A network with 6 and 7 neurons" in told
    assert "hears: Paused at iteration" in told
    assert "All six Jacobians are right." in told
