"""Small pictures to put runs into, painted without Qt."""

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from curvegui.files.project.in_picture import SOFTWARE, TITLE

SVG = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<svg width="9mm" height="9mm" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg" version="1.1">\n'
    f"<title>{TITLE}</title>\n<desc>heart</desc>\n"
    '<path d="M1,1 L8,8" stroke="#afdb85" fill="none"/>\n</svg>\n'
).encode()
FOREIGN_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>'
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(software: str = SOFTWARE) -> bytes:
    """A PNG of 9 x 9 pixels."""
    texts = PngInfo()
    if software:
        texts.add_text("Software", software)
    file = io.BytesIO()
    Image.linear_gradient("L").resize((9, 9)).save(file, "png", pnginfo=texts)
    return file.getvalue()


PNG = png()


def chunk(kind: bytes, data: bytes, check: int | None = None) -> bytes:
    """One chunk of a PNG; with a wrong check where one is given."""
    right = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", right if check is None else check)
