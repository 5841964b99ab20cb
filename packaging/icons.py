"""Paints the icons that desktops show, from the drawings of the app: ``python packaging/icons.py``.

They are kept in the repository, so that the wheel can be built without Qt. With ``--for-system FOLDER``, it writes the
icons of Windows and macOS there instead, which the bundles need.
"""

import argparse
import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
APP_ID = "io.github.curvegui.CurveGUI"
DRAWINGS = {"app": ("apps", APP_ID), "document": ("mimetypes", f"{APP_ID}.run")}
"""By their name in ``resources/icons``: where a desktop looks for it, and under which name."""
SIZES = 64, 128, 256, 512
WINDOWS_SIZES = 16, 24, 32, 48, 64, 128, 256


def painted(name: str, side: int) -> Image.Image:
    """A drawing as a picture."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(drawing(name))).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data())))


def drawing(name: str) -> Path:
    """The file of a drawing."""
    return ROOT / "resources/icons" / f"{name}.svg"


def write_for_desktops(folder: Path) -> None:
    """Write the drawings, and pictures of them, where desktops look for them."""
    for name, (kind, called) in DRAWINGS.items():
        scalable = folder / "scalable" / kind / f"{called}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(drawing(name), scalable)
        for side in SIZES:
            path = folder / f"{side}x{side}" / kind / f"{called}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            painted(name, side).save(path, optimize=True)


def write_for_system(folder: Path) -> None:
    """Write the icons in the formats of Windows and macOS."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DRAWINGS:
        largest = painted(name, 1024)
        largest.save(folder / f"{name}.icns")
        largest.save(folder / f"{name}.ico", sizes=[(side, side) for side in WINDOWS_SIZES])


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--for-system", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    if options.for_system:
        write_for_system(options.for_system)
    else:
        write_for_desktops(ROOT / "resources/desktop/icons/hicolor")
    application.quit()


if __name__ == "__main__":
    main()
