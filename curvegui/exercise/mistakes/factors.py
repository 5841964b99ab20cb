"""The factors along the chain and how each goes wrong: the start 2 (a3 - y), the slopes, the weights."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.mistakes.mistake import LAYERS, Known, Mistake, Place, d_sigma, sigma

_Y = (r"a3\s*-\s*y", r"\by\b", r"\ba3\b")
"""Clues to the start of every chain."""


def start_place() -> Place:
    """Where the chain begins: the difference; the factor 2 multiplies the whole (see ``multiples``)."""
    belongs = "where (a3 - y) belongs"
    mistakes = (
        Mistake("missing-y", f"It takes a3 {belongs}.", lambda _, known: known["a3"], _Y),
        Mistake("missing-a3", f"It takes y {belongs}.", lambda _, known: known["y"], _Y),
        Mistake("plus-y", "(a3 + y) should be (a3 - y), the difference.",
                lambda _, known: known["a3"] + known["y"], (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *_Y)),
        Mistake("x-for-y", "It compares a3 with x; (a3 - y) belongs there: y are the points to reach.",
                lambda _, known: known["a3"] - known["x"], (r"a3\s*-\s*(x|a0)\b", r"\ba3\b")),
        Mistake("z3-for-a3", f"It starts with (z3 - y) {belongs}: the cost compares what the network draws.",
                lambda _, known: known["z3"] - known["y"], (r"z3\s*-\s*y", *_Y)),
        Mistake("missing-brackets", "2 * a3 - y should be 2 * (a3 - y): the 2 belongs to both.",
                lambda _, known: known["a3"] - known["y"] / 2, (r"a3\s*-\s*y", r"\ba3\b")),
        Mistake("absolute-difference", "The sign of (a3 - y) is lost: it says in which direction to go.",
                lambda _, known: np.abs(known["a3"] - known["y"]), (r"abs", *_Y)),
        Mistake("squared-difference",
                "(a3 - y) is squared: the square is in the cost itself, its derivative is 2 * (a3 - y).",
                lambda _, known: (known["a3"] - known["y"]) ** 2, (r"\*\*\s*2", r"square", *_Y)),
        Mistake("missing-start", "The first factor, dC/da3 = 2 * (a3 - y), is missing.",
                lambda _, known: np.ones_like(known["a3"])),
    )  # fmt: skip
    return Place(lambda _, known: known["a3"] - known["y"], mistakes)


def slope_place(layer: int) -> Place:
    """Times da/dz of a layer."""
    z = f"z{layer}"
    mistakes = (*_of_sigma(layer), *_of_slope(layer), *_of_other_layers(layer))
    return Place(lambda j, known: j * d_sigma(known[z]), mistakes)


def _of_sigma(layer: int) -> tuple[Mistake, ...]:
    """Something else where the slope belongs."""
    z, a, right = f"z{layer}", f"a{layer}", f"d_sigma(z{layer})"
    slope = f"da{layer}/dz{layer}"
    return (
        Mistake("sigma-for-d_sigma", f"{slope} is sigma({z}) here; it should be its derivative, {right}.",
                lambda j, known: j * known[a],
                (rf"(?<!d_)\bsigma\(\s*{z}\b", r"(?<!d_)\bsigma\(", rf"\*\s*{a}\b")),
        Mistake("missing-d_sigma", f"The factor {slope} = {right} is missing.", lambda j, known: j, (rf"\b{z}\b",)),
        Mistake("sigma-of-a", f"sigma({a}) should be {right}: the derivative, of the weighted sum z.",
                lambda j, known: j * sigma(known[a]), (rf"(?<!d_)\bsigma\(\s*{a}\b", *_anywhere(z))),
        Mistake("z-for-d_sigma", f"It multiplies by {z} itself; it should be by {right}.",
                lambda j, known: j * known[z], (rf"\*\s*{z}\b", *_anywhere(z))),
        Mistake("slope-of-another-function", f"{slope} is 1 - {a}**2 here, the slope of tanh; it should be {right}.",
                lambda j, known: j * (1 - known[a] ** 2), (rf"1\s*-\s*{a}", *_anywhere(z))),
        Mistake("slope-of-z", f"{slope} is {z} * (1 - {z}) here; it is {a} * (1 - {a}), or {right}.",
                lambda j, known: j * known[z] * (1 - known[z]), (rf"1\s*-\s*{z}", *_anywhere(z))),
    )  # fmt: skip


def _of_slope(layer: int) -> tuple[Mistake, ...]:
    """The slope of something else, or applied in another way."""
    z, a, right = f"z{layer}", f"a{layer}", f"d_sigma(z{layer})"
    return (
        Mistake(
            "d_sigma-of-a",
            f"d_sigma({a}) should be {right}: the slope belongs to the weighted sum z, not to the activation a.",
            lambda j, known: j * d_sigma(known[a]),
            (rf"d_sigma\(\s*{a}\b", *_anywhere(z)),
        ),
        Mistake(
            "d_sigma-twice",
            f"The factor {right} is there twice.",
            lambda j, known: j * d_sigma(known[z]) ** 2,
            _anywhere(z),
        ),
        Mistake(
            "divided-by-d_sigma",
            f"It divides by {right}; it should multiply by it.",
            lambda j, known: j / d_sigma(known[z]),
            (r"/\s*d_sigma\(", *_anywhere(z)),
        ),
    )


def _of_other_layers(layer: int) -> Iterator[Mistake]:
    """The slope, or sigma, of another layer's z."""
    right = f"d_sigma(z{layer})"
    for other in LAYERS:
        if other == layer:
            continue
        yield Mistake(
            "d_sigma-of-wrong-z",
            f"d_sigma(z{other}) should be {right}: this factor is from the wrong layer.",
            partial(_times_slope, name=f"z{other}"),
            (rf"d_sigma\(\s*z{other}\b", r"d_sigma\("),
        )
        yield Mistake(
            "sigma-of-wrong-z",
            f"sigma(z{other}) should be {right}: the derivative, and of the right layer.",
            partial(_times, name=f"a{other}"),
            (rf"(?<!d_)\bsigma\(\s*z{other}\b", r"sigma\("),
        )


def _anywhere(z: str) -> tuple[str, ...]:
    """Clues to any mistake with a slope."""
    return rf"sigma\(\s*{z}\b", r"sigma\("


def link_place(layer: int) -> Place:
    """Through the weights of a layer to the activations before it: times dz/da."""
    w = f"W{layer}"
    factor = f"dz{layer}/da{layer - 1}"
    clues = (rf"\b{w}\b",)
    return Place(
        lambda j, known: known[w].T @ j,
        (
            Mistake("missing-link", f"The factor {factor} = {w} is missing.", lambda j, known: j, (rf"z{layer}\b",)),
            *_untransposed(w, clues),
            Mistake(
                "star-for-at", f"It multiplies by {w} entry by entry; @ belongs there.", lambda j, known: j * known[w],
                (rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", *clues),
            ),
            Mistake(
                "b-for-W", f"{factor} is {w}; b{layer} is in its place.", lambda j, known: known[f"b{layer}"].T @ j,
                (rf"\bb{layer}\b",),
            ),
            *(
                Mistake(
                    "wrong-W", f"W{other} should be {w}: {factor} is {w}, so this factor is from the wrong layer.",
                    move, (rf"\bW{other}\b",),
                )
                for other in LAYERS
                if other != layer
                for move in (partial(_through, name=f"W{other}"), partial(_through_untransposed, name=f"W{other}"))
            ),
        ),
    )  # fmt: skip


def _untransposed(w: str, clues: tuple[str, ...]) -> Iterator[Mistake]:
    """The right weights in the wrong position."""
    words = f"A .T is missing or one too many where {w} comes in: (J.T @ {w}).T is right."
    for move in (
        lambda j, known: known[w] @ j,
        lambda j, known: j @ known[w],
        lambda j, known: j.T @ known[w],
        lambda j, known: (j @ known[w]).T,
        lambda j, known: j @ known[w].T,
        lambda j, known: (known[w] @ j).T,
        lambda j, known: (j @ known[w].T).T,
    ):
        yield Mistake("missing-transpose", words, move, clues)


def _times(j: FloatArray, known: Known, name: str) -> FloatArray:
    return j * known[name]


def _times_slope(j: FloatArray, known: Known, name: str) -> FloatArray:
    return j * d_sigma(known[name])


def _through(j: FloatArray, known: Known, name: str) -> FloatArray:
    return known[name].T @ j


def _through_untransposed(j: FloatArray, known: Known, name: str) -> FloatArray:
    return known[name] @ j
