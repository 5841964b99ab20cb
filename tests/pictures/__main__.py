"""Proves that nothing that a person sees has changed: paints two checkouts of the app and compares the pictures.

::

    python tests/pictures OLD NEW                         all scenes in all variants, about five minutes
    python tests/pictures OLD NEW --only menus 'tour*'    some scenes
    python tests/pictures OLD NEW --variant dark-200      in one variant; or in several
    python tests/pictures OLD NEW --variant long-100      in a language to test with: x, double, long, brackets, rtl
    python tests/pictures OLD NEW --variant de-100        in one of those that it speaks: ar, de, es, fr, ko, zh
    python tests/pictures NEW --variant long-100 rtl-200  paint one, and list what has no room in it
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
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from time import perf_counter

from comparing import compare
from places import Place, taken_place
from processes import paint, prepare
from scenes import SCENES
from variants import IN_LANGUAGES, VARIANTS

JOBS = 1 + (os.cpu_count() or 1)  # each of them rests now and then


def main() -> int:
    """Paint and compare; the exit status."""
    options = _options()
    if options.list:
        print("\n".join(f"{name:<16}{(scene.play.__doc__ or '').splitlines()[0]}" for name, scene in SCENES.items()))
        return 0
    began, output = perf_counter(), options.output.resolve()
    scenes = [name for name in SCENES if any(fnmatch(name, each) for each in options.only)]
    if options.new is None:
        return _check(options, output, scenes)
    sides = {"old": options.old.resolve(), "new": options.new.resolve()}
    painted = {side: output / side if _is_checkout(folder) else folder for side, folder in sides.items()}
    place = taken_place(*(folder for folder in sides.values() if not _is_checkout(folder)))
    failed = sum(
        _paint_side(folder, painted[side], place, options, scenes)
        for side, folder in sides.items()
        if _is_checkout(folder)
    )
    shutil.rmtree(output / "different", ignore_errors=True)
    count = failed + _compare_all(painted, output / "different", options.variant, scenes)
    for side, folder in sides.items():
        if _is_checkout(folder) and not options.keep:
            shutil.rmtree(painted[side], ignore_errors=True)
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
    parser.add_argument(
        "--variant", nargs="+", default=list(VARIANTS), choices=[*VARIANTS, *IN_LANGUAGES], help="in these alone"
    )
    parser.add_argument("--output", type=Path, default=Path("pictures-compared"), metavar="FOLDER")
    parser.add_argument("--keep", action="store_true", help="keep all pictures, in FOLDER/old and FOLDER/new")
    parser.add_argument("--jobs", type=int, default=JOBS, metavar="N", help=f"processes at the same time ({JOBS})")
    parser.add_argument("--list", action="store_true", help="say what the scenes are")
    options = parser.parse_args()
    if not options.list and options.old is None:
        parser.error("Two folders are needed, OLD and NEW, or one to paint alone")
    return options


def _check(options: argparse.Namespace, output: Path, scenes: Sequence[str]) -> int:
    """Paint one checkout, and tell what has no room there."""
    failed = _paint_side(options.old.resolve(), output, taken_place(), options, scenes)
    found = sorted(path for variant in options.variant for path in (output / variant).rglob("*.faults"))
    for path in found:
        print(f"{path.relative_to(output).with_suffix('')}:\n{path.read_text(encoding='utf-8')}")
    print(f"{len(found)} pictures in which something has no room; all are in {output}")
    return 1 if found or failed else 0


def _is_checkout(folder: Path) -> bool:
    return (folder / "curvegui").is_dir()


def _paint_side(
    checkout: Path, pictures: Path, place: Place, options: argparse.Namespace, scenes: Sequence[str]
) -> int:
    """Paint a checkout in all variants; return how many scenes could not be painted."""
    shutil.rmtree(pictures, ignore_errors=True)
    place.note(pictures)
    prepare(checkout, VARIANTS.get(options.variant[0], VARIANTS["light-100"]), place.folder)  # runs are English
    work = partial(_paint_variant, checkout, pictures, place, scenes)
    with ThreadPoolExecutor(options.jobs) as pool:
        return sum(pool.map(work, options.variant))


def _paint_variant(checkout: Path, pictures: Path, place: Place, scenes: Sequence[str], name: str) -> int:
    began = perf_counter()
    painted = paint(checkout, (VARIANTS | IN_LANGUAGES)[name], place.folder, pictures / name, scenes)
    took = perf_counter() - began
    print(f"{checkout}, {name}: {len(painted)} of {len(scenes)} scenes painted in {took:.0f} s", flush=True)
    return len(scenes) - len(painted)


def _compare_all(painted: Mapping[str, Path], kept: Path, variants: Sequence[str], scenes: Sequence[str]) -> int:
    """Tell what differs; return how much that is."""
    count = 0
    for variant in variants:
        for scene in scenes:
            for each in compare(painted["old"] / variant, painted["new"] / variant, kept / variant, scene):
                count += 1
                print(f"{variant}/{each.name}: {each.words}", flush=True)
    return count


if __name__ == "__main__":
    sys.exit(main())
