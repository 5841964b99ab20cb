"""Each benchmark starts, by the command that its first lines name, with a small size."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMS = [path.stem for path in sorted(HERE.glob("*.py")) if "\nif __name__ ==" in path.read_text("utf-8")]
SMALL = re.compile(r"python -m tests\.benchmark\.(\w+) (.*?)  +to see that it starts")


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_it_starts_by_the_command_that_it_names(name):
    (command,) = SMALL.findall((HERE / f"{name}.py").read_text("utf-8"))
    assert command[0] == name
    environment = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    line = [sys.executable, "-m", f"tests.benchmark.{name}", *command[1].split()]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout
