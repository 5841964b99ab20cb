"""Feeds the readers of drawings and pictures what nobody would draw:  python tests/fuzz/outlines.py --seconds 20"""

import os
from functools import partial
from pathlib import Path

from driver import feed, watched

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

with watched():
    from curvegui.core.curve.curve import CurveError
    from curvegui.figure.outline.image import image_parts, read_image
    from curvegui.figure.outline.svg import read_svg

import numpy as np
from PySide6.QtGui import QGuiApplication

HERE = Path(__file__).parents[1]
PATHS = b"M 10 10 C 20 20 40 20 50 10 z m 5 -5 h 10 v 1e1 a 5 3 30 0 1 4,4 S 1 2 3 4 q .5-.5 1 1 T 3 3"
SHAPES = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">
<defs><g id="a"><circle cx="5" cy="5" r="4"/></g><linearGradient id="l"><stop offset="0"/></linearGradient></defs>
<use xlink:href="#a" x="3" transform="rotate(30 5 5) scale(2,.5)"/><rect width="3cm" height="10%" rx="1"/>
<ellipse rx="4" ry="2" style="fill:none;stroke:red;stroke-width:2"/><polyline points="0,0 1 1 2,0"/><text>a</text>
<path d="M0 0L9 9Q1 2 3 4A1 1 0 1 0 5 5z" fill="url(#l)" opacity=".5"/></svg>"""
LARGEST = 40_000  # bytes of what is changed by chance


def outlines(read, data):
    """Outlines of finite numbers."""
    for part in read(data, "any"):
        assert part.points.shape[0] == 2
        assert np.isfinite(part.points).all()


def small(folder, pattern):
    return [data for path in sorted(folder.rglob(pattern)) if len(data := path.read_bytes()) <= LARGEST]


application = QGuiApplication([])
drawings = [PATHS, SHAPES, *small(HERE.parent / "resources", "*.svg")]
pictures = small(HERE / "saved_before/files", "*.png")
trace = partial(outlines, lambda *given: image_parts(read_image(*given)))
feed(__doc__, CurveError, (partial(outlines, read_svg), drawings), (trace, pictures))
