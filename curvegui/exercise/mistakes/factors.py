"""Factors along the chain and how each goes wrong: the start 2 (a3 - y), and the weights; for slopes see ``slopes``."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.exercise.mistakes.mistake import LAYERS, START, Known, Mistake, Place
from curvegui.exercise.mistakes.points import EARLY, averaged


def start_place() -> Place:
    """Where the chain begins: the difference; the factor 2 multiplies the whole (see ``multiples``)."""
    first = tr("The first factor, dC/da3,")
    mistakes = (
        Mistake(
            "missing-y", tr("{first} uses a3 alone: y is missing.", first=first), lambda _, known: known["a3"], START
        ),
        Mistake(
            "missing-a3", tr("{first} uses y alone: a3 is missing.", first=first), lambda _, known: known["y"], START
        ),
        Mistake(
            "plus-y",
            tr("{first} adds a3 and y instead of subtracting.", first=first),
            lambda _, known: known["a3"] + known["y"],
            (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *START),
        ),
        Mistake(
            "x-for-y",
            tr("{first} compares a3 with x. Which are the points to reach?", first=first),
            lambda _, known: known["a3"] - known["x"],
            (r"a3\s*-\s*(x|a0)\b", r"\ba3\b"),
        ),
        Mistake(
            "z3-for-a3",
            tr("{first} uses z3. The cost compares the points with the output of the network.", first=first),
            lambda _, known: known["z3"] - known["y"],
            (r"z3\s*-\s*y", *START),
        ),
        Mistake(
            "missing-brackets",
            tr("In 2 * a3 - y, the 2 multiplies only a3: brackets are missing."),
            lambda _, known: known["a3"] - known["y"] / 2,
            (r"a3\s*-\s*y", r"\ba3\b"),
        ),
        Mistake(
            "absolute-difference",
            tr("{first} has lost its sign, which says in which direction to go.", first=first),
            lambda _, known: np.abs(known["a3"] - known["y"]),
            (r"abs", *START),
        ),
        Mistake(
            "squared-difference",
            tr("{first} contains a square. The square is in the cost, not in its derivative.", first=first),
            lambda _, known: (known["a3"] - known["y"]) ** 2,
            (r"\*\*\s*2", r"square", *START),
        ),
        Mistake(
            "averaged-early", tr(EARLY), lambda _, known: averaged(known["a3"] - known["y"]), (r"mean\(|sum\(", *START)
        ),
        Mistake("missing-start", tr("{first} is missing.", first=first), lambda _, known: np.ones_like(known["a3"])),
    )
    hints = (
        tr("The chain starts with the cost. What is the derivative of (a3 - y)**2 with respect to a3?"),
        tr("dC/da3 is 2 * (a3 - y)."),
    )
    return Place(lambda _, known: known["a3"] - known["y"], mistakes, hints)


def link_place(layer: int) -> Place:
    """Through the weights of a layer to the activations before it: times dz/da."""
    w, before = f"W{layer}", layer - 1
    factor = tr("The factor dz{layer}/da{before}", layer=layer, before=before)
    clues = (rf"\b{w}\b",)
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
    return Place(
        lambda j, known: known[w].T @ j,
        (
            Mistake(
                "missing-link",
                tr(
                    "{factor} is missing: it leads from layer {layer} back to layer {before}.",
                    factor=factor,
                    layer=layer,
                    before=before,
                ),
                lambda j, known: j,
                (rf"z{layer}\b",),
            ),
            *_untransposed(w, clues),
            Mistake(
                "star-for-at",
                tr("{w} is multiplied entry by entry. This step needs a matrix product.", w=w),
                lambda j, known: j * known[w],
                (rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", *clues),
            ),
            Mistake(
                "b-for-W",
                tr("{factor} is the bias b{layer} here. It has to be the weights.", factor=factor, layer=layer),
                lambda j, known: known[f"b{layer}"].T @ j,
                (rf"\bb{layer}\b",),
            ),
            *(
                Mistake(
                    "wrong-W",
                    tr("{factor} is W{other} here, which belongs to another layer.", factor=factor, other=other),
                    move,
                    (rf"\bW{other}\b",),
                )
                for other in LAYERS
                if other != layer
                for move in (partial(_through, name=f"W{other}"), partial(_through_untransposed, name=f"W{other}"))
            ),
        ),
        hints,
    )


def _untransposed(w: str, clues: tuple[str, ...]) -> Iterator[Mistake]:
    """The right weights in the wrong position."""
    words = tr("Where J is multiplied by {w}, a .T is missing, or there is one too many.", w=w)
    right = rf"\(\s*\w+\.T\s*@\s*{w}\s*\)\.T|\b{w}\.T\s*@|\b{w}\.T\.dot|dot\(\s*{w}\.T"
    clues = (rf"^(?!.*(?:{right})).*\b{w}\b", *clues)
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
