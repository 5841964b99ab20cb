"""Factors along the chain and how each goes wrong: the start 2 (a3 - y), and the weights; for slopes see ``slopes``."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.mistake import LAYERS, START, Known, Mistake, Place
from curvegui.exercise.mistakes.points import EARLY, averaged

Formula: TypeAlias = Callable[[Known], FloatArray]

START_MISTAKES: tuple[tuple[str, str, Formula, tuple[str, ...]], ...] = (
    ("missing-y", mark("The first factor, dC/da3, uses a3 alone: y is missing."), lambda known: known["a3"], START),
    ("missing-a3", mark("The first factor, dC/da3, uses y alone: a3 is missing."), lambda known: known["y"], START),
    (
        "plus-y",
        mark("The first factor, dC/da3, adds a3 and y instead of subtracting."),
        lambda known: known["a3"] + known["y"],
        (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *START),
    ),
    (
        "x-for-y",
        mark("The first factor, dC/da3, compares a3 with x. Which are the points to reach?"),
        lambda known: known["a3"] - known["x"],
        (r"a3\s*-\s*(x|a0)\b", r"\ba3\b"),
    ),
    (
        "z3-for-a3",
        mark("The first factor, dC/da3, uses z3. The cost compares the points with the output of the network."),
        lambda known: known["z3"] - known["y"],
        (r"z3\s*-\s*y", *START),
    ),
    (
        "missing-brackets",
        mark("In 2 * a3 - y, the 2 multiplies only a3: brackets are missing."),
        lambda known: known["a3"] - known["y"] / 2,
        (r"a3\s*-\s*y", r"\ba3\b"),
    ),
    (
        "absolute-difference",
        mark("The first factor, dC/da3, has lost its sign, which says in which direction to go."),
        lambda known: np.abs(known["a3"] - known["y"]),
        (r"abs", *START),
    ),
    (
        "squared-difference",
        mark("The first factor, dC/da3, contains a square. The square is in the cost, not in its derivative."),
        lambda known: (known["a3"] - known["y"]) ** 2,
        (r"\*\*\s*2", r"square", *START),
    ),
    ("averaged-early", EARLY, lambda known: averaged(known["a3"] - known["y"]), (r"mean\(|sum\(", *START)),
    ("missing-start", mark("The first factor, dC/da3, is missing."), lambda known: np.ones_like(known["a3"]), ()),
)
"""The kind of each, what is wrong, what is computed instead of a3 - y, and clues to where."""


def start_place() -> Place:
    """Where the chain begins: the difference; the factor 2 multiplies the whole (see ``multiples``)."""
    mistakes = (
        Mistake(kind, tr(words), partial(_instead, formula=formula), clues)
        for kind, words, formula, clues in START_MISTAKES
    )
    hints = (
        tr("The chain starts with the cost. What is the derivative of (a3 - y)**2 with respect to a3?"),
        tr("dC/da3 is 2 * (a3 - y)."),
    )
    return Place(lambda _, known: known["a3"] - known["y"], tuple(mistakes), hints)


def _instead(_: FloatArray, known: Known, formula: Formula) -> FloatArray:
    return formula(known)


def link_place(layer: int) -> Place:
    """Through the weights of a layer to the activations before it: times dz/da."""
    w, before = f"W{layer}", layer - 1
    factor = f"dz{layer}/da{before}"
    missing = tr(
        "The factor {factor} is missing: it leads from layer {layer} back to layer {before}.",
        factor=factor,
        layer=layer,
        before=before,
    )
    mistakes = (
        Mistake("missing-link", missing, lambda j, known: j, (rf"z{layer}\b",)),
        *_untransposed(w),
        *_other_factors(layer, factor),
    )
    hints = (
        tr(
            "dz{layer}/da{before} leads from layer {layer} back to layer {before}, through the weights between "
            "them. J has a row for each neuron of layer {layer}; it needs a row for each neuron of layer "
            "{before}.",
            layer=layer,
            before=before,
        ),
        tr("Multiply by {w} and keep the points in the columns: J = (J.T @ {w}).T", w=w),
    )
    return Place(lambda j, known: known[w].T @ j, mistakes, hints)


def _other_factors(layer: int, factor: str) -> Iterator[Mistake]:
    """Not a product of matrices, or not of these weights."""
    w, b = f"W{layer}", f"b{layer}"
    entry = tr("{w} is multiplied entry by entry. This step needs a matrix product.", w=w)
    clues = (rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", rf"\b{w}\b")
    yield Mistake("star-for-at", entry, lambda j, known: j * known[w], clues)
    bias = tr("The factor {factor} is the bias b{layer} here. It has to be the weights.", factor=factor, layer=layer)
    yield Mistake("b-for-W", bias, lambda j, known: known[b].T @ j, (rf"\b{b}\b",))
    for other in (number for number in LAYERS if number != layer):
        words = tr("The factor {factor} is W{other} here, which belongs to another layer.", factor=factor, other=other)
        for through in (_through, _through_untransposed):
            yield Mistake("wrong-W", words, partial(through, name=f"W{other}"), (rf"\bW{other}\b",))


def _untransposed(w: str) -> Iterator[Mistake]:
    """The right weights in the wrong position."""
    words = tr("Where J is multiplied by {w}, a .T is missing, or there is one too many.", w=w)
    right = rf"\(\s*\w+\.T\s*@\s*{w}\s*\)\.T|\b{w}\.T\s*@|\b{w}\.T\.dot|dot\(\s*{w}\.T"
    clues = rf"^(?!.*(?:{right})).*\b{w}\b", rf"\b{w}\b"
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


def _through(j: FloatArray, known: Known, name: str) -> FloatArray:
    return known[name].T @ j


def _through_untransposed(j: FloatArray, known: Known, name: str) -> FloatArray:
    return known[name] @ j
