"""Feeds the reader of formulas what nobody would write:  python tests/fuzz/formula.py --seconds 20"""

import numpy as np
from driver import feed, watched

with watched():
    from curvegui.core.curve.curve import CurveError
    from curvegui.core.formula.curve import FormulaError, formula_curve, parse_formula

T = np.linspace(0, 1, 33)
CORPUS = (
    "t",
    "cos(2 pi t); sin(2πt)",
    "16sin^3(tau t); 13cos(2π t) - 5cos(4π t) - 2cos(6π t) - cos(8π t)",
    "(1+t)(2-t)^-t^2 / 3; |t - 0,5| × √(1 + t²)",
    "mod(3t, 1) + hypot(t; 1,5) - max(t, 1/2, e^-t); atan2(floor(9t), ceil(t)) + round(2.5e-3t)",
    "exp(t) ln(1+t) log10(2+t) log2(2+t) cbrt(t) sign(t) abs(t); tanh(t) + asin(t) acos(t)/atan(t+1)",
    "9**9**9**9",
    "tan(pi t); 1/(t-0.3)",
)


def formula(data):
    """A value for every t, or a position where the text is no formula."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        assert parse_formula(text)(T).shape == T.shape
    except FormulaError as error:
        assert 0 <= error.position <= len(text)
        raise


def curve(data):
    x, _, y = data.decode("utf-8", "surrogateescape").partition(";")
    assert np.abs(formula_curve(x, y).points - 0.5).max() <= 0.4 + 1e-9


texts = [text.encode() for text in CORPUS]
feed(__doc__, CurveError, (formula, texts), (curve, texts))
