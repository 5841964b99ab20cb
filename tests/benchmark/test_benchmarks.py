"""Each benchmark starts, by the commands that its first lines name, with a small size."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAMS = {path.stem: text for path in HERE.glob("*.py") if "\nif __name__ ==" in (text := path.read_text("utf-8"))}
SMALL = re.compile(r"python -m tests\.benchmark\.(\w+) (.*?)  +to see that it starts")
COMMANDS = sorted(found for text in PROGRAMS.values() for found in SMALL.findall(text))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), COMMANDS)
def test_it_starts_by_the_command_that_it_names(name: str, words: str) -> None:
    assert {command for command, _ in COMMANDS} == set(PROGRAMS)
    environment = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    line = [sys.executable, "-m", f"tests.benchmark.{name}", *words.split()]
    done = subprocess.run(
        line, cwd=HERE.parents[1], env=environment, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout
