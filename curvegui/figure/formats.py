"""The formats that a run can be saved in, in one table. No Qt is needed to read the table.

A new format needs a function that makes the bytes, and an entry here: then window and command line offer it, and the
notebook if it is a picture.
"""

import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from curvegui.core.language.text import said

SIDE_PX = 900  # logical pixels: the exercise's own figure on most screens
LARGEST_SCALE = 8
LARGEST_SIDE_PX = 16_384  # of pixels in the end: a gigabyte of them
SURFACES, DATA, CODE = (
    "curvegui.figure.picture.surfaces",
    "curvegui.files.export.data",
    "curvegui.files.export.training_code",
)


@said("label", "words")
@dataclass(frozen=True)
class Format:
    """A kind of file, by the ending of file names; ``words`` describe the format in ``--help``, ``label`` in lists.
    ``maker``, ``"module:name"``, is loaded when a file is saved; except in subclasses, it turns a `Project` into
    bytes."""

    ending: str
    words: str
    maker: str
    label: str = ""

    def load(self) -> Any:
        module, _, name = self.maker.partition(":")
        return getattr(import_module(module), name)


class DataFormat(Format):
    """The numbers of a run, for other programs."""


class CodeFormat(Format):
    """A program that trains the run again."""


class TextFormat(Format):
    """The run as text that brings it back."""


class SoundFormat(Format):
    """A sound of the fit, or of the target, in so many seconds."""


@dataclass(frozen=True)
class PictureFormat(Format):
    """A picture, whose maker is a subclass of `PictureSurface`. Where it ``has_pixels``, ``quality`` is for Qt's
    encoder, -1 for the default, and ``largest_px`` the longest side that the format allows."""

    maker: str = f"{SURFACES}:PixelSurface"
    has_pixels: bool = True
    quality: int = -1
    largest_px: int = LARGEST_SIDE_PX


@dataclass(frozen=True)
class FilmFormat(Format):
    """A film, whose maker is a subclass of `Animation`; ``loops`` says whether films of the format can begin again."""

    most_frames_per_second: int = 60
    loops: bool = True
    even_sides: bool = False


FORMATS: list[Format] = [
    Format("curvegui", "the project, whole", "curvegui.files.project.project:encode"),
    PictureFormat("png", "a picture"),
    PictureFormat("svg", "a drawing", f"{SURFACES}:SvgSurface", has_pixels=False),
    PictureFormat("pdf", "a drawing for print", f"{SURFACES}:PdfSurface", has_pixels=False),
    PictureFormat("webp", "a picture", quality=100, largest_px=16_383),  # 100: without loss
    FilmFormat("gif", "a video that plays everywhere", "curvegui.files.film.gif:GifAnimation",
               most_frames_per_second=50),  # browsers slow down what is faster
    FilmFormat("webp", "a video with all colours", "curvegui.files.film.webp:WebpAnimation"),
    FilmFormat("mp4", "a small video; needs PyAV", "curvegui.files.film.mp4:Mp4Animation",
               loops=False, even_sides=True),
    DataFormat("npz", "the parameters and the cost history, for NumPy", f"{DATA}:as_npz", "NumPy arrays (*.npz)"),
    DataFormat("csv", "the same as a table", f"{DATA}:as_csv", "Table (*.csv)"),
    DataFormat("json", "the same for every program", f"{DATA}:as_json", "JSON (*.json)"),
    DataFormat("py", "a script that draws the fit, with NumPy only", "curvegui.files.export.script:as_script",
               "Python script that redraws the fit (*.py)"),
    CodeFormat("train.py", "a script that trains the run again, with NumPy only", f"{CODE}:as_numpy_script",
               "NumPy script that trains this run (*.py)"),
    CodeFormat("ipynb", "a notebook that trains the run again, with NumPy only", f"{CODE}:as_notebook",
               "NumPy notebook that trains this run (*.ipynb)"),
    CodeFormat("torch.py", "a script that trains the run again, with PyTorch", f"{CODE}:as_torch_script",
               "PyTorch script that trains this run (*.py)"),
    TextFormat("txt", "the run as one line of text", "curvegui.files.project.text_line:as_text"),
    SoundFormat("wav", "the fit as a sound: its height is the pitch", "curvegui.files.export.sound:as_sound"),
]  # fmt: skip
"""All formats, those of each subclass in the order in which people choose from them."""

AnyFormat = TypeVar("AnyFormat", bound=Format)


def formats(kind: type[AnyFormat]) -> dict[str, AnyFormat]:
    """The formats of a kind, by ending; where a picture and a film have the same ending, the film."""
    return {each.ending: each for each in FORMATS if isinstance(each, kind)}


def ending_of(path: str | os.PathLike[str]) -> str:
    """The ending of a file's name that says its format: ``"png"`` or ``"train.py"``."""
    name = Path(path).name.lower()
    longer = (each.ending for each in FORMATS if "." in each.ending and name.endswith(f".{each.ending}"))
    return next(longer, Path(path).suffix.lower().removeprefix("."))


def spelled(ending: str) -> str:
    """The name of a format by its ending: "PNG", "WebP"."""
    return "WebP" if ending == "webp" else ending.upper()
