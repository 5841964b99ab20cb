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
    first = "The first factor, dC/da3,"
    mistakes = (
        Mistake("missing-y", f"{first} uses a3 alone: y is missing.", lambda _, known: known["a3"], _Y),
        Mistake("missing-a3", f"{first} uses y alone: a3 is missing.", lambda _, known: known["y"], _Y),
        Mistake("plus-y", f"{first} adds a3 and y instead of subtracting.",
                lambda _, known: known["a3"] + known["y"], (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *_Y)),
        Mistake("x-for-y", f"{first} compares a3 with x. Which are the points to reach?",
                lambda _, known: known["a3"] - known["x"], (r"a3\s*-\s*(x|a0)\b", r"\ba3\b")),
        Mistake("z3-for-a3", f"{first} uses z3. The cost compares the points with the output of the network.",
                lambda _, known: known["z3"] - known["y"], (r"z3\s*-\s*y", *_Y)),
        Mistake("missing-brackets", "In 2 * a3 - y, the 2 multiplies only a3: brackets are missing.",
                lambda _, known: known["a3"] - known["y"] / 2, (r"a3\s*-\s*y", r"\ba3\b")),
        Mistake("absolute-difference", f"{first} has lost its sign, which says in which direction to go.",
                lambda _, known: np.abs(known["a3"] - known["y"]), (r"abs", *_Y)),
        Mistake("squared-difference", f"{first} contains a square. The square is in the cost, not in its derivative.",
                lambda _, known: (known["a3"] - known["y"]) ** 2, (r"\*\*\s*2", r"square", *_Y)),
        Mistake("missing-start", f"{first} is missing.", lambda _, known: np.ones_like(known["a3"])),
    )  # fmt: skip
    hints = (
        "The chain starts with the cost. What is the derivative of (a3 - y)**2 with respect to a3?",
        "dC/da3 is 2 * (a3 - y).",
    )
    return Place(lambda _, known: known["a3"] - known["y"], mistakes, hints)


def slope_place(layer: int) -> Place:
    """Times da/dz of a layer."""
    z, factor = f"z{layer}", f"The factor da{layer}/dz{layer}"
    mistakes = (*_of_sigma(layer, factor), *_of_slope(layer, factor), *_of_other_layers(layer, factor))
    hints = (
        f"How much does a{layer} change when {z} changes? That is the slope of sigma at {z}.",
        f"da{layer}/d{z} is d_sigma({z}).",
    )
    return Place(lambda j, known: j * d_sigma(known[z]), mistakes, hints)


def _of_sigma(layer: int, factor: str) -> tuple[Mistake, ...]:
    """Something else where the slope belongs."""
    z, a = f"z{layer}", f"a{layer}"
    return (
        Mistake("sigma-for-d_sigma", f"{factor} uses sigma itself instead of its derivative.",
                lambda j, known: j * known[a],
                (rf"(?<!d_)\bsigma\(\s*{z}\b", r"(?<!d_)\bsigma\(", rf"\*\s*{a}\b")),
        Mistake("missing-d_sigma", f"{factor} is missing.", lambda j, known: j, (rf"\b{z}\b",)),
        Mistake("sigma-of-a", f"{factor} is sigma({a}) here. It has to be a slope, taken at the weighted sum.",
                lambda j, known: j * sigma(known[a]), (rf"(?<!d_)\bsigma\(\s*{a}\b", *_anywhere(z))),
        Mistake("z-for-d_sigma", f"{factor} is {z} itself here. It has to be a slope.",
                lambda j, known: j * known[z], (rf"\*\s*{z}\b", *_anywhere(z))),
        Mistake("slope-of-another-function", f"{factor} is the slope of tanh here. These neurons use sigma.",
                lambda j, known: j * (1 - known[a] ** 2), (rf"1\s*-\s*{a}", *_anywhere(z))),
        Mistake("slope-of-z", f"{factor} has the right formula, but with {z} in it. The formula needs the activation.",
                lambda j, known: j * known[z] * (1 - known[z]), (rf"1\s*-\s*{z}", *_anywhere(z))),
    )  # fmt: skip


def _of_slope(layer: int, factor: str) -> tuple[Mistake, ...]:
    """The slope of something else, or applied in another way."""
    z, a = f"z{layer}", f"a{layer}"
    return (
        Mistake("d_sigma-of-a", f"{factor} takes the slope at {a}. The slope belongs to what goes into sigma.",
                lambda j, known: j * d_sigma(known[a]), (rf"d_sigma\(\s*{a}\b", *_anywhere(z))),
        Mistake("d_sigma-twice", f"{factor} is there twice.", lambda j, known: j * d_sigma(known[z]) ** 2,
                _anywhere(z)),
        Mistake("divided-by-d_sigma", f"{factor} divides the rest. The chain rule multiplies.",
                lambda j, known: j / d_sigma(known[z]), (r"/\s*d_sigma\(", *_anywhere(z))),
    )  # fmt: skip


def _of_other_layers(layer: int, factor: str) -> Iterator[Mistake]:
    """The slope, or sigma, of another layer's z."""
    for other in LAYERS:
        if other == layer:
            continue
        yield Mistake(
            "d_sigma-of-wrong-z",
            f"{factor} takes the slope at z{other}, which belongs to layer {other}.",
            partial(_times_slope, name=f"z{other}"),
            (rf"d_sigma\(\s*z{other}\b", r"d_sigma\("),
        )
        yield Mistake(
            "sigma-of-wrong-z",
            f"{factor} is sigma(z{other}) here. It has to be a slope, and belong to layer {layer}.",
            partial(_times, name=f"a{other}"),
            (rf"(?<!d_)\bsigma\(\s*z{other}\b", r"sigma\("),
        )


def _anywhere(z: str) -> tuple[str, ...]:
    """Clues to any mistake with a slope."""
    return rf"sigma\(\s*{z}\b", r"sigma\("


def link_place(layer: int) -> Place:
    """Through the weights of a layer to the activations before it: times dz/da."""
    w, before = f"W{layer}", layer - 1
    factor = f"The factor dz{layer}/da{before}"
    clues = (rf"\b{w}\b",)
    hints = (
        f"dz{layer}/da{before} leads from layer {layer} back to layer {before}, through the weights between them. J "
        f"has a row for each neuron of layer {layer}; it needs a row for each neuron of layer {before}.",
        f"Multiply by {w} and keep the points in the columns: J = (J.T @ {w}).T",
    )
    return Place(
        lambda j, known: known[w].T @ j,
        (
            Mistake("missing-link", f"{factor} is missing: it leads from layer {layer} back to layer {before}.",
                    lambda j, known: j, (rf"z{layer}\b",)),
            *_untransposed(w, clues),
            Mistake(
                "star-for-at", f"{w} is multiplied entry by entry. This step needs a matrix product.",
                lambda j, known: j * known[w], (rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", *clues),
            ),
            Mistake(
                "b-for-W", f"{factor} is the bias b{layer} here. It has to be the weights.",
                lambda j, known: known[f"b{layer}"].T @ j, (rf"\bb{layer}\b",),
            ),
            *(
                Mistake("wrong-W", f"{factor} is W{other} here, which belongs to another layer.", move,
                        (rf"\bW{other}\b",))
                for other in LAYERS
                if other != layer
                for move in (partial(_through, name=f"W{other}"), partial(_through_untransposed, name=f"W{other}"))
            ),
        ),
        hints,
    )  # fmt: skip


def _untransposed(w: str, clues: tuple[str, ...]) -> Iterator[Mistake]:
    """The right weights in the wrong position."""
    words = f"Where J is multiplied by {w}, a .T is missing, or there is one too many."
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
