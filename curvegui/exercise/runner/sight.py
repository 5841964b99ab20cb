"""What the system shows of a child that brings no news, where it shows anything (Linux)."""

import os
import re
import signal
from pathlib import Path

_SIGNALS = re.compile(r"^Sig(?:Ign|Cgt|Blk):\s*([0-9a-f]+)$", re.MULTILINE)
"""The signals that a process ignores, catches or holds back, as bits."""
_ALL = 60  # of the 64: whoever starts a process holds them all back for a moment


def bytes_of(pid: int) -> int:
    """How many bytes of addresses a process has; 0 where that is not known."""
    try:
        return int(_shown(pid, "statm").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def ignores_its_end(pid: int) -> bool:
    """Whether a process does not let SIGTERM end it; False where that is not known."""
    try:
        status = _shown(pid, "status")
    except (OSError, ValueError):
        return False
    masks = [int(bits, 16) for bits in _SIGNALS.findall(status)]
    return any(mask >> (signal.SIGTERM - 1) & 1 for mask in masks if mask.bit_count() < _ALL)


def _shown(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(encoding="ascii", errors="replace")
