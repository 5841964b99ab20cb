"""What the operating system does for a child: starts it, limits it, ends it with all it started, tells about it."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from curvegui.core import child_python
from curvegui.core.engine.threads import ONE_THREAD
from curvegui.exercise.problem import ExerciseError

LOOKS = 2  # that find nothing: one may miss what began while it looked and was ended by who began it
MARK = "CURVEGUI_CHILD"  # an environment variable: all that a child starts has it too
KEPT = ("SYSTEMROOT", "WINDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH")
START = (
    "import sys; channel, *paths = sys.argv[1:]; sys.path += paths;"
    " from curvegui.exercise.child.main import main; main({channel})"
)
WINDOWS_START = "__import__('msvcrt').open_osfhandle(int(channel), 0)"
_SIGNALS = re.compile(r"^Sig(?:Ign|Cgt|Blk):\s*([0-9a-f]+)$", re.MULTILINE)
"""The signals that a process ignores, catches or holds back, as bits."""
_ALL = 60  # of the 64: whoever starts a process holds them all back for a moment


def child_command(channel: int) -> list[str]:
    """The command line; raises ``ExerciseError`` if this app has no Python that could run a learner's file."""
    start = START.format(channel=WINDOWS_START if sys.platform == "win32" else "int(channel)")
    try:
        return child_python.child_command("file", start, [str(channel)])
    except RuntimeError as error:
        raise ExerciseError(str(error)) from error


def child_environment(mark: str, folder: str) -> dict[str, str]:
    """The environment variables: what the system needs, and no more."""
    kept = {name: value for name in KEPT if (value := os.environ.get(name)) is not None}
    kept |= dict.fromkeys(ONE_THREAD, "1")
    return kept | {MARK: mark, "HOME": folder, "TMPDIR": folder, "TEMP": folder, "TMP": folder}


def start_child(request: IO[bytes], mark: str, folder: str) -> tuple["subprocess.Popen[bytes]", int]:
    """Start a child in a session of its own; return it, and the descriptor from which its messages are read.

    Raises ``ExerciseError`` or ``OSError`` if it cannot be started.
    """
    reading, writing = os.pipe()
    try:
        channel, options = _passed_on(writing)
        process = subprocess.Popen(
            child_command(channel),
            stdin=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=child_environment(mark, folder),
            **options,
        )
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    return process, reading


def _passed_on(writing: int) -> tuple[int, dict[str, Any]]:
    """What the child knows the channel by, and the options that pass it on to the child alone."""
    if sys.platform != "win32":
        return writing, {"pass_fds": (writing,), "start_new_session": True}
    import msvcrt

    handle = msvcrt.get_osfhandle(writing)
    os.set_handle_inheritable(handle, True)
    start = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
    flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return handle, {"startupinfo": start, "creationflags": flags, "close_fds": True}


def kill_tree(process: "subprocess.Popen[bytes]", mark: str) -> None:
    """Kill a child that has not been waited for, and all that it has started."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    empty = 0
    for _ in range(20):  # a fork bomb goes on while it is looked for
        escaped = _marked(mark)
        empty = 0 if escaped else empty + 1
        if empty == LOOKS:
            return
        for each in escaped:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(each, signal.SIGKILL)


def _marked(mark: str) -> list[int]:
    """Processes that have left the child's session, found by their environment (Linux)."""
    wanted, found = f"{MARK}={mark}".encode(), []
    for entry in Path("/proc").glob("[0-9]*/environ") if sys.platform == "linux" else ():
        try:
            if wanted in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:  # of somebody else, or gone meanwhile
            continue
    return found


@dataclass(frozen=True)
class Limits:
    """Limits for one run. Seconds are those of `ChildProcess.own_time`, however busy the computer is."""

    seconds: float = 1.6  # of a function that runs alone, for all its answers; others have the processor besides
    patience: float = 0.5  # how many of these a function may keep the others waiting; then it runs alone
    wait: float = 120.0  # on the clock on the wall, for all together: what a very busy computer needs for the above
    memory: int = 600_000_000  # bytes of addresses; Python and NumPy take 150 million
    output: int = 2_000_000  # bytes that may be printed


def bytes_of(pid: int) -> int:
    """How many bytes of addresses a process has; 0 where that is not known."""
    try:
        return int(_shown(pid, "statm").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def waited_for_processor(pid: int) -> float:
    """How many seconds a process could have run and others did; 0 where that is not known."""
    try:
        return int(_shown(pid, "schedstat").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def ignores_its_end(pid: int) -> bool:
    """Whether a process ignores SIGTERM; False where that is not known."""
    try:
        status = _shown(pid, "status")
    except (OSError, ValueError):
        return False
    masks = [int(bits, 16) for bits in _SIGNALS.findall(status)]
    return any(mask >> (signal.SIGTERM - 1) & 1 for mask in masks if mask.bit_count() < _ALL)


def _shown(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(encoding="ascii", errors="replace")
