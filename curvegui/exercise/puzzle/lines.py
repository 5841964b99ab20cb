"""The lines of each Jacobian, in the words of the exercise, and lines with known mistakes that could stand there."""

import re
from dataclasses import dataclass

from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.mistake import Mistake
from curvegui.exercise.mistakes.multiples import MULTIPLES, Multiple
from curvegui.exercise.mistakes.recognition import chain_of


@dataclass(frozen=True)
class Line:
    """A line of a function, without its indentation.

    ``place`` is its place in the chain, counted from 0. One that does not ``belong`` would take the place of another.
    """

    code: str
    factor: str  # of the chain: ``"dz3/da2"``
    place: int
    why: str  # what it does, or why it does not belong
    mistake: str = ""  # its kind; empty where the line belongs
    comment: str = ""  # behind it in the file

    @property
    def belongs(self) -> bool:
        """Whether it is a line of the function."""
        return not self.mistake


MISTAKES = {
    "J_b3": (
        (2, "wrong-axis", "return np.sum(J, axis=0, keepdims=True) / x.size"),
        (2, "missing-size", "return np.sum(J, axis=1, keepdims=True)"),
        (2, "left-over-a", "return J @ a2.T / x.size"),
    ),
    "J_W2": (
        (2, "wrong-W", "J = (J.T @ W2).T"),
        (2, "star-for-at", "J = J * W3"),
        (2, "missing-transpose", "J = J.T @ W3"),
    ),
    "J_b2": (
        (0, "sign", "J = 2 * (y - a3)"),
        (2, "missing-transpose", "J = J.T @ W3"),
        (3, "d_sigma-of-wrong-z", "J = J * d_sigma(z1)"),
        (4, "missing-size", "return np.sum(J, axis=1, keepdims=True)"),
    ),
    "J_W1": (
        (0, "missing-2", "J = a3 - y"),
        (2, "star-for-at", "J = J * W3"),
        (3, "sigma-for-d_sigma", "J = J * sigma(z2)"),
        (6, "wrong-a", "return J @ a1.T / x.size"),
    ),
    "J_b1": (
        (0, "squared-difference", "J = 2 * (a3 - y) ** 2"),
        (4, "wrong-W", "J = (J.T @ W1).T"),
        (5, "d_sigma-of-a", "J = J * d_sigma(a1)"),
        (6, "left-over-a", "return J @ a0.T / x.size"),
    ),
}
"""For each function, lines that do not belong: the place that each would take, and the kind of its mistake."""
SIGN = mark("The sign is wrong: dC/da3 says where the cost rises, and this is where it falls.")


def right_lines(name: str) -> tuple[Line, ...]:
    """The lines of a Jacobian after its first one, in order: one for each factor of its chain."""
    last = int(name[3])
    chain = [("dC/da3", "J = 2 * (a3 - y)", tr("At each point, the cost is (a3 - y)**2. This is its derivative."), "")]
    for layer in range(3, last, -1):
        chain += [_slope(layer), _link(layer)]
    chain += [_slope(last), _end_of_bias(last) if name[2] == "b" else _end_of_weights(last)]
    return tuple(
        Line(code, factor, place, why, comment=comment or factor)
        for place, (factor, code, why, comment) in enumerate(chain)
    )


def wrong_lines(name: str) -> tuple[Line, ...]:
    """Lines that do not belong to it; the reasons are those of its verdicts."""
    lines = right_lines(name)
    return tuple(
        Line(code, lines[place].factor, place, _reason(name, place, kind, code), kind)
        for place, kind, code in MISTAKES.get(name, ())
    )


def _reason(name: str, place: int, kind: str, code: str) -> str:
    """What the verdict on it would be: of several mistakes of a kind, the one that the code shows."""
    if kind == "sign":
        return tr(SIGN)
    known: tuple[Mistake | Multiple, ...] = (*chain_of(name)[place].mistakes, *MULTIPLES)
    fitting = [each for each in known if each.kind == kind]
    return max(fitting, key=lambda each: bool(re.search(each.clues[0], code))).sentence


# Of each factor: its name, its line, what that does, and the comment where it says more than the name


def _slope(layer: int) -> tuple[str, str, str, str]:
    z, a = f"z{layer}", f"a{layer}"
    why = tr(
        "{a} is sigma({z}), so the factor is the slope of sigma at {z}. Each neuron has its own: *, not @.", a=a, z=z
    )
    return f"d{a}/d{z}", f"J = J * d_sigma({z})", why, ""


def _link(layer: int) -> tuple[str, str, str, str]:
    before, w = f"a{layer - 1}", f"W{layer}"
    why = tr(
        "z{layer} is {w} @ {before} + b{layer}, so the factor is {w}. It leads back to layer {previous}.",
        layer=layer,
        w=w,
        before=before,
        previous=layer - 1,
    )
    return f"dz{layer}/d{before}", f"J = (J.T @ {w}).T", why, ""


def _end_of_weights(layer: int) -> tuple[str, str, str, str]:
    before, factor = f"a{layer - 1}", f"dz{layer}/dW{layer}"
    why = tr(
        "The factor is {before}, which W{layer} multiplies. @ adds up over the points, / x.size makes it the mean.",
        before=before,
        layer=layer,
    )
    return factor, f"return J @ {before}.T / x.size", why, tr("{factor}, and the mean over the points", factor=factor)


def _end_of_bias(layer: int) -> tuple[str, str, str, str]:
    factor = f"dz{layer}/db{layer}"
    why = tr("The factor is 1, as the bias is added as it is. What is left is the mean over the points.")
    code = "return np.sum(J, axis=1, keepdims=True) / x.size"
    return factor, code, why, tr("{factor} is 1; the mean over the points", factor=factor)
