"""Proves that nothing that a person sees has changed: paints two checkouts of the app and compares the pictures.

::

    python tests/pictures OLD NEW                         all scenes in all variants, about five minutes
    python tests/pictures OLD NEW --only menus 'tour*'    some scenes of `scenes.txt`
    python tests/pictures OLD NEW --variant dark-200      in one variant; or in several
    python tests/pictures OLD NEW --variant long-100      in a language to test with: x, double, long, brackets, rtl
    python tests/pictures OLD NEW --variant de-100        in one of those that it speaks: ar, de, es, fr, ko, zh
    python tests/pictures NEW --variant long-100 rtl-200  paint one, and list what has no room in it

OLD and NEW are folders that have a ``curvegui`` package each; a program that has all that the app needs must run this.
Processes of their own start each app as a person does, and know only the names of its actions and widgets, and the
words on them: modules, classes and attributes may have any names.

A scene is one start of the app: see `scenes`. Each picture is taken when it is at rest, of a run that is paused at a
certain iteration, on a screen made for it, with a clock that stands still. Beside it are the words that it does not
show: titles, tooltips, what a screen reader says, keys. Pictures that differ by a pixel or a word, or are missing on a
side, are listed; FOLDER/different has both, with what differs marked between them. The status is 1 if any differ.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from difflib import unified_diff
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image
from PySide6.QtCore import QLockFile
from scenes import SCENES, USUAL, VARIANTS

from tests.help.program import asked

JOBS = 1 + (os.cpu_count() or 1)  # each of them rests now and then
ROOT = Path(__file__).parents[2]  # of the tests that look at windows
OWN = "QT_", "XDG_", "CURVEGUI_", "PYTHON", "LC_", "LANG"  # variables of a person's settings, which painters do not get
HOMES = Path(tempfile.gettempdir()) / "curvegui-pictures"  # of both checkouts: some pictures show its name
MARK = 230, 0, 60  # the colour of a pixel that differs


def main() -> int:
    """Paint and compare; the exit status."""
    options = asked(__doc__, checkouts=[Path], only=["*"], variant=list(USUAL), output=Path("pictures-compared"))
    lock = QLockFile(f"{HOMES}.lock")
    lock.setStaleLockTime(0)
    lock.lock()
    began, output = perf_counter(), options.output.resolve()
    scenes = [name for name in SCENES if any(fnmatch(name, each) for each in options.only)]
    old, new, different = folders = [output / name for name in ("old", "new", "different")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    is_alone, count = len(options.checkouts) == 1, 0
    for checkout, folder in zip(options.checkouts, [new] if is_alone else [old, new], strict=True):
        count += paint_side(checkout.resolve(), folder, options.variant, scenes)
    for name in sorted({path.relative_to(folder) for folder in (old, new) for path in folder.rglob("*.png")}):
        room = new / name.with_suffix(".faults")
        if is_alone:
            words = room.is_file() and room.read_text(encoding="utf-8")
        else:
            words = compare(old / name, new / name, different / name)
        if words:
            count += 1
            print(f"{name.with_suffix('')}: {words}", flush=True)
    print(f"{count} found in {len(scenes)} scenes, {perf_counter() - began:.0f} s; see {output}")
    return 1 if count else 0


def paint_side(checkout: Path, pictures: Path, variants: list[str], scenes: list[str]) -> int:
    """Make the runs that scenes begin with, in English, and paint a checkout; how many scenes could not be painted."""
    first = variants[0] if variants[0] in USUAL else "light-100"
    done = run_painter(checkout, pictures, [], first)
    if done.returncode:
        sys.exit(f"The runs could not be made with {checkout}:\n{done.stderr}")
    failed = 0
    with ThreadPoolExecutor(JOBS) as pool:
        for done in pool.map(partial(run_painter, checkout, pictures, scenes), variants):
            failed += len(scenes) - done.stdout.count(" pictures, ")
            print(f"{checkout}, {done.args[2]}: painted", flush=True)
            if done.returncode:
                print(f"{done.stdout}\n{done.stderr}", file=sys.stderr, flush=True)
    return failed


def run_painter(checkout: Path, pictures: Path, scenes: list[str], variant: str) -> subprocess.CompletedProcess[str]:
    """Run a painter in a process of its own, with a screen, an empty home, and the checkout's package."""
    folder, wanted = HOMES / variant, VARIANTS[variant]
    home, screen = folder / "home", folder / "screen.json"
    folder.mkdir(parents=True, exist_ok=True)
    width, height = (wanted.scale * side for side in wanted.lengths)
    lengths = {"x": 0, "y": 0, "width": width, "height": height, "dpr": 1, "logicalDpi": 96, "logicalBaseDpi": 96}
    screen.write_text(json.dumps({"screens": [{"name": "screen", **lengths}]}), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(OWN)}
    environment |= {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "cache", "state")}
    environment |= {
        "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8",
        "PYTHONPATH": f"{checkout}{os.pathsep}{ROOT}", "PYTHONHASHSEED": "0",
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_SCALE_FACTOR": str(wanted.scale), "CURVEGUI_LANGUAGE": wanted.language,
    }  # fmt: skip
    command = [sys.executable, Path(__file__).with_name("painter.py"), variant, folder, pictures / variant, *scenes]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def compare(old: Path, new: Path, shown: Path) -> str:
    """What differs between two pictures and the words beside them, in words; both are shown in files of that name."""
    if not (old.is_file() and new.is_file()):
        return f"missing in the {'new' if old.is_file() else 'old'} one"
    found = []
    shown.parent.mkdir(parents=True, exist_ok=True)
    one, other = (np.asarray(Image.open(path).convert("RGBA")) for path in (old, new))
    if one.shape != other.shape:
        found.append("{1} × {0} pixels before, {4} × {3} now".format(*one.shape, *other.shape))
    elif (differs := (one != other).any(axis=2)).any():
        marked = np.where(differs[..., np.newaxis], MARK, 191 + one[..., :3] // 4).astype(np.uint8)
        Image.fromarray(np.hstack([one[..., :3], marked, other[..., :3]])).save(shown.with_suffix(".png"))
        rows, columns = np.nonzero(differs)
        where = f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}"
        found.append(f"{len(rows):,} of {differs.size:,} pixels, {where}")
    before, now = (path.with_suffix(".txt").read_text(encoding="utf-8").splitlines() for path in (old, new))
    if lines := list(unified_diff(before, now, "old", "new", lineterm="", n=0)):
        shown.with_suffix(".diff").write_text("\n".join(lines), encoding="utf-8")
        found.append("other words: " + " ".join(lines[3:5])[:150])
    return "; ".join(found)


if __name__ == "__main__":
    sys.exit(main())
