"""The engine in C is compiled where the app looks for it; where nothing can compile it, a wheel is built without it."""

import importlib.util
import sys
import tomllib
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from curvegui.core.native.library import PATH

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("native", ROOT / "packaging" / "native.py")
native = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = native  # where its records look for themselves
SPEC.loader.exec_module(native)


@pytest.fixture(autouse=True)
def for_the_build_hook(monkeypatch):
    """The hook imports this module by its name, which a folder of tests may have got as well."""
    monkeypatch.setitem(sys.modules, SPEC.name, native)


def test_the_app_looks_for_the_library_where_it_is_compiled():
    assert native.BUILT / native.LIBRARIES[native.TARGETS[native.this_machine()].system][0] == PATH


def test_those_who_work_on_it_have_the_same_zig():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = f"ziglang=={native.ZIG}"
    assert wanted in project["optional-dependencies"]["dev"]
    assert wanted in (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8").splitlines()


def test_where_there_is_neither_a_compiler_nor_a_network_a_sentence_says_so(monkeypatch):
    def fetch(folder):
        raise CalledProcessError(1, "pip")

    monkeypatch.setattr(sys, "argv", ["native.py"])
    monkeypatch.setattr(native, "_installed_zig", list)
    monkeypatch.setattr(native, "_clang", list)
    monkeypatch.setattr(native, "_fetched_zig", fetch)
    with pytest.raises(SystemExit, match="Zig cannot be fetched"):
        native.main()


def test_a_wheel_for_an_unknown_target_is_refused_with_the_targets_that_there_are(tmp_path, monkeypatch, capfd):
    pytest.importorskip("hatchling")
    from hatchling.builders.wheel import WheelBuilder

    monkeypatch.setenv(native.CHOICE, "yes")
    with pytest.raises(SystemExit):
        list(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    told = capfd.readouterr().err
    assert "CURVEGUI_NATIVE" in told and "can be linux-x86_64, " in told


@pytest.mark.slow
def test_where_nothing_can_compile_it_the_wheel_is_built_without_it_and_says_so(tmp_path, monkeypatch, capfd):
    pytest.importorskip("hatchling")
    from hatchling.builders.wheel import WheelBuilder

    monkeypatch.setattr(native, "compilers", lambda folder: [[str(tmp_path / "clang")]])
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    assert made.endswith("-py3-none-any.whl")
    assert "NumPy will compute" in capfd.readouterr().err
