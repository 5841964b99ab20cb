"""Starts painters, each in a process of its own, with a screen and a home that are nobody else's."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from variants import Variant

HERE = Path(__file__).parents[2]  # where what looks at windows is
PAINTER = Path(__file__).with_name("painter.py")
OWN = "QT_", "XDG_", "CURVEGUI_", "PYTHON", "LC_", "LANG"  # of a person's settings, which are nobody else's
NO_NEWS = "This plugin does not support"  # of Qt's offscreen platform


def prepare(checkout: Path, variant: Variant, place: Path) -> None:
    """Make the runs that scenes begin with; end the program where that is not possible."""
    done = _run(checkout, variant, place, place, ())
    if done.returncode:
        sys.exit(f"The runs could not be made with {checkout}:\n{_complaints(done)}")


def paint(checkout: Path, variant: Variant, place: Path, pictures: Path, scenes: Sequence[str]) -> list[str]:
    """Paint scenes of a checkout; return the names of those that were painted, and tell why others were not.

    ``place``: where the app finds its home. ``pictures``: where the pictures go.
    """
    painted: list[str] = []
    left = list(scenes)
    while left:
        done = _run(checkout, variant, place, pictures, left)
        told = [line.split(":")[0] for line in done.stdout.splitlines()]
        painted += [line.split(":")[0] for line in done.stdout.splitlines() if "FAILED" not in line]
        if done.returncode:
            print(f"{done.stdout}\n{_complaints(done)}", file=sys.stderr, flush=True)
        left = left[len(told) + 1 :]  # where the process has died, the scene that it was at is left out
    return painted


def _run(
    checkout: Path, variant: Variant, place: Path, pictures: Path, scenes: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    own = place / variant.name
    own.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, str(PAINTER), variant.name, str(own), str(pictures), *scenes],
        cwd=checkout,
        env=_environment(variant, checkout, own),
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(variant: Variant, checkout: Path, place: Path) -> dict[str, str]:
    """What a painter's process finds around it: a screen, an empty home, and the checkout's package."""
    screen, home = place / "screen.json", place / "home"
    screen.write_text(json.dumps({"screens": [variant.screen]}), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OWN)}
    folders = {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "cache", "state")}
    return {
        **kept, **folders, "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8",
        "PYTHONPATH": f"{checkout}{os.pathsep}{HERE}", "PYTHONHASHSEED": "0",
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_SCALE_FACTOR": str(variant.scale), "CURVEGUI_LANGUAGE": variant.language,
    }  # fmt: skip


def _complaints(done: subprocess.CompletedProcess[str]) -> str:
    return "\n".join(line for line in done.stderr.splitlines() if NO_NEWS not in line)
