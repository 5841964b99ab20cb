"""The last factor of the chain with the sum over the points, for weights and for biases, and how it goes wrong."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.factors import EARLY, Known, Mistake, Place, averaged, d_sigma, one_for_all, some_points
from curvegui.exercise.mistakes.multiples import DIVISIONS

SWAPPED = mark("The rows and columns of the result are swapped.")
SUMS = (r"sum\(|mean\(",)  # clues to any mistake with the sum over the points


def weight_end(layer: int) -> Place:
    """Times dz/dW, the activations before the layer, summed over the points."""
    a = f"a{layer - 1}"
    mistakes = (
        *_without_input(layer),
        *_misshapen(a),
        *_means_of_weights(a),
        Mistake(
            "averaged-early",
            tr(EARLY),
            lambda j, known: averaged(j) @ averaged(known[a]).T * known["x"].size,
            (r"mean\(",),
        ),
        *some_points(a),
        *_multiplied_otherwise(a),
        *_wrong_inputs(layer),
        *_too_far(layer, is_bias=False),
    )
    hints = (
        tr(
            "dz{layer}/dW{layer} is what comes into layer {layer}. A matrix product multiplies by it and adds up "
            "over the points.",
            layer=layer,
        ),
        f"return J @ {a}.T / x.size",
    )
    return Place(lambda j, known: j @ known[a].T, mistakes, hints)


def _without_input(layer: int) -> Iterator[Mistake]:
    missing = tr("The last factor, dz{layer}/dW{layer}, is missing.", layer=layer)
    yield Mistake("missing-a", missing, _summed, (r"sum\(",))
    yield Mistake("missing-a", missing, lambda j, _: j, (r"\breturn\b",))


def _clues_to_product(a: str) -> tuple[str, ...]:
    return rf"\b{a}\b", r"@|\bdot\(|matmul|einsum"


def _misshapen(a: str) -> Iterator[Mistake]:
    """The right factor, but not the right shape."""
    clues = _clues_to_product(a)
    swapped = (r"\breturn\b[^@]*\.T\s*$", *clues)
    yield Mistake("transposed", tr(SWAPPED), lambda j, known: (j @ known[a].T).T, swapped)
    words = tr("{a} is multiplied entry by entry. The last step needs a matrix product.", a=a)
    yield Mistake("star-for-at", words, lambda j, known: j * known[a], (rf"\*\s*{a}\b", *clues))


def _multiplied_otherwise(a: str) -> Iterator[Mistake]:
    """The right factor in a product of another kind."""
    clues = _clues_to_product(a)
    twice = tr("There is a sum too many: the matrix product has already added up over the points.")
    yield Mistake("summed-too", twice, lambda j, known: _summed(j @ known[a].T, known), (r"sum\(", *clues))
    turned = tr("Where J is multiplied by {a}, a .T is missing, or there is one too many.", a=a)
    for move in (
        lambda j, known: j @ known[a],
        lambda j, known: j.T @ known[a],
        lambda j, known: known[a] @ j,
        lambda j, known: j.T @ known[a].T,
    ):
        yield Mistake("missing-transpose", turned, move, (rf"{a}(?!\.T)\b", *clues))


def _wrong_inputs(layer: int) -> Iterator[Mistake]:
    """What comes into another layer, or comes out of one."""
    words = mark("The last factor, dz{layer}/dW{layer}, is {other} here. Which numbers come into layer {layer}?")
    for letter in "az":
        for number in range(4):
            other = f"{letter}{number}"
            if other not in {f"a{layer - 1}", "z0"}:
                clues = rf"(?:@\s*|\.dot\(|,\s*){other}(?:\.T|\[)", rf"\b{other}\b"
                yield Mistake("wrong-a", tr(words, other=other, layer=layer), partial(_against, name=other), clues)


def bias_end(layer: int) -> Place:
    """Times dz/db, which is 1, summed over the points."""
    mistakes = (
        *_wrong_sums(),
        *_wrong_means(),
        *some_points(),
        *one_for_all(),
        Mistake(
            "missing-sum", tr("The sum over the points is missing."), lambda j, _: j, (DIVISIONS[0], r"\breturn\b")
        ),
        Mistake("transposed", tr(SWAPPED), lambda j, known: _summed(j, known).T, SUMS),
        *_left_over(layer),
        *_too_far(layer, is_bias=True),
    )
    hints = (
        tr(
            "dz{layer}/d{n} is 1, so only the sum over the points is left. Each column of J is a point. The "
            "result is a column, with a row for each neuron.",
            layer=layer,
            n=f"b{layer}",
        ),
        "return np.sum(J, axis=1, keepdims=True) / x.size",
    )
    return Place(_summed, mistakes, hints)


def _wrong_sums() -> Iterator[Mistake]:
    """``np.sum`` over something else than the points, or with another shape."""
    dropped = tr("The sum drops an axis: its result is not a column any more.")
    yield Mistake("missing-keepdims", dropped, lambda j, _: np.sum(j, axis=1), SUMS)
    axis = tr("The sum runs over the wrong axis: over the neurons instead of the points.")
    yield Mistake("wrong-axis", axis, lambda j, _: np.sum(j, axis=0, keepdims=True), (r"axis\s*=\s*0", *SUMS))
    yield Mistake("wrong-axis", axis, lambda j, _: np.sum(j, axis=0), (r"axis\s*=\s*0", *SUMS))
    over_all = tr("The sum runs over everything, the neurons too.")
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j)), SUMS)
    yield Mistake("missing-axis", over_all, lambda j, _: np.sum(j, keepdims=True), SUMS)


def _left_over(layer: int) -> Iterator[Mistake]:
    """A factor where there is none."""
    n = f"b{layer}"
    words = mark("The factor {factor} does not belong here: dz{layer}/d{n} is 1.")
    own = tr(words, factor=n, layer=layer, n=n)
    yield Mistake("left-over-b", own, lambda j, known: _summed(j, known) * known[n], (rf"\b{n}\b",))
    for other in range(4):
        name = f"a{other}"
        sentence, clues = tr(words, factor=name, layer=layer, n=n), (rf"@\s*{name}\b", rf"\b{name}\b")
        yield Mistake("left-over-a", sentence, partial(_against, name=name), clues)
        yield Mistake("left-over-a", sentence, partial(_against_and_summed, name=name), clues)


def _wrong_means() -> Iterator[Mistake]:
    """``np.mean`` over more than the points, which divides by the number of neurons too."""
    over_all = tr("The mean runs over everything, the neurons too.")
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j) / len(j)), SUMS)
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j, keepdims=True) / len(j)), SUMS)
    axis = tr("The mean runs over the wrong axis: over the neurons instead of the points.")
    for keepdims in (True, False):
        yield Mistake("wrong-axis", axis, partial(_mean_of_columns, keepdims=keepdims), (r"axis\s*=\s*0", *SUMS))


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
