"""Proves that nothing that a person sees has changed: paints two checkouts of the app and compares the pictures.

::

    python tests/pictures OLD NEW                         all scenes in all variants, about five minutes
    python tests/pictures OLD NEW --only menus 'tour*'    some scenes
    python tests/pictures OLD NEW --variant dark-200      in one variant; or in several
    python tests/pictures OLD NEW --output FOLDER --keep  keep all pictures, and not only those that differ
    python tests/pictures FOLDER/old NEW                  compare with pictures that were kept before
    python tests/pictures --list                          what the scenes are

OLD and NEW are folders that have a ``curvegui`` package each; a program that has all that the app needs must run
this. Each is painted in processes of its own, which start the app as a person does, and know no more of it than the
names of its actions and widgets, and the words on them: so modules, classes and attributes may have any names.

A scene is one start of the app: see `scenes`. Every picture is taken as soon as it is at rest, of a run that is
paused at a certain iteration, on a screen that is made for it, with a clock that stands still. Beside each picture
are the words that it does not show: titles, tooltips, what a screen reader says, keys.

Pictures that differ by a pixel, or in a word, are listed, with the number of the pixels; those that are missing on a
side, too. FOLDER/different has both pictures, and a third one in which what differs is marked. Ends with status 0
where nothing differs, and 1 otherwise.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from time import perf_counter

from comparing import compare
from PySide6.QtCore import QLockFile
from scenes import SCENES
from variants import VARIANTS, Variant

HERE = Path(__file__).parent
PLACE = Path(tempfile.gettempdir()) / "curvegui-pictures"  # always the same, as it is on some pictures
OWN = "QT_", "XDG_", "CURVEGUI_", "PYTHON", "LC_", "LANG"  # of a person's settings, which are nobody else's


def main() -> int:
    """Paint and compare; the exit status."""
    options = _options()
    if options.list:
        print("\n".join(f"{name:<20}{(scene.play.__doc__ or '').splitlines()[0]}" for name, scene in SCENES.items()))
        return 0
    began, output = perf_counter(), options.output.resolve()
    scenes = [name for name in SCENES if any(fnmatch(name, each) for each in options.only)]
    sides = {"old": options.old.resolve(), "new": options.new.resolve()}
    shutil.rmtree(output / "different", ignore_errors=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        waiting = [pool.submit(_prove, VARIANTS[name], sides, output, scenes) for name in options.variant]
        count = sum(each.result() for each in waiting)
    if not options.keep:
        for side, folder in sides.items():
            if folder != output / side:
                shutil.rmtree(output / side, ignore_errors=True)
    where = f"; see {output / 'different'}" if count else ""
    print(f"{count} differences in {len(scenes)} scenes, {perf_counter() - began:.0f} s{where}")
    return 1 if count else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="tests/pictures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path, nargs="?", help="a checkout, or a folder of pictures that were kept")
    parser.add_argument("new", type=Path, nargs="?", help="another checkout")
    parser.add_argument("--only", nargs="+", default=["*"], metavar="PATTERN", help="the scenes with such names")
    parser.add_argument("--variant", nargs="+", default=list(VARIANTS), choices=list(VARIANTS), help="in these alone")
    parser.add_argument("--output", type=Path, default=Path("pictures-compared"), metavar="FOLDER")
    parser.add_argument("--keep", action="store_true", help="keep all pictures, in FOLDER/old and FOLDER/new")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at the same time (2)")
    parser.add_argument("--list", action="store_true", help="say what the scenes are")
    options = parser.parse_args()
    if not options.list and (options.old is None or options.new is None):
        parser.error("Two folders are needed: OLD and NEW")
    return options


def _prove(variant: Variant, sides: Mapping[str, Path], output: Path, scenes: Sequence[str]) -> int:
    """Paint one variant of both sides, and tell what differs; return how much that is."""
    folders = {}
    place = PLACE / variant.name
    place.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(place.with_suffix(".lock")))  # somebody else may be painting there
    lock.setStaleLockTime(0)
    lock.lock()
    failed = 0
    try:
        for side, folder in sides.items():
            folders[side] = folder / variant.name
            if (folder / "curvegui").is_dir():
                folders[side] = output / side / variant.name
                failed += _paint(variant, folder, place, folders[side], scenes)
    finally:
        lock.unlock()
    found = [
        difference
        for scene in scenes
        for difference in compare(folders["old"], folders["new"], output / "different" / variant.name, scene)
    ]
    for each in found:
        print(f"{variant.name}/{each.name}: {each.words}", flush=True)
    return len(found) + failed


def _paint(variant: Variant, checkout: Path, place: Path, pictures: Path, scenes: Sequence[str]) -> int:
    """Paint scenes of a checkout in a process of its own; return how many could not be painted."""
    began = perf_counter()
    shutil.rmtree(pictures, ignore_errors=True)
    command = [sys.executable, str(HERE / "painter.py"), variant.name, str(place), str(pictures), *scenes]
    done = subprocess.run(
        command, cwd=checkout, env=_environment(variant, checkout, place), capture_output=True, text=True, check=False
    )
    painted = [line for line in done.stdout.splitlines() if line.endswith(" s")]
    took = perf_counter() - began
    print(f"{variant.name}: {len(painted)} of {len(scenes)} scenes of {checkout}, {took:.0f} s", flush=True)
    if done.returncode:
        said = "\n".join(line for line in done.stderr.splitlines() if "propagateSizeHints" not in line)
        print(f"{done.stdout}\n{said}", file=sys.stderr, flush=True)
    return len(scenes) - len(painted)


def _environment(variant: Variant, checkout: Path, place: Path) -> dict[str, str]:
    """What a painter's process finds around it: a screen, an empty home, and the checkout's package."""
    screen, home = place / "screen.json", place / "home"
    screen.write_text(json.dumps({"screens": [variant.screen]}), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OWN)}
    folders = {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "cache", "state")}
    return {
        **kept, **folders, "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(checkout),
        "PYTHONHASHSEED": "0", "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_SCALE_FACTOR": str(variant.scale),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
