"""The last factor of the chain with the sum over the points, for weights and for biases, and how it goes wrong."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.mistake import Known, Mistake, Place, d_sigma
from curvegui.exercise.mistakes.multiples import DIVISIONS
from curvegui.exercise.mistakes.points import EARLY, averaged, one_for_all, some_points


def weight_end(layer: int) -> Place:
    """Times dz/dW, the activations before the layer, summed over the points."""
    a = f"a{layer - 1}"
    clues = (rf"\b{a}\b", r"@|\bdot\(|matmul|einsum")
    missing = tr("The last factor, dz{layer}/dW{layer}, is missing.", layer=layer)
    hints = (
        tr(
            "dz{layer}/dW{layer} is what comes into layer {layer}. A matrix product multiplies by it and adds up "
            "over the points.",
            layer=layer,
        ),
        f"return J @ {a}.T / x.size",
    )
    others = [f"{letter}{other}" for letter in "az" for other in range(4) if (letter, other) != ("a", layer - 1)]
    mistakes = [
        Mistake("missing-a", missing, _summed, (r"sum\(",)),
        Mistake("missing-a", missing, lambda j, _: j, (r"\breturn\b",)),
        Mistake(
            "transposed",
            tr("The rows and columns of the result are swapped."),
            lambda j, known: (j @ known[a].T).T,
            (r"\breturn\b[^@]*\.T\s*$", *clues),
        ),
        Mistake(
            "star-for-at",
            tr("{a} is multiplied entry by entry. The last step needs a matrix product.", a=a),
            lambda j, known: j * known[a],
            (rf"\*\s*{a}\b", *clues),
        ),
        *_means_of_weights(a),
        Mistake(
            "averaged-early",
            tr(EARLY),
            lambda j, known: averaged(j) @ averaged(known[a]).T * known["x"].size,
            (r"mean\(",),
        ),
        *some_points(a),
        Mistake(
            "summed-too",
            tr("There is a sum too many: the matrix product has already added up over the points."),
            lambda j, known: _summed(j @ known[a].T, known),
            (r"sum\(", *clues),
        ),
        *(
            Mistake(
                "missing-transpose",
                tr("Where J is multiplied by {a}, a .T is missing, or there is one too many.", a=a),
                move,
                (rf"{a}(?!\.T)\b", *clues),
            )
            for move in (
                lambda j, known: j @ known[a],
                lambda j, known: j.T @ known[a],
                lambda j, known: known[a] @ j,
                lambda j, known: j.T @ known[a].T,
            )
        ),
        *(
            Mistake(
                "wrong-a",
                tr(
                    "The last factor, dz{layer}/dW{layer}, is {other} here. Which numbers come into layer {layer}?",
                    other=other,
                    layer=layer,
                ),
                partial(_against, name=other),
                (rf"(?:@\s*|\.dot\(|,\s*){other}(?:\.T|\[)", rf"\b{other}\b"),
            )
            for other in others
            if other[1] != "0" or other[0] == "a"
        ),
    ]
    return Place(lambda j, known: j @ known[a].T, (*mistakes, *_too_far(layer, is_bias=False)), hints)


def bias_end(layer: int) -> Place:
    """Times dz/db, which is 1, summed over the points."""
    clues = (r"sum\(|mean\(",)
    n = f"b{layer}"
    axis = tr("The sum runs over the wrong axis: over the neurons instead of the points.")
    left = mark("The factor {factor} does not belong here: dz{layer}/d{n} is 1.")
    hints = (
        tr(
            "dz{layer}/d{n} is 1, so only the sum over the points is left. Each column of J is a point. The "
            "result is a column, with a row for each neuron.",
            layer=layer,
            n=n,
        ),
        "return np.sum(J, axis=1, keepdims=True) / x.size",
    )
    mistakes = [
        Mistake(
            "missing-keepdims",
            tr("The sum drops an axis: its result is not a column any more."),
            lambda j, _: np.sum(j, axis=1),
            clues,
        ),
        Mistake("wrong-axis", axis, lambda j, _: np.sum(j, axis=0, keepdims=True), (r"axis\s*=\s*0", *clues)),
        Mistake("wrong-axis", axis, lambda j, _: np.sum(j, axis=0), (r"axis\s*=\s*0", *clues)),
        Mistake(
            "missing-axis",
            tr("The sum runs over everything, the neurons too."),
            lambda j, _: np.asarray(np.sum(j)),
            clues,
        ),
        Mistake(
            "missing-axis",
            tr("The sum runs over everything, the neurons too."),
            lambda j, _: np.sum(j, keepdims=True),
            clues,
        ),
        *_means(clues),
        *some_points(),
        *one_for_all(),
        Mistake(
            "missing-sum", tr("The sum over the points is missing."), lambda j, _: j, (DIVISIONS[0], r"\breturn\b")
        ),
        Mistake(
            "transposed",
            tr("The rows and columns of the result are swapped."),
            lambda j, known: _summed(j, known).T,
            clues,
        ),
        Mistake(
            "left-over-b",
            tr(left, factor=n, layer=layer, n=n),
            lambda j, known: _summed(j, known) * known[n],
            (rf"\b{n}\b",),
        ),
    ]
    for other in range(4):
        name, sentence = f"a{other}", tr(left, factor=f"a{other}", layer=layer, n=n)
        where = (rf"@\s*{name}\b", rf"\b{name}\b")
        mistakes.append(Mistake("left-over-a", sentence, partial(_against, name=name), where))
        mistakes.append(Mistake("left-over-a", sentence, partial(_against_and_summed, name=name), where))
    return Place(_summed, (*mistakes, *_too_far(layer, is_bias=True)), hints)


def _means(clues: tuple[str, ...]) -> Iterator[Mistake]:
    """``np.mean`` over more than the points, which divides by the number of neurons too."""
    over_all = tr("The mean runs over everything, the neurons too.")
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j) / len(j)), clues)
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j, keepdims=True) / len(j)), clues)
    axis = tr("The mean runs over the wrong axis: over the neurons instead of the points.")
    for keepdims in (True, False):
        yield Mistake("wrong-axis", axis, partial(_mean_of_columns, keepdims=keepdims), (r"axis\s*=\s*0", *clues))


def _mean_of_columns(j: FloatArray, known: Known, keepdims: bool) -> FloatArray:
    return np.asarray(np.mean(j, axis=0, keepdims=keepdims) * known["x"].size)


def _means_of_weights(a: str) -> Iterator[Mistake]:
    """``np.mean`` where the mean over the points is meant, but ``@`` has summed over them already."""
    words = tr("np.mean averages over the weights here: the matrix product has already added up over the points.")
    for axis in (None, 0) if a == "a0" else (None, 0, 1):  # a0 is one row: along axis 1 nothing is averaged
        for keepdims in (False, True):
            yield Mistake(
                "mean-of-weights", words, partial(_mean_of_all, a=a, axis=axis, keepdims=keepdims), (r"mean\(",)
            )


def _mean_of_all(j: FloatArray, known: Known, a: str, axis: int | None, keepdims: bool) -> FloatArray:
    return np.asarray(np.mean(j @ known[a].T, axis=axis, keepdims=keepdims) * known["x"].size)


def _too_far(layer: int, is_bias: bool) -> tuple[Mistake, ...]:
    """Going on to the layer before, as its own Jacobian would."""
    if layer == 1:
        return ()
    sentence = tr("It goes one layer too far back, to layer {before}.", before=layer - 1)

    def move(j: FloatArray, known: Known) -> FloatArray:
        further = (known[f"W{layer}"].T @ j) * d_sigma(known[f"z{layer - 1}"])
        return _summed(further, known) if is_bias else further @ known[f"a{layer - 1}"].T

    return (Mistake("one-layer-too-far", sentence, move, (rf"\bW{layer}\b",)),)


def _summed(j: FloatArray, _: Known) -> FloatArray:
    return np.asarray(np.sum(j, axis=1, keepdims=True))


def _against(j: FloatArray, known: Known, name: str) -> FloatArray:
    return j @ known[name].T


def _against_and_summed(j: FloatArray, known: Known, name: str) -> FloatArray:
    return _summed(j @ known[name].T, known)
