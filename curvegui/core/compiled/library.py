"""The kernels as machine code: compiled by Numba in another process, kept on disk, and loaded without Numba.

A process that has imported Numba keeps 150 MB for it. LLVM alone, which loads what was compiled, takes a third of that
and much less time.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import Any

import llvmlite
from llvmlite import binding

from curvegui.core.child_python import child_command
from curvegui.core.compiled.calls import CODES, KERNELS, PREFIX, RULES, Kernel, Kind, Packed
from curvegui.core.engine.arithmetic import PRECISIONS
from curvegui.core.home import home
from curvegui.core.regular_file import open_regular

FOLDER = Path(__file__).parent
BUILD = """import sys
precision, *folders = sys.argv[1:]
sys.path[:0] = folders
from curvegui.core.compiled.build import main
main(precision)"""
DIGEST_BYTES = 32


class Library:
    """All kernels for one precision, under the names of ``calls.KERNELS``.

    Making one takes a tenth of a second, and some seconds where nothing was compiled before; any thread may do it.
    Raises ``ImportError``, ``OSError`` or ``RuntimeError`` where Numba is not there or cannot compile.
    """

    descend: Kernel
    roll: Kernel
    gradient: Kernel
    look: Kernel
    fill_factors: Kernel | None = None

    def __init__(self, precision: str) -> None:
        self._real = PRECISIONS[precision]
        self._engine = load(machine_code(precision))  # it keeps the code
        for name in KERNELS:
            if address := self._engine.get_function_address(PREFIX + name):
                setattr(self, name, Kernel(name, address, self._real))
        _let_go_of_llvm()

    def pack(self, kind: Kind, value: Any) -> Packed:
        """An argument for calls that come again."""
        return Packed(kind, value, self._real)


def load(code: bytes) -> Any:
    """What holds the functions of an object file. LLVM ends the process where one needs another that is not there."""
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    machine = binding.Target.from_default_triple().create_target_machine(jit=True)
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), machine)
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


MADV_DONTNEED = 4  # Linux's


def _let_go_of_llvm() -> None:
    """Let what is read of LLVM's own file go, 45 MB: the system reads it again from there should it be needed."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        advise = ctypes.CDLL(None).madvise
        for first, end in _as_in_the_file(Path("/proc/self/smaps").read_text(errors="replace").splitlines()):
            advise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), MADV_DONTNEED)


def _as_in_the_file(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where there is code or data of LLVM that nobody has written to and nobody will; ``lines`` are of Linux's list."""
    place = ""
    for line in lines:
        first, second, *_ = line.split()
        if not first.endswith(":"):
            place = first if "libllvmlite" in line and "w" not in second else ""
        elif place and (first, second) == ("Anonymous:", "0"):
            start, end = (int(each, 16) for each in place.split("-"))
            yield start, end


def machine_code(precision: str) -> bytes:
    """The kernels' object file, from disk, or else compiled, and then kept there where that is possible."""
    name = f"kernels-{precision}-{_digest()}.o"
    for folder in folders():
        with suppress(OSError, ValueError):
            return _read(folder / name)
    code = compiled(precision)
    for folder in folders():
        with suppress(OSError):
            _keep(folder, name, code)
            break
    return code


def folders() -> tuple[Path, ...]:
    """Where object files may be kept: beside the sources, or where this system keeps what can be made again."""
    places = {"win32": os.environ.get("LOCALAPPDATA") or home() / "AppData/Local", "darwin": home() / "Library/Caches"}
    system = places.get(sys.platform) or os.environ.get("XDG_CACHE_HOME") or home() / ".cache"
    return FOLDER / "__pycache__", Path(system) / "curvegui"


def _digest() -> str:
    """Of all that makes an object file what it is: the sources, the compiler, and the processor."""
    texts = [path.read_bytes() for path in sorted(FOLDER.glob("*.py"))]
    machine = [binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten(), binding.get_process_triple()]
    words = [version("numba"), version("llvmlite"), *machine, *CODES, *RULES]
    return sha256(b"\0".join([*texts, *(word.encode() for word in words)])).hexdigest()[:24]


def _read(path: Path) -> bytes:
    """An object file that was kept. Raises ``ValueError`` where it is damaged."""
    with open_regular(path) as file:
        content = file.read()
    digest, code = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if sha256(code).digest() != digest:
        raise ValueError
    return code


def _keep(folder: Path, name: str, code: bytes) -> None:
    """Keep an object file in place of those of other sources. Raises ``OSError`` where it is not whole on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = name.rpartition("-")[0]
    with NamedTemporaryFile(dir=folder, prefix=f"{stem}-", suffix=".o", delete=False) as file:  # one left is cleared so
        try:
            file.write(sha256(code).digest() + code)
            file.close()
            _read(Path(file.name))
            Path(file.name).replace(folder / name)
        except (OSError, ValueError) as error:
            Path(file.name).unlink()
            raise OSError(str(error)) from error
    for other in folder.glob(f"{stem}-*.o"):
        if other.name != name:
            with suppress(OSError):
                other.unlink()


def compiled(precision: str) -> bytes:
    """The kernels compiled now, by another process, which ends when this one does."""
    words = child_command("compiler", BUILD, [precision], _packages())
    options: dict[str, Any] = {"creationflags": 0x08000000} if sys.platform == "win32" else {}  # no console
    pipe = subprocess.PIPE
    with TemporaryFile() as said, subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=said, **options) as child:
        assert child.stdout is not None
        code: bytes = child.stdout.read()
        if child.wait():
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise RuntimeError((lines or ["The compiler failed."])[-1])
        return code


def _packages() -> list[str]:
    """A file of each package that compiling needs; Numba itself is not imported here, for it is large."""
    numba = getattr(find_spec("numba"), "origin", None)
    return [llvmlite.__file__, *([numba] if numba else [])]
