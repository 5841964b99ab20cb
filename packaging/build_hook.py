"""What hatchling runs for a wheel: the engine in C is compiled, and goes along.

The environment variable ``CURVEGUI_NATIVE`` names the target of ``native.py`` that a wheel is for; ``no`` leaves the
engine out. Without the variable the wheel is for this machine, and built in any case: NumPy computes, too.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
import native


class EngineHook(BuildHookInterface[Any]):
    """Puts the library into a wheel or, for an editable install, where the app in the checkout finds it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile it, before the wheel is written."""
        wanted = os.environ.get(native.CHOICE, "")
        if wanted not in {"", "no", *native.TARGETS}:
            self.app.abort(f"{native.CHOICE} can be {', '.join(native.TARGETS)} or no, not {wanted}.")
        self.folder = TemporaryDirectory(ignore_cleanup_errors=True)
        if wanted == "no":
            return
        if version == "editable":
            if not native.is_current():
                self._compile(native.BUILT, "")
        elif made := self._compile(Path(self.folder.name), wanted):
            library, tag = made
            place = native.BUILT.relative_to(native.ROOT) / library.name
            build_data["force_include"][str(library)] = place.as_posix()
            build_data["pure_python"], build_data["tag"] = False, f"py3-none-{tag}"

    def _compile(self, folder: Path, wanted: str) -> tuple[Path, str] | None:
        """The library and the tag; None if this machine cannot compile it."""
        if wanted:
            target = native.TARGETS[wanted]
            return native.compile_by_zig(target, folder), target.tag
        try:
            return native.compile_here(folder)
        except (OSError, subprocess.CalledProcessError):
            self.app.display_warning("The engine in C cannot be compiled here: NumPy will compute.")
            return None

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled, now that it is in the wheel."""
        self.folder.cleanup()
