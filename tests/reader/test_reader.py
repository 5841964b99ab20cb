"""The real app on a real screen, read and used by names alone through the system's own AT-SPI."""

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
OPEN = '"$0" main.py --iterations 1000000 >/dev/null 2>&1 & app=$!; '  # it must not finish meanwhile
BOTH = f'{OPEN} "$@"; status=$?; kill $app; wait $app; exit $status'
LONGEST_S = 600


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


def test_a_whole_session_by_names_alone_in_which_everything_that_takes_the_focus_has_one_of_its_own(tmp_path):
    shutil.copy(ROOT / "tests" / "exercise" / "learners" / "course_style.py", tmp_path / "exercise.py")
    screen = Screen(tmp_path, tmp_path)
    of_readers = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1"}
    words = [str(APP), SYSTEM_PYTHON, str(HERE / "session.py"), "curvegui", str(tmp_path)]
    command = ["dbus-run-session", "--", "bash", "-c", BOTH, *words]
    options = {"env": {**screen.environment, **of_readers}, "cwd": ROOT, "timeout": LONGEST_S}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    finally:
        screen.close()
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "heard.curvegui").is_file()
    for said in (
        "hears: A network with 6 and 7 neurons", "hears: Paused at iteration", "All six Jacobians are right.",
        "Exercise: nothing wrong", "Formula…: nothing wrong",
    ):  # fmt: skip
        assert said in done.stdout
