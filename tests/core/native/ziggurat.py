"""The tables of the ziggurat, computed from their definition: ``python -m tests.core.native.ziggurat`` writes them.

256 layers of the same area lie over each other under exp(-x²/2): G. Marsaglia and W. Tsang, J. Stat. Software 5 (2000).
NumPy's tables were computed in doubles from the widest layer upwards, each number rounded to the nearest one, but for
one exponential, which is wrong in its last digit, and so are all layers above. With this digit, all 768 numbers are
NumPy's.
"""

import math
from collections.abc import Iterable
from decimal import Context, Decimal
from pathlib import Path

HEADER = Path(__file__).resolve().parents[3] / "curvegui/core/native/ziggurat.h"
LAYERS = 256
EDGE = 3.6541528853610088  # of the widest layer that is a rectangle
AREA = 0.0049286732339746519  # of each layer
BITS = 2.0**52  # distances from the middle are whole numbers of 52 bits
WRONG = 38  # the layer whose height NumPy has a digit too high
DIGITS = Context(prec=50)
TEXT = """\
/* The ziggurat that noise.c draws N(0, 1) numbers from: 256 layers of the same area under exp(-x^2/2), the narrowest
 * first, but that layer 0 is the widest one with the tail. The same numbers as in NumPy (BSD licence), which has its
 * tables from Julia. Written by tests/core/native/ziggurat.py, which computes them from their definition. */

/* Where the tail begins */
static const double LAST_EDGE = {edge};

/* How far each layer reaches, divided by 2^52 */
static const double WIDTHS[256] = {{
{widths}
}};

/* The height of the curve at each layer's edge */
static const double HEIGHTS[256] = {{
{heights}
}};

/* Up to where, in 2^52nds of its width, each layer is inside of the curve */
static const int64_t INSIDE[256] = {{
{inside}
}};
"""


def _exp(value: float) -> float:
    return float(DIGITS.exp(Decimal(value)))


def _log(value: float) -> float:
    return float(DIGITS.ln(Decimal(value)))


def tables() -> tuple[list[float], list[float], list[int]]:
    """Widths, heights and inside, as ``ziggurat.h`` has them."""
    edges, heights = [0.0] * LAYERS, [1.0] * LAYERS
    edges[-1], heights[-1] = EDGE, _exp(-0.5 * EDGE * EDGE)
    for layer in reversed(range(1, LAYERS - 1)):
        edges[layer] = math.sqrt(-2.0 * _log(AREA / edges[layer + 1] + heights[layer + 1]))
        heights[layer] = _exp(-0.5 * edges[layer] * edges[layer])
        if layer == WRONG:
            heights[layer] = math.nextafter(heights[layer], 1.0)
    edges[0] = AREA / heights[-1]
    inside = [int(EDGE / edges[0] * BITS), 0, *(round(edges[i - 1] / edges[i] * BITS) for i in range(2, LAYERS))]
    return [edge / BITS for edge in edges], heights, inside


def header() -> str:
    """The text of ``ziggurat.h``."""
    widths, heights, inside = tables()
    return TEXT.format(
        edge=EDGE.hex(),
        widths=_rows((value.hex() for value in widths), 5),
        heights=_rows((value.hex() for value in heights), 5),
        inside=_rows((hex(value) for value in inside), 6),
    )


def _rows(numbers: Iterable[str], columns: int) -> str:
    words = [f"{number}," for number in numbers]
    return "\n".join("    " + " ".join(words[start : start + columns]) for start in range(0, LAYERS, columns))


if __name__ == "__main__":
    HEADER.write_text(header(), encoding="utf-8", newline="\n")
