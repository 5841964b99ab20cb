"""What was compiled is kept on disk, and nothing that can be wrong with that disk stops anybody."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

numba = pytest.importorskip("numba")

from curvegui.core.compiled.library import Kernel  # noqa: E402 (it needs Numba)

SOURCE = """
def entry(version):
    def double(values):
        version
        values *= 2
    return double
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled functions are kept, in this test."""
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(kept))
    return kept


@pytest.fixture
def entry(tmp_path: Path) -> Callable[[str], Callable[..., None]]:
    path = tmp_path / "doubling.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("doubling", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.entry  # type: ignore[no-any-return]


def _works(kernel: Kernel) -> bool:
    values = np.ones(3)
    kernel(values)
    return bool((values == 2).all())


def _hits(kernel: Kernel) -> int:
    return sum(kernel.compiled.stats.cache_hits.values())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_compiled_is_kept_until_the_sources_change(
    folder: Path, entry: Callable[[str], Callable[..., None]]
) -> None:
    assert _works(Kernel(entry("one")))
    assert _files(folder)

    again, other = Kernel(entry("one")), Kernel(entry("two"))
    assert _works(again)
    assert _works(other)
    assert _hits(again) == 1
    assert _hits(other) == 0


@pytest.mark.parametrize("damage", [b"", b"not what was kept", None])
@pytest.mark.parametrize("suffix", ["*.nbi", "*.nbc"])
def test_a_damaged_file_is_survived(
    folder: Path, entry: Callable[[str], Callable[..., None]], suffix: str, damage: bytes | None
) -> None:
    assert _works(Kernel(entry("one")))
    damaged = [*folder.rglob(suffix)]
    assert damaged
    for path in damaged:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if damage is None else damage)

    assert _works(Kernel(entry("one")))
    assert _is_kept_again(entry)


def _is_kept_again(entry: Callable[[str], Callable[..., None]]) -> bool:
    """Whether it is compiled for the disk at the next start at the latest, and loaded at the one after it."""
    kernels = [Kernel(entry("one")) for _ in range(2)]
    return all(map(_works, kernels)) and _hits(kernels[-1]) == 1


def test_what_was_kept_for_other_arguments_is_not_taken(
    folder: Path, entry: Callable[[str], Callable[..., None]]
) -> None:
    """Two processes that compile for different arguments at the same time may give their files the same name."""
    first = Kernel(entry("one"))
    assert _works(first)
    first(np.ones(3, np.float32))
    one, other = sorted(folder.rglob("*.nbc"))
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)

    assert _works(Kernel(entry("one")))
    assert _is_kept_again(entry)


def test_several_processes_compile_at_the_same_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "doubling.py").write_text(SOURCE, encoding="utf-8")
    ask = (
        "import sys, numpy as np; sys.path.insert(0, sys.argv[1]); from doubling import entry;"
        "from curvegui.core.compiled.library import Kernel;"
        "kernel, values = Kernel(entry('one')), np.ones(3, sys.argv[2]); kernel(values);"
        "print(values.tolist(), sum(kernel.compiled.stats.cache_hits.values()))"
    )

    def told() -> list[str]:
        words = [[sys.executable, "-c", ask, str(tmp_path), kind] for kind in ("float64", "float32") * 2]
        services = os.environ | {"NUMBA_CACHE_DIR": str(folder)}
        children = [subprocess.Popen(each, stdout=subprocess.PIPE, text=True, env=services) for each in words]
        return [child.communicate()[0] for child in children]

    assert all(each.startswith("[2.0, 2.0, 2.0]") for each in told() + told())


def test_a_file_in_the_place_of_the_folder_is_survived(
    tmp_path: Path, entry: Callable[[str], Callable[..., None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "file" / "folder"))

    assert _works(Kernel(entry("one")))


def test_a_folder_that_vanishes_is_survived(folder: Path, entry: Callable[[str], Callable[..., None]]) -> None:
    kernel = Kernel(entry("one"))
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    folder.write_text("", encoding="utf-8")

    assert _works(kernel)


def test_once_closed_no_other_arguments_are_compiled_for(
    folder: Path, entry: Callable[[str], Callable[..., None]]
) -> None:
    kernel = Kernel(entry("one"))
    assert _works(kernel)
    kernel.close()
    with pytest.raises(TypeError):
        kernel.compiled(np.ones(3, np.float32))
