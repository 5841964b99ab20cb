"""The last factor of the chain with the sum over the points, for weights and for biases, and how it goes wrong."""

from collections.abc import Iterator

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.factors import (
    EARLY,
    ChainFactor,
    Known,
    Mistake,
    Move,
    averaged,
    d_sigma,
    one_for_all,
    some_points,
    times,
)  # fmt: skip
from curvegui.exercise.mistakes.multiples import DIVISIONS

SWAPPED = mark("The rows and columns of the result are swapped.")
SUMS = (r"sum\(|mean\(",)  # clues to any mistake with the sum over the points


def _summed(j: FloatArray, _: Known) -> FloatArray:
    return np.asarray(np.sum(j, axis=1, keepdims=True))


def _against(name: str) -> Move:
    return lambda j, known: j @ known[name].T


def last_factor_of_weights(layer: int) -> ChainFactor:
    """Times dz/dW, the activations before the layer, summed over the points."""
    a = f"a{layer - 1}"
    mistakes = *_wrong_products(layer, a), *_wrong_inputs(layer), *_too_far(layer, is_bias=False)
    think = tr(
        "dz{layer}/dW{layer} is what comes into layer {layer}. A matrix product multiplies by it and adds up "
        "over the points.",
        layer=layer,
    )
    return ChainFactor(_against(a), mistakes, (think, f"return J @ {a}.T / x.size"))


def _wrong_products(layer: int, a: str) -> Iterator[Mistake]:
    """Without the activations, or with them in another way."""

    def mean_of_all(axis: int | None, keepdims: bool) -> Move:
        return lambda j, known: np.asarray(np.mean(j @ known[a].T, axis=axis, keepdims=keepdims) * known["x"].size)

    product = rf"\b{a}\b", r"@|\bdot\(|matmul|einsum"
    words = tr("The last factor, dz{layer}/dW{layer}, is missing.", layer=layer)
    yield Mistake("missing-a", words, _summed, (r"sum\(",))
    yield Mistake("missing-a", words, lambda j, _: j, (r"\breturn\b",))
    yield Mistake("transposed", tr(SWAPPED), lambda j, known: (j @ known[a].T).T, (r"\breturn\b[^@]*\.T\s*$", *product))
    words = tr("{a} is multiplied entry by entry. The last step needs a matrix product.", a=a)
    yield Mistake("star-for-at", words, times(a), (rf"\*\s*{a}\b", *product))
    words = tr("np.mean averages over the weights here: the matrix product has already added up over the points.")
    for axis in (None, 0) if a == "a0" else (None, 0, 1):  # a0 is one row: along axis 1 nothing is averaged
        for keepdims in (False, True):
            yield Mistake("mean-of-weights", words, mean_of_all(axis, keepdims), (r"mean\(",))
    yield Mistake("averaged-early", tr(EARLY), lambda j, known: averaged(j) @ averaged(known[a]).T * known["x"].size,
                  (r"mean\(",))  # fmt: skip
    yield from some_points(a)
    words = tr("There is a sum too many: the matrix product has already added up over the points.")
    yield Mistake("summed-too", words, lambda j, known: _summed(j @ known[a].T, known), (r"sum\(", *product))
    words = tr("Where J is multiplied by {a}, a .T is missing, or there is one too many.", a=a)
    moves: tuple[Move, ...] = (
        *(lambda j, known: j @ known[a], lambda j, known: j.T @ known[a]),
        *(lambda j, known: known[a] @ j, lambda j, known: j.T @ known[a].T),
    )
    for move in moves:
        yield Mistake("missing-transpose", words, move, (rf"{a}(?!\.T)\b", *product))


def _wrong_inputs(layer: int) -> Iterator[Mistake]:
    words = mark("The last factor, dz{layer}/dW{layer}, is {other} here. Which numbers come into layer {layer}?")
    for other in (f"{letter}{number}" for letter in "az" for number in range(4)):
        if other not in {f"a{layer - 1}", "z0"}:
            clues = rf"(?:@\s*|\.dot\(|,\s*){other}(?:\.T|\[)", rf"\b{other}\b"
            yield Mistake("wrong-a", tr(words, other=other, layer=layer), _against(other), clues)


def last_factor_of_biases(layer: int) -> ChainFactor:
    """Times dz/db, which is 1, summed over the points."""
    mistakes = *_wrong_sums(), *_left_over(layer), *_too_far(layer, is_bias=True)
    think = tr(
        "dz{layer}/d{n} is 1, so only the sum over the points is left. Each column of J is a point. The "
        "result is a column, with a row for each neuron.",
        layer=layer, n=f"b{layer}",
    )  # fmt: skip
    return ChainFactor(_summed, mistakes, (think, "return np.sum(J, axis=1, keepdims=True) / x.size"))


def _wrong_sums() -> Iterator[Mistake]:
    """A sum or a mean over something else than the points, with another shape, or none."""
    words = tr("The sum drops an axis: its result is not a column any more.")
    yield Mistake("missing-keepdims", words, lambda j, _: np.sum(j, axis=1), SUMS)
    words = tr("The sum runs over the wrong axis: over the neurons instead of the points.")
    yield Mistake("wrong-axis", words, lambda j, _: np.sum(j, axis=0, keepdims=True), (r"axis\s*=\s*0", *SUMS))
    yield Mistake("wrong-axis", words, lambda j, _: np.sum(j, axis=0), (r"axis\s*=\s*0", *SUMS))
    words = tr("The sum runs over everything, the neurons too.")
    yield Mistake("missing-axis", words, lambda j, _: np.asarray(np.sum(j)), SUMS)
    yield Mistake("missing-axis", words, lambda j, _: np.sum(j, keepdims=True), SUMS)
    words = tr("The mean runs over everything, the neurons too.")
    yield Mistake("missing-axis", words, lambda j, _: np.asarray(np.sum(j) / len(j)), SUMS)
    yield Mistake("missing-axis", words, lambda j, _: np.asarray(np.sum(j, keepdims=True) / len(j)), SUMS)
    words = tr("The mean runs over the wrong axis: over the neurons instead of the points.")
    means: tuple[Move, ...] = (
        lambda j, known: np.asarray(np.mean(j, axis=0, keepdims=True) * known["x"].size),
        lambda j, known: np.asarray(np.mean(j, axis=0) * known["x"].size),
    )
    for move in means:
        yield Mistake("wrong-axis", words, move, (r"axis\s*=\s*0", *SUMS))
    yield from some_points()
    yield from one_for_all()
    words = tr("The sum over the points is missing.")
    yield Mistake("missing-sum", words, lambda j, _: j, (DIVISIONS[0], r"\breturn\b"))
    yield Mistake("transposed", tr(SWAPPED), lambda j, known: _summed(j, known).T, SUMS)


def _left_over(layer: int) -> Iterator[Mistake]:

    def against_and_summed(name: str) -> Move:
        return lambda j, known: _summed(j @ known[name].T, known)

    n, words = f"b{layer}", mark("The factor {factor} does not belong here: dz{layer}/d{n} is 1.")
    own = tr(words, factor=n, layer=layer, n=n)
    yield Mistake("left-over-b", own, lambda j, known: _summed(j, known) * known[n], (rf"\b{n}\b",))
    for name in ("a0", "a1", "a2", "a3"):
        sentence, clues = tr(words, factor=name, layer=layer, n=n), (rf"@\s*{name}\b", rf"\b{name}\b")
        yield Mistake("left-over-a", sentence, _against(name), clues)
        yield Mistake("left-over-a", sentence, against_and_summed(name), clues)


def _too_far(layer: int, is_bias: bool) -> Iterator[Mistake]:
    """Going on to the layer before, as its own Jacobian would."""

    def move(j: FloatArray, known: Known) -> FloatArray:
        further = (known[f"W{layer}"].T @ j) * d_sigma(known[f"z{layer - 1}"])
        return _summed(further, known) if is_bias else further @ known[f"a{layer - 1}"].T

    if layer > 1:
        words = tr("It goes one layer too far back, to layer {before}.", before=layer - 1)
        yield Mistake("one-layer-too-far", words, move, (rf"\bW{layer}\b",))
