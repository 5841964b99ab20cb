"""Compares two folders of pictures."""

import shutil
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FADED = 0.25  # how much of the old picture is left where nothing differs
MARK = 230, 0, 60  # the colour of a pixel that differs


@dataclass(frozen=True)
class Difference:
    """What differs between two pictures of the same thing.

    ``name``: the picture's path in its folder, without its ending. ``words``: what differs, for people.
    """

    name: str
    words: str


def compare(old: Path, new: Path, kept: Path, scene: str) -> list[Difference]:
    """All that differs between two folders of pictures.

    ``kept``: where the pictures that differ go, with one that shows where. ``scene``: the folder in these that is
    compared.
    """
    names = sorted({path.relative_to(side) for side in (old, new) for path in (side / scene).rglob("*.png")})
    found = [_compare_one(name.with_suffix(""), old, new, kept) for name in names]
    return [each for each in found if each is not None]


def _compare_one(name: Path, old: Path, new: Path, kept: Path) -> Difference | None:
    paths = {"old": old / f"{name}.png", "new": new / f"{name}.png"}
    for side, path in paths.items():
        if not path.is_file():
            return Difference(str(name), f"missing in the {side} one")
    words = list(filter(None, (_pixels(paths, kept / name), _sentences(paths, kept / name))))
    if not words:
        return None
    for side, path in paths.items():
        shutil.copy2(path, _made(kept / f"{name}.{side}.png"))
    return Difference(str(name), "; ".join(words))


def _pixels(paths: dict[str, Path], kept: Path) -> str:
    """How many pixels differ; where, goes to a file."""
    if paths["old"].read_bytes() == paths["new"].read_bytes():
        return ""
    one, other = (_colours(path) for path in paths.values())
    if one.shape != other.shape:
        (height, width), (tall, wide) = one.shape[:2], other.shape[:2]
        return f"{width} × {height} pixels before, {wide} × {tall} now"
    differs = (one != other).any(axis=2)
    if not differs.any():
        return ""
    _save_difference(one, differs, _made(Path(f"{kept}.difference.png")))
    rows, columns = np.nonzero(differs)
    where = f"x {columns.min()} to {columns.max()}, y {rows.min()} to {rows.max()}"
    most = int(np.abs(one.astype(int) - other.astype(int)).max())
    return f"{differs.sum():,} of {differs.size:,} pixels, by {most} at most, {where}"


def _colours(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGBA"))


def _save_difference(old: NDArray[np.uint8], differs: NDArray[np.bool_], path: Path) -> None:
    """The old picture, faded, with what differs marked."""
    shown = (255 - FADED * (255 - old[:, :, :3].astype(float))).astype(np.uint8)
    shown[differs] = MARK
    Image.fromarray(shown).save(path)


def _sentences(paths: dict[str, Path], kept: Path) -> str:
    """Which of the words that a picture does not show are others; all of them go to a file."""
    one, other = (path.with_suffix(".txt").read_text(encoding="utf-8").splitlines() for path in paths.values())
    if one == other:
        return ""
    lines = list(unified_diff(one, other, "old", "new", lineterm="", n=0))
    _made(Path(f"{kept}.words.diff")).write_text("\n".join(lines) + "\n", encoding="utf-8")
    changed = sum(line[0] in "+-" and line[:3] not in ("+++", "---") for line in lines)
    return f"{changed} lines of words"


def _made(path: Path) -> Path:
    """The path, with its folder made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
