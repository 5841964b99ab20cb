"""The variants in which every scene is painted, and how two folders of pictures are compared."""

import shutil
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

TO_TEST_WITH = "x", "double", "long", "brackets", "rtl"  # languages
SPOKEN = "ar", "de", "es", "fr", "ko", "zh"


class Variant(NamedTuple):
    """How the app looks.

    ``theme``, ``look``: the colours of the window and of the canvas, as the preferences call them. ``scale``: pixels of
    the screen in a logical one. ``language``: a code. ``text``: its size in percent. ``lengths``: logical pixels.
    """

    theme: str
    look: str
    scale: int
    language: str = "en"
    text: int = 100
    lengths: tuple[int, int] = (1600, 1200)  # larger than any window that is shown

    @property
    def screen(self) -> dict[str, object]:
        """The screen, as Qt's offscreen platform wants to have it described."""
        width, height = (self.scale * side for side in self.lengths)
        return {
            "name": "screen", "x": 0, "y": 0, "width": width, "height": height,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
        }  # fmt: skip


USUAL = {
    "light-100": Variant("light", "classic", 1),
    "dark-100": Variant("dark", "dark", 1),
    "light-200": Variant("light", "light", 2),
    "dark-200": Variant("dark", "classic", 2),
}
VARIANTS = USUAL | {  # the others are painted where they are asked for, on a screen on which all has to have room
    f"{language}-{percent}": Variant("light", "classic", 1, language, percent, (1280, 800))
    for language in (*TO_TEST_WITH, *SPOKEN)
    for percent in (100, 200)  # the usual text, and one twice as large
}
FADED = 0.25  # how much of the old picture is left where nothing differs
MARK = 230, 0, 60  # the colour of a pixel that differs


def compare(old: Path, new: Path, kept: Path, scene: str) -> Iterator[tuple[str, str]]:
    """What differs between two folders of pictures in the folder of a scene: the picture's name, and in words what.

    ``kept``: where the pictures that differ go, with one that shows where.
    """
    for name in sorted({path.relative_to(side) for side in (old, new) for path in (side / scene).rglob("*.png")}):
        paths, shown = {"old": old / name, "new": new / name}, kept / name.with_suffix("")
        shown.parent.mkdir(parents=True, exist_ok=True)
        missing = [side for side, path in paths.items() if not path.is_file()]
        words = [f"missing in the {missing[0]} one"] if missing else [_pixels(paths, shown), _sentences(paths, shown)]
        if any(words):
            for side in paths.keys() - missing:
                shutil.copy2(paths[side], f"{shown}.{side}.png")
            yield str(name.with_suffix("")), "; ".join(filter(None, words))


def _pixels(paths: dict[str, Path], kept: Path) -> str:
    """How many pixels differ; where, goes to a file: the old picture, faded, with what differs marked."""
    if paths["old"].read_bytes() == paths["new"].read_bytes():
        return ""
    one, other = (np.asarray(Image.open(path).convert("RGBA")) for path in paths.values())
    if one.shape != other.shape:
        (height, width), (tall, wide) = one.shape[:2], other.shape[:2]
        return f"{width} × {height} pixels before, {wide} × {tall} now"
    differs = (one != other).any(axis=2)
    if not differs.any():
        return ""
    shown = (255 - FADED * (255 - one[:, :, :3].astype(float))).astype(np.uint8)
    shown[differs] = MARK
    Image.fromarray(shown).save(f"{kept}.difference.png")
    rows, columns = np.nonzero(differs)
    where = f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}"
    most = int(np.abs(one.astype(int) - other.astype(int)).max())
    return f"{differs.sum():,} of {differs.size:,} pixels, by {most} at most, {where}"


def _sentences(paths: dict[str, Path], kept: Path) -> str:
    """How many of the words that a picture does not show are others; all of them go to a file."""
    one, other = (path.with_suffix(".txt").read_text(encoding="utf-8").splitlines() for path in paths.values())
    if one == other:
        return ""
    lines = list(unified_diff(one, other, "old", "new", lineterm="", n=0))
    Path(f"{kept}.words.diff").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"{sum(line[0] in '+-' and line[:3] not in ('+++', '---') for line in lines)} lines of words"
