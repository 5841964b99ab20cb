"""Proves that nothing that a person sees has changed: paints two checkouts of the app and compares the pictures.

::

    python tests/pictures OLD NEW                         all scenes in all variants, about five minutes
    python tests/pictures OLD NEW --only menus 'tour*'    some scenes
    python tests/pictures OLD NEW --variant dark-200      in one variant; or in several
    python tests/pictures OLD NEW --variant long-100      in a language to test with: x, double, long, brackets, rtl
    python tests/pictures OLD NEW --variant de-100        in one of those that it speaks: ar, de, es, fr, ko, zh
    python tests/pictures NEW --variant long-100 rtl-200  paint one, and list what has no room in it
    python tests/pictures OLD NEW --output FOLDER --keep  keep all pictures, and not only those that differ
    python tests/pictures --list                          what the scenes are

OLD and NEW are folders that have a ``curvegui`` package each; a program that has all that the app needs must run this.
Processes of their own start each app as a person does, and know only the names of its actions and widgets, and the
words on them: modules, classes and attributes may have any names.

A scene is one start of the app: see `scenes`. Each picture is taken when it is at rest, of a run that is paused at a
certain iteration, on a screen made for it, with a clock that stands still. Beside it are the words that it does not
show: titles, tooltips, what a screen reader says, keys. Pictures that differ by a pixel or a word, or are missing on a
side, are listed; FOLDER/different has both, and a third one that marks what differs. The status is 1 if any differ.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from time import perf_counter

from comparing import USUAL, VARIANTS, compare
from PySide6.QtCore import QLockFile
from scenes import SCENES

JOBS = 1 + (os.cpu_count() or 1)  # each of them rests now and then
ROOT = Path(__file__).parents[2]  # of the tests that look at windows
OWN = "QT_", "XDG_", "CURVEGUI_", "PYTHON", "LC_", "LANG"  # variables of a person's settings, which painters do not get
NO_NEWS = "This plugin does not support"  # of Qt's offscreen platform
HOMES = Path(tempfile.gettempdir()) / "curvegui-pictures"  # of both checkouts: some pictures show its name


def main() -> int:
    """Paint and compare; the exit status."""
    parser = argparse.ArgumentParser(
        prog="tests/pictures", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path, nargs="?", help="a checkout")
    parser.add_argument("new", type=Path, nargs="?", help="another checkout")
    parser.add_argument("--only", nargs="+", default=["*"], metavar="PATTERN", help="the scenes with such names")
    parser.add_argument("--variant", nargs="+", default=list(USUAL), choices=VARIANTS, help="in these alone")
    parser.add_argument("--output", type=Path, default=Path("pictures-compared"), metavar="FOLDER")
    parser.add_argument("--keep", action="store_true", help="keep all pictures, in FOLDER/old and FOLDER/new")
    parser.add_argument("--jobs", type=int, default=JOBS, metavar="N", help=f"processes at the same time ({JOBS})")
    parser.add_argument("--list", action="store_true", help="say what the scenes are")
    options = parser.parse_args()
    if options.list:
        print("\n".join(f"{name:<16}{line.partition(': ')[2]}" for name, (line, _) in SCENES.items()))
        return 0
    if options.old is None:
        parser.error("Two folders are needed, OLD and NEW, or one to paint alone")
    lock = QLockFile(f"{HOMES}.lock")
    lock.setStaleLockTime(0)
    lock.lock()
    began, output = perf_counter(), options.output.resolve()
    scenes = [name for name in SCENES if any(fnmatch(name, each) for each in options.only)]
    sides = {"old": options.old, "new": options.new} if options.new else {"": options.old}
    count = sum(paint_side(folder.resolve(), output / side, options, scenes) for side, folder in sides.items())
    if options.new is None:
        found = sorted(path for variant in options.variant for path in (output / variant).rglob("*.faults"))
        for path in found:
            print(f"{path.relative_to(output).with_suffix('')}:\n{path.read_text(encoding='utf-8')}")
        print(f"{len(found)} pictures in which something has no room; all are in {output}")
        return 1 if found or count else 0
    shutil.rmtree(output / "different", ignore_errors=True)
    for variant in options.variant:
        folders = [output / side / variant for side in ("old", "new", "different")]
        for name, words in (found for scene in scenes for found in compare(*folders, scene)):
            count += 1
            print(f"{variant}/{name}: {words}", flush=True)
    for side in () if options.keep else sides:
        shutil.rmtree(output / side, ignore_errors=True)
    where = f"; see {output / 'different'}" if count else ""
    print(f"{count} differences in {len(scenes)} scenes, {perf_counter() - began:.0f} s{where}")
    return 1 if count else 0


def paint_side(checkout: Path, pictures: Path, options: argparse.Namespace, scenes: list[str]) -> int:
    """Make the runs that scenes begin with, in English, and paint a checkout; how many scenes could not be painted."""
    shutil.rmtree(pictures, ignore_errors=True)
    first = options.variant[0] if options.variant[0] in USUAL else "light-100"
    done = run_painter(checkout, pictures, first, [])
    if done.returncode:
        sys.exit(f"The runs could not be made with {checkout}:\n{done.stderr}")
    with ThreadPoolExecutor(options.jobs) as pool:
        return sum(pool.map(partial(paint_variant, checkout, pictures, scenes), options.variant))


def paint_variant(checkout: Path, pictures: Path, scenes: list[str], variant: str) -> int:
    """Paint scenes, and tell why some were not: where the process has died, the scene that it was at is left out."""
    began, painted, left = perf_counter(), 0, scenes
    while left:
        done = run_painter(checkout, pictures / variant, variant, left)
        if done.returncode:
            print(f"{done.stdout}\n{done.stderr}", file=sys.stderr, flush=True)
        lines = done.stdout.splitlines()
        painted += sum("FAILED" not in line for line in lines)
        left = left[len(lines) + 1 :]
    took = perf_counter() - began
    print(f"{checkout}, {variant}: {painted} of {len(scenes)} scenes painted in {took:.0f} s", flush=True)
    return len(scenes) - painted


def run_painter(checkout: Path, pictures: Path, variant: str, scenes: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a painter in a process of its own, with a screen, an empty home, and the checkout's package."""
    folder, wanted = HOMES / variant, VARIANTS[variant]
    home, screen = folder / "home", folder / "screen.json"
    folder.mkdir(parents=True, exist_ok=True)
    screen.write_text(json.dumps({"screens": [wanted.screen]}), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(OWN)}
    environment |= {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "cache", "state")}
    environment |= {
        "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8",
        "PYTHONPATH": f"{checkout}{os.pathsep}{ROOT}", "PYTHONHASHSEED": "0",
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_SCALE_FACTOR": str(wanted.scale), "CURVEGUI_LANGUAGE": wanted.language,
    }  # fmt: skip
    command = [
        sys.executable,
        str(Path(__file__).with_name("painter.py")),
        variant,
        str(folder),
        str(pictures),
        *scenes,
    ]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    done.stderr = "\n".join(line for line in done.stderr.splitlines() if NO_NEWS not in line)
    return done


if __name__ == "__main__":
    sys.exit(main())
