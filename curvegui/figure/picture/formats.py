"""The formats a picture can be saved in: all facts of each, where no Qt is needed to read them."""

from dataclasses import dataclass

from curvegui.core.language.text import said
from curvegui.core.registry import Registry

SIDE_PX = 900  # logical pixels: the exercise's own figure on most screens
LARGEST_SCALE = 8
LARGEST_SIDE_PX = 16_384  # of pixels in the end: a gigabyte of them


@said("label", "words")
@dataclass(frozen=True)
class PictureFormat:
    """What is known of a format: ``label`` is what people call it, ``words`` say in ``--help`` what is saved.

    ``surface`` names the class in `surfaces` that it is painted on. Of a format with pixels, ``quality`` is what
    Qt's encoder takes, -1 for its default, and ``largest_px`` the longest side that it can have.
    """

    ending: str
    label: str
    words: str
    surface: str = "PixelSurface"
    has_pixels: bool = True
    quality: int = -1
    largest_px: int = LARGEST_SIDE_PX


PICTURE_FORMATS: Registry[PictureFormat] = Registry("picture format")
"""By the ending of a file's name."""

for _each in (
    PictureFormat("png", "PNG picture", "a picture"),
    PictureFormat("svg", "SVG drawing", "a drawing", "SvgSurface", has_pixels=False),
    PictureFormat("pdf", "PDF document", "a drawing for print", "PdfSurface", has_pixels=False),
    PictureFormat("webp", "WebP picture", "a picture", quality=100, largest_px=16_383),  # 100: without loss
):
    PICTURE_FORMATS.add(_each.ending, _each)


def spelled(ending: str) -> str:
    """The name of a format, of a picture or any other, by the ending of its files: "PNG", "WebP"."""
    return "WebP" if ending == "webp" else ending.upper()
