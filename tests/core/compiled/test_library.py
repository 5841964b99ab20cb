"""What was compiled is kept on disk, and nothing that can be wrong with that disk stops anybody."""

import runpy
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import numpy as np
import pytest

if find_spec("numba") is None:  # not imported: it is large, and the app does without
    pytest.skip("needs the extra fast", allow_module_level=True)

from curvegui.core.compiled import calls
from curvegui.core.compiled.preparing import prepare

if TYPE_CHECKING:
    from curvegui.core.compiled import library

pytestmark = pytest.mark.slow  # where the kernels are not compiled yet

PRECISION = "double"


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Load it where these tests run, not where they are looked for: LLVM takes 40 MB of a process."""
    globals()["library"] = import_module("curvegui.core.compiled.library")


@pytest.fixture
def code() -> bytes:
    """The kernels as they are on this machine's disk."""
    prepare(PRECISION)
    return library.machine_code(PRECISION)


@pytest.fixture
def folder(code: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled kernels are kept in this test."""
    monkeypatch.setattr(library, "folders", lambda: (tmp_path / "kept",))
    return tmp_path / "kept"


@pytest.fixture
def compilations(code: bytes, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The precisions that were compiled for; it takes no time."""
    asked: list[str] = []

    def compiled(precision: str) -> bytes:
        asked.append(precision)
        return code

    monkeypatch.setattr(library, "compiled", compiled)
    return asked


def test_what_was_compiled_is_kept_until_what_made_it_changes(
    folder: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.machine_code(PRECISION) == library.machine_code(PRECISION)
    assert compilations == [PRECISION]
    (kept,) = folder.iterdir()

    monkeypatch.setattr(library, "version", lambda name: "another")
    library.machine_code(PRECISION)
    assert compilations == [PRECISION] * 2
    assert not kept.exists()
    assert len([*folder.iterdir()]) == 1


def test_what_a_kill_has_left_half_written_goes_when_kernels_are_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(Path, "replace", Mock(side_effect=KeyboardInterrupt))
        library._keep(tmp_path, "kernels-double-1.o", b"code")
    library._keep(tmp_path, "kernels-double-1.o", b"code")

    assert [each.name for each in tmp_path.iterdir()] == ["kernels-double-1.o"]


def test_each_precision_is_kept(folder: Path, compilations: list[str]) -> None:
    for precision in ("double", "single") * 2:
        library.machine_code(precision)
    assert compilations == ["double", "single"]


@pytest.mark.parametrize("damage", [lambda _: b"", lambda _: b"not what was kept", lambda kept: kept[: len(kept) // 2]])
def test_a_damaged_file_is_made_again(
    folder: Path, compilations: list[str], damage: Callable[[bytes], bytes], code: bytes
) -> None:
    library.machine_code(PRECISION)
    (path,) = folder.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert library.machine_code(PRECISION) == code
    assert library.machine_code(PRECISION) == code
    assert len(compilations) == 2


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(
    folder: Path, compilations: list[str], code: bytes
) -> None:
    folder.write_text("a file in the place of the folder", encoding="utf-8")
    assert library.machine_code(PRECISION) == code


def test_the_next_folder_is_taken_where_the_first_cannot_be_written(
    folder: Path, compilations: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("", encoding="utf-8")
    monkeypatch.setattr(library, "folders", lambda: (folder, tmp_path / "second"))
    library.machine_code(PRECISION)
    library.machine_code(PRECISION)
    assert len(compilations) == 1


def test_loading_needs_no_numba(code: bytes) -> None:
    ask = "import sys; from curvegui.core.compiled.preparing import prepare; prepare(); print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


@pytest.mark.parametrize(
    ("executable", "words"),
    [("", "(?i)no python"), (sys.executable, "does not compile")],
)
def test_what_keeps_it_from_being_compiled_is_told(
    executable: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setattr(library, "BUILD", "raise SystemExit('it does not compile')")
    with pytest.raises(RuntimeError, match=words):
        library.compiled(PRECISION)


@pytest.mark.parametrize(
    "curve", [np.empty((2, 16), np.float32), np.empty(32), np.empty((2, 32))[:, ::2], np.empty((3, 16))[0]]
)
def test_other_arrays_than_its_own_are_refused(curve: np.ndarray) -> None:
    kernels = prepare(PRECISION)
    numbers = np.empty(4), np.empty(4), np.empty((1, 6), np.int64), np.empty(1)
    network = *numbers, (np.empty(8), np.empty(8), np.empty(16), 8), np.empty(8), np.empty(8)
    with pytest.raises(TypeError):
        kernels.look(network, curve, curve)


@pytest.mark.parametrize(
    ("module", "names", "words"), [("steps", "RULES", "step of"), ("functions", "CODES", "function")]
)
def test_what_has_no_kernel_is_not_taken_for_another_one(
    module: str, names: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("numba", "numba.extending", "curvegui.core.compiled.bits", "curvegui.core.compiled.vectors"):
        monkeypatch.setitem(sys.modules, each, Mock())  # Numba stays out of this process: it takes 25 MB
    monkeypatch.setitem(getattr(calls, names), "newest", 99)
    with pytest.raises(NotImplementedError, match=f"There is no compiled {words} newest."):
        runpy.run_path(str(library.FOLDER / f"{module}.py"))


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere the system alone decides what it keeps in memory")
def test_the_library_that_loads_them_does_not_stay_in_memory() -> None:
    library.Library("double")
    resident, is_read = 0, False
    for line in Path("/proc/self/smaps").read_text(errors="replace").splitlines():
        words = line.split()
        if not words[0].endswith(":"):
            is_read = "libllvmlite" in line and "w" not in words[1]
        elif words[0] == "Rss:" and is_read:
            resident += int(words[1])
    assert resident < 7_000  # kB; of 45,000 that loading takes
