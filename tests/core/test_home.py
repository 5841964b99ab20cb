"""The home folder where the environment is odd, and that nobody asks for it in another way."""

import re
from pathlib import Path

import pytest

import curvegui
from curvegui.core.home import home

pwd = pytest.importorskip("pwd")


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The home folder that the system has of this person."""
    entry = pwd.struct_passwd(("ann", "x", 1000, 1000, "", str(tmp_path), ""))
    monkeypatch.setattr(pwd, "getpwuid", lambda _: entry)
    return tmp_path


def test_it_is_that_of_the_environment(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(at_home / "mine"))
    assert home() == at_home / "mine"


@pytest.mark.parametrize("told", [None, "~", "here"])
def test_where_that_is_none_it_is_that_of_the_system_and_else_the_topmost_folder(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    if told is None:
        monkeypatch.delenv("HOME", raising=False)
    else:
        monkeypatch.setenv("HOME", told)
    assert home() == at_home

    def unknown(_: int) -> None:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert home() == Path("/")


def test_nobody_asks_for_it_in_another_way() -> None:
    sources = Path(curvegui.__file__).parent.rglob("*.py")
    asking = [path for path in sources if re.search(r"Path\.home|expanduser|homePath", path.read_text("utf-8"))]
    assert [path.name for path in asking] == ["home.py"]
