"""The variants in which every scene is painted, and how a picture is compared with another."""

from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

TO_TEST_WITH = "x", "double", "long", "brackets", "rtl"  # languages
SPOKEN = "ar", "de", "es", "fr", "ko", "zh"


class Variant(NamedTuple):
    """How the app looks: the theme of the window, the look of the canvas, pixels of the screen in a logical pixel, the
    code of the language, the size of the text in percent, and the logical size of the screen."""

    theme: str
    look: str
    scale: int
    language: str = "en"
    text: int = 100
    lengths: tuple[int, int] = (1600, 1200)  # larger than any window that is shown


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
MARK = 230, 0, 60  # the colour of a pixel that differs


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
