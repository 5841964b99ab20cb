"""A child as the app sees it: messages come from it, and it can be ended at any time with all that it started."""

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Lock, Thread
from time import monotonic
from typing import IO, Any

from curvegui.core import child_python
from curvegui.core.arrays import FloatArray
from curvegui.core.engine.threads import ONE_THREAD
from curvegui.exercise.child.main import CUT_OFF, OUT_OF_MEMORY
from curvegui.exercise.child.wire import LENGTHS, WireError, lengths, unpack
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.runner.outcome import Ending

LOOKS = 2  # that find nothing: one may miss what began while it looked and was ended by who began it
MARK = "CURVEGUI_CHILD"  # an environment variable: all that a child starts has it too
KEPT = ("SYSTEMROOT", "WINDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH")
START = (
    "import sys; channel, *paths = sys.argv[1:]; sys.path += paths;"
    " from curvegui.exercise.child.main import main; main({channel})"
)
WINDOWS_START = "__import__('msvcrt').open_osfhandle(int(channel), 0)"


def child_command(channel: int) -> list[str]:
    """The command line of a child; raises ``ExerciseError`` if this app has no Python to run a learner's file with."""
    start = START.format(channel=WINDOWS_START if sys.platform == "win32" else "int(channel)")
    try:
        return child_python.child_command("file", start, [str(channel)])
    except RuntimeError as error:
        raise ExerciseError(str(error)) from error


def child_environment(mark: str, folder: str) -> dict[str, str]:
    """The environment variables of a child: those that the system needs, and no more."""
    kept = {name: value for name in KEPT if (value := os.environ.get(name)) is not None}
    kept |= dict.fromkeys(ONE_THREAD, "1")
    return kept | {MARK: mark, "HOME": folder, "TMPDIR": folder, "TEMP": folder, "TMP": folder}


def start_child(request: IO[bytes], mark: str, folder: str) -> tuple["subprocess.Popen[bytes]", int]:
    """Start a child in a session of its own; return its process, and the descriptor from which its messages are read.
    Raises ``ExerciseError`` or ``OSError`` if the child cannot be started."""
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
    """The channel's number in the child, and the options that pass the channel on to the child alone."""
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
    """Limits for one run, in seconds of `ChildProcess.own_time`, however busy the computer is."""

    seconds: float = 1.6  # of a function that runs alone, for all its answers; others have the processor besides
    patience: float = 0.5  # how many of these a function may keep the others waiting; then it runs alone
    wait: float = 120.0  # on the clock on the wall, for all together: what a very busy computer needs for the above
    memory: int = 600_000_000  # bytes of addresses; Python and NumPy take 150 million
    output: int = 2_000_000  # bytes that may be printed


def waited_for_processor(pid: int) -> float:
    """How many seconds a process was ready to run while others ran; 0 where that is not known."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


MOST_PROCESSES = 8  # a fork bomb ends there
ACTIVE_PROCESS, PROCESS_MEMORY, KILL_ON_CLOSE = 0x08, 0x100, 0x2000
EXTENDED_LIMITS = 9


class _Basic(ctypes.Structure):
    _fields_ = (
        *(("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", ctypes.c_uint32)),
        *(("smallest_working_set", ctypes.c_size_t), ("largest_working_set", ctypes.c_size_t)),
        *(("most_processes", ctypes.c_uint32), ("affinity", ctypes.c_size_t)),
        *(("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32)),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        *(("basic", _Basic), ("io", ctypes.c_uint64 * 6)),
        *((name, ctypes.c_size_t) for name in ("process_memory", "job_memory", "peak_process", "peak_job")),
    )


class WindowsJob:
    """A job object with ``memory`` bytes for each of its processes, which all end when the job is closed or this
    process ends. ``system`` has the functions of ``kernel32``."""

    def __init__(self, memory: int, system: Any = None) -> None:
        self._system = system or _kernel()
        self._handle = self._system.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.basic.flags = ACTIVE_PROCESS | PROCESS_MEMORY | KILL_ON_CLOSE
        limits.basic.most_processes = MOST_PROCESSES
        limits.process_memory = memory
        size = ctypes.sizeof(limits)
        self._system.SetInformationJobObject(self._handle, EXTENDED_LIMITS, ctypes.byref(limits), size)

    def add(self, process_handle: int) -> bool:
        """Add a process, and all that it starts from now on; whether the job has taken the process."""
        return bool(self._system.AssignProcessToJobObject(self._handle, process_handle))

    def close(self) -> None:
        """End all processes of the job. May be called again."""
        handle, self._handle = self._handle, None
        if handle:
            self._system.TerminateJobObject(handle, 1)
            self._system.CloseHandle(handle)


def _kernel() -> Any:
    if sys.platform != "win32":
        raise OSError("Only Windows has jobs.")
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle = ctypes.c_void_p
    kernel.CreateJobObjectW.restype = handle
    arguments = {
        "CreateJobObjectW": (handle, ctypes.c_wchar_p),
        "SetInformationJobObject": (handle, ctypes.c_int, handle, ctypes.c_uint32),
        "AssignProcessToJobObject": (handle, handle),
        "TerminateJobObject": (handle, ctypes.c_uint32),
        "CloseHandle": (handle,),
    }
    for name, types in arguments.items():
        getattr(kernel, name).argtypes = types
    return kernel


MOST_WAITING = 2_000  # messages; older ones are forgotten
KEPT_OUTPUT = 20_000  # bytes of what is printed
CLEARING_S = 0.3  # for the threads that read, after all writers have been killed

Message = tuple[dict[str, Any], list[FloatArray]]


class ChildProcess:
    """A child, running from now on, whose methods may be called from any thread. ``request`` is a message (see
    ``wire``). Raises ``ExerciseError`` or ``OSError`` if the child cannot be started."""

    def __init__(self, request: bytes, limits: Limits) -> None:
        self._changed, self._finishing = Condition(), Lock()
        self._ending: Ending | None = None
        self._messages: deque[Message] = deque(maxlen=MOST_WAITING)
        self._output, self._printed = bytearray(), 0
        self._closed = self._cleared = False
        self._killed_for: Ending | None = None
        self._limits, self._mark = limits, f"{os.getpid()}-{uuid.uuid4().hex}"
        self.last_news = monotonic()
        self._folder = tempfile.TemporaryDirectory(prefix="curvegui-exercise-", ignore_cleanup_errors=True)
        try:
            with tempfile.TemporaryFile() as file:
                file.write(request)
                file.seek(0)
                self._process, channel = start_child(file, self._mark, self._folder.name)
        except BaseException:
            self._folder.cleanup()
            raise
        self._job: WindowsJob | None = None
        if sys.platform == "win32":
            self._job = WindowsJob(limits.memory)
            self._job.add(int(self._process._handle))
        assert self._process.stdout is not None
        readers = ((self._read_messages, os.fdopen(channel, "rb")), (self._read_output, self._process.stdout))
        self._threads = [Thread(target=work, args=(stream,), daemon=True) for work, stream in readers]
        for thread in self._threads:
            thread.start()

    def next_message(self, timeout: float) -> Message | None:
        """The oldest message that was not taken yet; None if no message comes in time, or none will come any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._messages or self._closed, max(0.0, timeout))
            return self._messages.popleft() if self._messages else None

    @property
    def is_over(self) -> bool:
        """Whether no message will come any more."""
        with self._changed:
            return self._closed and not self._messages

    @property
    def output(self) -> str:
        """The beginning of the child's printed output."""
        with self._changed:
            return bytes(self._output).decode("utf-8", "replace")

    def own_time(self) -> float:
        """Seconds on a clock that stands still while the child waits for a processor that others have (Linux)."""
        return monotonic() - waited_for_processor(self._process.pid)

    def kill(self, reason: Ending) -> None:
        """End the child, and all processes that it has started. The first reason counts."""
        with self._changed:
            if not self._cleared:
                self._killed_for = self._killed_for or reason
                kill_tree(self._process, self._mark)

    def finish(self) -> Ending:
        """Clean up, and say how the child ended; a running child is killed. May be called again."""
        with self._finishing:
            if self._ending is not None:
                return self._ending
            with self._changed:
                closed, reason = self._closed, self._killed_for
            by_itself = closed and reason is None
            if by_itself:
                try:
                    self._process.wait(CLEARING_S)
                except subprocess.TimeoutExpired:
                    by_itself = False
            self.kill(Ending.CUT_OFF if closed else Ending.TIMED_OUT)
            with self._changed:
                self._cleared = True  # from now on, its number may be that of another process
            if self._job:
                self._job.close()
            status = self._process.wait()
            for thread in self._threads:
                thread.join(CLEARING_S)
            self._folder.cleanup()
            self._ending = (None if by_itself else self._killed_for) or _ending_of(status)
            return self._ending

    def _read_messages(self, stream: IO[bytes]) -> None:
        try:
            with stream:
                while len(start := stream.read(LENGTHS.size)) == LENGTHS.size:
                    head_length, body_length = lengths(start)
                    head, body = stream.read(head_length), stream.read(body_length)
                    if len(head) < head_length or len(body) < body_length:
                        break
                    message = unpack(head, body)
                    with self._changed:
                        self._messages.append(message)
                        self.last_news = monotonic()
                        self._changed.notify_all()
        except (WireError, OSError, MemoryError):
            self.kill(Ending.CUT_OFF)
        finally:
            with self._changed:
                self._closed = True
                self._changed.notify_all()

    def _read_output(self, stream: IO[bytes]) -> None:
        try:
            with stream:
                while data := os.read(stream.fileno(), 65_536):
                    with self._changed:
                        self._output += data[: max(0, KEPT_OUTPUT - len(self._output))]
                        self._printed += len(data)
                        too_much = self._printed > self._limits.output
                    if too_much:
                        self.kill(Ending.TOO_MUCH_OUTPUT)
        except OSError:
            return


def _ending_of(status: int) -> Ending:
    """How a child ended that nobody has killed, by its exit status."""
    if status == OUT_OF_MEMORY:
        return Ending.OUT_OF_MEMORY
    if status == CUT_OFF:
        return Ending.CUT_OFF
    if status in [-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)]:
        return Ending.TIMED_OUT
    if status < 0 or status >= 0xC0000000:  # a signal, or one of Windows' faults
        return Ending.KILLED
    return Ending.VANISHED
