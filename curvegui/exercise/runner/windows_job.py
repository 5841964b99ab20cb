"""On Windows: a job that a child and all that it starts belong to; it limits their memory, and ends with them all."""

import ctypes
import sys
from typing import Any

MOST_PROCESSES = 8  # a fork bomb ends there
ACTIVE_PROCESS, PROCESS_MEMORY, KILL_ON_CLOSE = 0x08, 0x100, 0x2000
EXTENDED_LIMITS = 9


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_working_set", ctypes.c_size_t),
        ("largest_working_set", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


class WindowsJob:
    """A job object; closing it, or the end of this process, ends all processes in it.

    Each of them may have ``memory`` bytes. ``system`` has the functions of ``kernel32``.
    """

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
        """Add a process, and all that it starts from now on; return whether that worked."""
        return bool(self._system.AssignProcessToJobObject(self._handle, process_handle))

    def close(self) -> None:
        """End them all. May be called again."""
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
    kernel.CreateJobObjectW.argtypes = (handle, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, handle, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    kernel.TerminateJobObject.argtypes = (handle, ctypes.c_uint32)
    kernel.CloseHandle.argtypes = (handle,)
    return kernel
