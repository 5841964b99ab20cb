"""The last factor of the chain with the sum over the points, for weights and for biases, and how it goes wrong."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.mistakes.mistake import Known, Mistake, Place, d_sigma


def weight_end(layer: int) -> Place:
    """Times dz/dW, the activations before the layer, summed over the points."""
    a = f"a{layer - 1}"
    clues = (rf"\b{a}\b", r"@|\bdot\(|matmul|einsum")
    factor = f"dz{layer}/dW{layer} = {a}"
    others = [f"{letter}{other}" for letter in "az" for other in range(4) if (letter, other) != ("a", layer - 1)]
    mistakes = [
        Mistake("missing-a", f"The last factor, {factor}, is missing: @ {a}.T.", _summed, (r"sum\(",)),
        Mistake("missing-a", f"The last factor, {factor}, is missing: @ {a}.T.", lambda j, _: j),
        Mistake("transposed", "The answer is transposed: rows and columns are exchanged.",
                lambda j, known: (j @ known[a].T).T, clues),
        Mistake("star-for-at", f"It multiplies by {a} entry by entry; @ {a}.T belongs there, which also sums.",
                lambda j, known: j * known[a], (rf"\*\s*{a}\b", *clues)),
        *_means_of_weights(a),
        Mistake("summed-too", f"It sums once more: @ {a}.T has summed over the points already.",
                lambda j, known: _summed(j @ known[a].T, known), (r"sum\(", *clues)),
        *(
            Mistake("missing-transpose", f"{a} should be transposed here: @ {a}.T.", move, (rf"{a}(?!\.T)\b", *clues))
            for move in (lambda j, known: j @ known[a], lambda j, known: j.T @ known[a], lambda j, known: known[a] @ j,
                         lambda j, known: j.T @ known[a].T)
        ),
        *(
            Mistake("wrong-a", f"{other} should be {a}: {factor}, so this factor is from the wrong layer.",
                    partial(_against, name=other), (rf"\b{other}\b",))
            for other in others if other[1] != "0" or other[0] == "a"
        ),
    ]  # fmt: skip
    return Place(lambda j, known: j @ known[a].T, (*mistakes, *_too_far(layer, is_bias=False)))


def bias_end(layer: int) -> Place:
    """Times dz/db, which is 1, summed over the points."""
    clues = (r"sum\(|mean\(",)
    n = f"b{layer}"
    axis = "The sum runs over the wrong axis: it should be over the points, axis=1, with keepdims=True."
    left = "does not belong here: dz/db is 1, so there is nothing to multiply by."
    mistakes = [
        Mistake("missing-keepdims", "keepdims=True is missing in the sum.",
                lambda j, _: np.sum(j, axis=1), clues),
        Mistake("wrong-axis", axis, lambda j, _: np.sum(j, axis=0, keepdims=True), (r"axis\s*=\s*0", *clues)),
        Mistake("wrong-axis", axis, lambda j, _: np.sum(j, axis=0), (r"axis\s*=\s*0", *clues)),
        Mistake("missing-axis", "The sum runs over everything: axis=1 is missing, with keepdims=True.",
                lambda j, _: np.asarray(np.sum(j)), clues),
        Mistake("missing-axis", "The sum runs over everything: axis=1 is missing.",
                lambda j, _: np.sum(j, keepdims=True), clues),
        *_means(clues),
        Mistake("missing-sum", "The sum over the points is missing: np.sum(J, axis=1, keepdims=True).", lambda j, _: j),
        Mistake("transposed", "The answer is transposed: rows and columns are exchanged.",
                lambda j, known: _summed(j, known).T, clues),
        Mistake("left-over-b", f"A factor {n} {left}", lambda j, known: _summed(j, known) * known[n], (rf"\b{n}\b",)),
    ]  # fmt: skip
    for other in range(4):
        name, sentence = f"a{other}", f"@ a{other}.T {left}"
        where = (rf"@\s*{name}\b", rf"\b{name}\b")
        mistakes.append(Mistake("left-over-a", sentence, partial(_against, name=name), where))
        mistakes.append(Mistake("left-over-a", sentence, partial(_against_and_summed, name=name), where))
    return Place(_summed, (*mistakes, *_too_far(layer, is_bias=True)))


def _means(clues: tuple[str, ...]) -> Iterator[Mistake]:
    """``np.mean`` over more than the points, which divides by the number of neurons too."""
    over_all = "The mean runs over everything: axis=1 is missing, with keepdims=True."
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j) / len(j)), clues)
    yield Mistake("missing-axis", over_all, lambda j, _: np.asarray(np.sum(j, keepdims=True) / len(j)), clues)
    axis = "The mean runs over the wrong axis: it should be over the points, axis=1, with keepdims=True."
    for keepdims in (True, False):
        yield Mistake("wrong-axis", axis, partial(_mean_of_columns, keepdims=keepdims), (r"axis\s*=\s*0", *clues))


def _mean_of_columns(j: FloatArray, known: Known, keepdims: bool) -> FloatArray:
    return np.asarray(np.mean(j, axis=0, keepdims=keepdims) * known["x"].size)


def _means_of_weights(a: str) -> Iterator[Mistake]:
    """``np.mean`` where the mean over the points is meant, but ``@`` has summed over them already."""
    words = f"np.mean is taken over the weights here: @ {a}.T has summed over the points already. Divide by x.size."
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
    sentence = f"It goes one layer too far back: W{layer} and d_sigma(z{layer - 1}) do not belong here."

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
