"""What the system does for a child: how it is started, limited, ended and seen."""

import ctypes
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from curvegui.exercise.child import main as child_main
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.runner import process as child_start
from curvegui.exercise.runner.outcome import Ending
from curvegui.exercise.runner.process import WindowsJob, _ending_of, _Extended, child_command, child_environment

pytestmark = pytest.mark.costly


def test_the_command_is_this_python_cut_off_from_what_a_person_has_set():
    command = child_command(7)

    assert command[0] == sys.executable
    assert {"-I", "-S"} <= set(command)
    assert "7" in command


def test_without_a_python_it_says_that_it_cannot(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")

    with pytest.raises(ExerciseError, match="No Python"):
        child_command(7)


def test_on_windows_the_true_python_takes_over_a_handle(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "_base_executable", "C:\\Python\\python.exe")

    command = child_command(7)

    assert command[0] == "C:\\Python\\python.exe"
    assert "msvcrt" in command[command.index("-c") + 1]
    compile(command[command.index("-c") + 1], "start", "exec")


def test_on_windows_one_handle_is_passed_on_and_no_window_opens(monkeypatch):
    made = []
    system = SimpleNamespace(get_osfhandle=lambda number: number + 1000)
    monkeypatch.setitem(sys.modules, "msvcrt", system)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "set_handle_inheritable", lambda *each: made.append(each), raising=False)
    monkeypatch.setattr(subprocess, "STARTUPINFO", SimpleNamespace, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x8000000, raising=False)

    handle, options = child_start._passed_on(5)

    assert handle == 1005
    assert made == [(1005, True)]
    assert options["startupinfo"].lpAttributeList == {"handle_list": [1005]}
    assert options["creationflags"] == 0x8000200
    assert options["close_fds"]


def test_on_windows_a_job_limits_memory_and_ends_all():
    class System:
        def __init__(self):
            self.calls = []

        def __getattr__(self, name):
            def call(*arguments):
                self.calls.append((name, arguments))
                return 42

            return call

    system = System()
    job = WindowsJob(10**9, system)
    assert job.add(7)
    job.close()
    job.close()

    names = [name for name, _ in system.calls]
    assert names == [
        "CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject", "TerminateJobObject", "CloseHandle",
    ]  # fmt: skip
    handle, kind, pointer, size = system.calls[1][1]
    limits = ctypes.cast(pointer, ctypes.POINTER(_Extended)).contents
    assert (handle, kind, size) == (42, 9, ctypes.sizeof(_Extended))
    assert limits.process_memory == 10**9
    assert limits.basic.flags == 0x2108
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert size == 144  # as Windows has it


def test_the_surroundings_hold_what_the_system_needs_and_no_more(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("SYSTEMROOT", "C:\\Windows")

    found = child_environment("mark", "/folder")

    assert found["SYSTEMROOT"] == "C:\\Windows"
    assert found["OPENBLAS_NUM_THREADS"] == "1"
    assert found["TMPDIR"] == "/folder"
    assert not [name for name in found if name.startswith("PYTHON")]


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (0, Ending.VANISHED),
        (3, Ending.VANISHED),
        (65, Ending.CUT_OFF),
        (66, Ending.OUT_OF_MEMORY),
        (-9, Ending.KILLED),
        (-11, Ending.KILLED),
        (-14, Ending.TIMED_OUT),
        (0xC0000005, Ending.KILLED),
        (0xC00000FD, Ending.KILLED),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="counts signals as POSIX does")
def test_an_exit_status_says_how_it_ended(status, ending):
    assert _ending_of(status) is ending


def test_where_the_system_does_not_limit_memory_the_child_looks_itself(monkeypatch):
    from threading import Event

    ended = Event()
    statuses = []
    resource = SimpleNamespace(RUSAGE_SELF=0, getrusage=lambda _: SimpleNamespace(ru_maxrss=2 * 10**9))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "_exit", lambda status: (statuses.append(status), ended.set()))

    monkeypatch.setattr(child_main, "resource", resource)
    child_main._watch_memory(10**9)

    assert ended.wait(10)
    assert statuses == [child_main.OUT_OF_MEMORY]


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="shows nothing of a process")


@needs_linux
def test_what_a_first_look_missed_is_ended_too(monkeypatch):
    sleep = [sys.executable, "-S", "-c", "import time; time.sleep(1000)"]
    with subprocess.Popen(sleep, start_new_session=True) as child, subprocess.Popen(sleep) as late:
        looks = iter([[], [late.pid]])
        monkeypatch.setattr(child_start, "_marked", lambda mark: next(looks, []))
        try:
            child_start.kill_tree(child, "of a test")
            assert late.wait(10) == -signal.SIGKILL
        finally:
            child.kill()
            late.kill()
