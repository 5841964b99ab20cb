"""The factors of the chain and how each goes wrong, from 2 (a3 - y) to the sum over the points."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, spoken, tr
from curvegui.exercise.mistakes.multiples import DIVISIONS

Known: TypeAlias = Mapping[str, FloatArray]
"""x, y, the parameters and what ``network_function`` returns, by their names in the exercise."""
Move: TypeAlias = Callable[[FloatArray, Known], FloatArray]
LAYERS = (1, 2, 3)
START = (r"a3\s*-\s*y", r"\by\b", r"\ba3\b")
"""Clues to the start of every chain."""
ALONE = {"misses-a-point", "few-points", "maximum", "minimum", "median", "norm"}
ALONE |= {"plus-for-times", "slope-formula", "at-for-star"}
"""Kinds that are not looked for together with others: there are too many pairs."""


@dataclass(frozen=True)
class Mistake:
    """One wrong way to multiply by a factor of the chain, computed from the right numbers."""

    kind: str  # as ``"sigma-for-d_sigma"``, for programs and tests
    sentence: str  # for the learner
    move: Move  # what it makes of the product so far
    clues: tuple[str, ...] = ()  # regular expressions for its line, the best one first

    @property
    def alone(self) -> bool:
        return self.kind in ALONE


Row: TypeAlias = tuple[str, str, tuple[str, ...], *tuple[Move, ...]]
"""The kind of a mistake, its words, the clues to its line, and the ways to make it."""


def _mistakes(*rows: Row, **names: object) -> tuple[Mistake, ...]:
    """The mistakes that a table's rows describe, with ``names`` put into their words."""
    return tuple(
        Mistake(kind, tr(words, **names), move, clues) for kind, words, clues, *moves in rows for move in moves
    )


@dataclass(frozen=True)
class ChainFactor:
    """One factor of the chain: the right way to multiply by the factor, and the wrong ways."""

    right: Move
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...] = ()  # what to think about, and then the code


def d_sigma(z: FloatArray) -> FloatArray:
    """The slope of the logistic function."""
    e = np.exp(-np.abs(z))
    return np.asarray(e / (1 + e) ** 2)


def averaged(j: FloatArray) -> FloatArray:
    """The mean over the points."""
    return np.asarray(np.mean(j, axis=1, keepdims=True))


def times(name: str) -> Move:
    """Multiplied entry by entry by one of the known arrays."""
    return lambda j, known: j * known[name]


def times_slope(name: str) -> Move:
    """Multiplied by the slope at one of the known arrays."""
    return lambda j, known: j * d_sigma(known[name])


def through(name: str) -> Move:
    """Multiplied by a matrix from the left, transposed: from a layer back to the layer before."""
    return lambda j, known: known[name].T @ j


def untransposed(name: str) -> Move:
    """Multiplied by a matrix from the left as it is."""
    return lambda j, known: known[name] @ j


def against(name: str) -> Move:
    """Multiplied by activations from the right, which adds up over the points."""
    return lambda j, known: j @ known[name].T


def summed(j: FloatArray, _: Known) -> FloatArray:
    """Added up over the points."""
    return np.asarray(np.sum(j, axis=1, keepdims=True))


EARLY = mark(
    "It averages over the points before the chain has ended. Multiply all factors point by point, then average."
)
START_MISTAKES: tuple[Row, ...] = (
    ("missing-y", mark("The first factor, dC/da3, uses a3 alone: y is missing."), START, lambda _, known: known["a3"]),
    ("missing-a3", mark("The first factor, dC/da3, uses y alone: a3 is missing."), START, lambda _, known: known["y"]),
    ("plus-y", mark("The first factor, dC/da3, adds a3 and y instead of subtracting."),
     (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *START), lambda _, known: known["a3"] + known["y"]),
    ("x-for-y", mark("The first factor, dC/da3, compares a3 with x. Which are the points to reach?"),
     (r"a3\s*-\s*(x|a0)\b", r"\ba3\b"), lambda _, known: known["a3"] - known["x"]),
    ("z3-for-a3",
     mark("The first factor, dC/da3, uses z3. The cost compares the points with the output of the network."),
     (r"z3\s*-\s*y", *START), lambda _, known: known["z3"] - known["y"]),
    ("missing-brackets", mark("In 2 * a3 - y, the 2 multiplies only a3: brackets are missing."),
     (r"a3\s*-\s*y", r"\ba3\b"), lambda _, known: known["a3"] - known["y"] / 2),
    ("absolute-difference", mark("The first factor, dC/da3, has lost its sign, which says in which direction to go."),
     (r"abs", *START), lambda _, known: np.abs(known["a3"] - known["y"])),
    ("squared-difference",
     mark("The first factor, dC/da3, contains a square. The square is in the cost, not in its derivative."),
     (r"\*\*\s*2", r"square", *START), lambda _, known: (known["a3"] - known["y"]) ** 2),
    ("averaged-early", EARLY, (r"mean\(|sum\(", *START), lambda _, known: averaged(known["a3"] - known["y"])),
    ("missing-start", mark("The first factor, dC/da3, is missing."), (), lambda _, known: np.ones_like(known["a3"])),
)  # fmt: skip
"""What is computed instead of a3 - y."""


def start_factor() -> ChainFactor:
    """The start of the chain, the difference a3 - y; its factor 2 multiplies the whole (see ``multiples``)."""
    think = tr("The chain starts with the cost. What is the derivative of (a3 - y)**2 with respect to a3?")
    hints = think, tr("dC/da3 is 2 * (a3 - y).")
    return ChainFactor(lambda _, known: known["a3"] - known["y"], _mistakes(*START_MISTAKES), hints)


def link_factor(layer: int) -> ChainFactor:
    """Through the weights of a layer to the activations before it: times dz/da."""
    w, b, before = f"W{layer}", f"b{layer}", layer - 1
    others = [number for number in LAYERS if number != layer]
    right = rf"\(\s*\w+\.T\s*@\s*{w}\s*\)\.T|\b{w}\.T\s*@|\b{w}\.T\.dot|dot\(\s*{w}\.T"
    wrong_layer = mark("The factor {factor} is W{other} here, which belongs to another layer.")
    factor = f"dz{layer}/da{before}"
    mistakes = _mistakes(
        ("missing-link", mark("The factor {factor} is missing: it leads from layer {layer} back to layer {before}."),
         (rf"z{layer}\b",), lambda j, known: j),
        ("missing-transpose", mark("Where J is multiplied by {w}, a .T is missing, or there is one too many."),
         (rf"^(?!.*(?:{right})).*\b{w}\b", rf"\b{w}\b"),
         untransposed(w), lambda j, known: j @ known[w], lambda j, known: j.T @ known[w],
         lambda j, known: (j @ known[w]).T, lambda j, known: j @ known[w].T, lambda j, known: (known[w] @ j).T,
         lambda j, known: (j @ known[w].T).T),
        ("star-for-at", mark("{w} is multiplied entry by entry. This step needs a matrix product."),
         (rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", rf"\b{w}\b"), times(w)),
        ("b-for-W", mark("The factor {factor} is the bias b{layer} here. It has to be the weights."),
         (rf"\b{b}\b",), through(b)),
        factor=factor, layer=layer, before=before, w=w,
    )  # fmt: skip
    for other in others:
        moves = through(f"W{other}"), untransposed(f"W{other}")
        mistakes += _mistakes(("wrong-W", wrong_layer, (rf"\bW{other}\b",), *moves), factor=factor, other=other)
    think = tr(
        "dz{layer}/da{before} leads from layer {layer} back to layer {before}, through the weights between "
        "them. J has a row for each neuron of layer {layer}; it needs a row for each neuron of layer "
        "{before}.",
        layer=layer, before=before,
    )  # fmt: skip
    code = tr("Multiply by {w} and keep the points in the columns: J = (J.T @ {w}).T", w=w)
    return ChainFactor(through(w), mistakes, (think, code))


Combination: TypeAlias = Callable[[FloatArray, FloatArray], FloatArray]
SLOPE_FORMULAS: tuple[Combination, ...] = (
    *(lambda a, z: 1 - a, lambda a, z: a * (1 + a), lambda a, z: a**2, lambda a, z: (1 - a) ** 2),
    *(lambda a, z: a * (1 - z), lambda a, z: z * (1 - a), lambda a, z: a * (1 - a) ** 2, lambda a, z: 1 + a - a**2),
)
"""What is written for a * (1 - a)."""
PRODUCTS: tuple[Combination, ...] = (
    *(lambda j, d: j @ d.T, lambda j, d: j @ d, lambda j, d: j.T @ d),
    *(lambda j, d: d @ j, lambda j, d: d.T @ j, lambda j, d: d @ j.T),
)
"""What is written for j * d."""


def slope_factor(layer: int) -> ChainFactor:
    """Times da/dz of a layer."""

    def by_formula(formula: Combination) -> Move:
        return lambda j, known: j * formula(known[a], known[z])

    def by_product(product: Combination) -> Move:
        return lambda j, known: product(j, d_sigma(known[z]))

    z, a, factor = f"z{layer}", f"a{layer}", f"da{layer}/dz{layer}"
    anywhere = rf"sigma\(\s*{z}\b", r"sigma\("
    early = r"\bJ_[Wb]\d\s*\(|mean\(", r"sum\("
    mistakes = _mistakes(
        ("sigma-for-d_sigma", mark("The factor {factor} uses sigma itself instead of its derivative."),
         (rf"(?<!d_)\bsigma\(\s*{z}\b", r"(?<!d_)\bsigma\(", rf"\*\s*{a}\b"), times(a)),
        ("missing-d_sigma", mark("The factor {factor} is missing."),
         (rf"\b{z}\b", rf"\bW{layer + 1}\b" if layer < 3 else START[0], *START), lambda j, known: j),
        ("sigma-of-a", mark("The factor {factor} is sigma({a}) here. It has to be a slope, taken at the weighted sum."),
         (rf"(?<!d_)\bsigma\(\s*{a}\b", *anywhere), lambda j, known: j / (1 + np.exp(-known[a]))),
        ("z-for-d_sigma", mark("The factor {factor} is {z} itself here. It has to be a slope."),
         (rf"(?<!sigma\()\b{z}\b", *anywhere), times(z)),
        ("slope-of-another-function", mark("The factor {factor} is the slope of tanh here. These neurons use sigma."),
         (rf"1\s*-\s*{a}", *anywhere), lambda j, known: j * (1 - known[a] ** 2)),
        ("slope-of-z",
         mark("The factor {factor} has the right formula, but with {z} in it. The formula needs the activation."),
         (rf"1\s*-\s*{z}", *anywhere), lambda j, known: j * known[z] * (1 - known[z])),
        ("plus-for-times", mark("The factor {factor} is added. The chain rule multiplies."),
         (rf"\+\s*d_sigma\(\s*{z}\b|d_sigma\(\s*{z}\s*\)\s*\+", *anywhere),
         lambda j, known: j + d_sigma(known[z]) / 2, lambda j, known: j + d_sigma(known[z])),  # 2 is in j
        ("d_sigma-of-a", mark("The factor {factor} takes the slope at {a}. The slope belongs to what goes into sigma."),
         (rf"d_sigma\(\s*{a}\b", *anywhere), times_slope(a)),
        ("d_sigma-twice", mark("The factor {factor} is there twice."), anywhere,
         lambda j, known: j * d_sigma(known[z]) ** 2),
        ("divided-by-d_sigma", mark("The factor {factor} divides the rest. The chain rule multiplies."),
         (r"/\s*d_sigma\(", *anywhere), lambda j, known: j / d_sigma(known[z])),
        ("slope-formula", mark("The factor {factor} has a wrong formula: the slope of sigma is {a} * (1 - {a})."),
         (rf"\b[az]{layer}\b.*1\s*[-+]\s*[az]{layer}\b", rf"1\s*[-+]\s*{a}\b", rf"\b{a}\b"),
         *map(by_formula, SLOPE_FORMULAS)),
        ("at-for-star", mark("The factor {factor} multiplies entry by entry: use * here, not @."),
         (rf"(@|dot\(|matmul\().*\bd_sigma\(\s*{z}\b", r"@\s*d_sigma", rf"@.*\ba{layer}\b"),
         *map(by_product, PRODUCTS)),
        ("averaged-early", EARLY, early, lambda j, known: averaged(j * d_sigma(known[z])),
         lambda j, known: j * averaged(d_sigma(known[z]))),
        factor=factor, a=a, z=z,
    )  # fmt: skip
    for other in (number for number in LAYERS if number != layer):
        mistakes += _mistakes(
            ("d_sigma-of-wrong-z",
             mark("The factor {factor} takes the slope at z{other}, which belongs to layer {other}."),
             (rf"d_sigma\(\s*z{other}\b", r"d_sigma\("), times_slope(f"z{other}")),
            ("sigma-of-wrong-z",
             mark("The factor {factor} is sigma(z{other}) here. It has to be a slope, and belong to layer {layer}."),
             (rf"(?<!d_)\bsigma\(\s*z{other}\b", r"sigma\("), times(f"a{other}")),
            factor=factor, other=other, layer=layer,
        )  # fmt: skip
    think = tr("How much does a{layer} change when {z} changes? That is the slope of sigma at {z}.", layer=layer, z=z)
    return ChainFactor(times_slope(z), mistakes, (think, tr("da{layer}/d{z} is d_sigma({z}).", layer=layer, z=z)))


# The last factor, with the sum over the points

FEW = range(2, 12)  # points that a loop may be written for; a problem that decides has more
ONE_FOR_ALL: dict[str, tuple[str, Callable[..., object], str]] = {
    "maximum": ("max", np.max, mark("It takes the maximum of the points. The cost is the mean over them.")),
    "minimum": ("min", np.min, mark("It takes the minimum of the points. The cost is the mean over them.")),
    "median": ("median", np.median, mark("It takes the median of the points. The cost is the mean over them.")),
    "norm": ("norm", np.linalg.norm, mark("It takes the norm of the points. The cost is the mean over them.")),
}
INSTEAD = {"single-point", "standard-deviation", *ONE_FOR_ALL}
"""Kinds that stand in the place of the mean: there the division by the number of points is not what is missing."""
SWAPPED = mark("The rows and columns of the result are swapped.")
SUMS = (r"sum\(|mean\(",)  # clues to any mistake with the sum over the points
_LOOP = (r"range\(", r"\[[^\]]*[:\d][^\]]*\]", r"\breturn\b")


def _some_points(a: str = "") -> Iterator[Mistake]:
    """Sums over some of the points: with the activations ``a`` for weights, without for biases."""

    def sum_of(part: slice) -> Move:
        if a:
            return lambda j, known: j[:, part] @ known[a][:, part].T
        return lambda j, _: np.sum(j[:, part], axis=1, keepdims=True)

    index = (r"(?<!shape)\[[^\]]*\d", *_LOOP)
    yield from _mistakes(
        ("single-point", mark("Only the first point counts. The cost is the mean over all points."), index,
         sum_of(slice(1))),
        ("single-point", mark("Only the last point counts. The cost is the mean over all points."), index,
         sum_of(slice(-1, None))),
        ("misses-a-point", mark("The sum leaves out the first point."), _LOOP, sum_of(slice(1, None))),
        ("misses-a-point", mark("The sum leaves out the last point."), _LOOP, sum_of(slice(-1))),
    )  # fmt: skip
    for count in FEW:
        words = tr("Only the first {count} points count, however many there are.", count=count)
        yield Mistake("few-points", words, sum_of(slice(count)), (rf"\b{count}\b", *_LOOP))


def last_factor_of_weights(layer: int) -> ChainFactor:
    """The last factor of a layer's J_W, dz/dW: times the activations before the layer, summed over the points."""

    def mean_of_all(axis: int | None, keepdims: bool) -> Move:
        return lambda j, known: np.asarray(np.mean(j @ known[a].T, axis=axis, keepdims=keepdims) * known["x"].size)

    a = f"a{layer - 1}"
    product = rf"\b{a}\b", r"@|\bdot\(|matmul|einsum"
    axes = (None, 0) if a == "a0" else (None, 0, 1)  # a0 is one row: along axis 1 nothing is averaged
    missing = mark("The last factor, dz{layer}/dW{layer}, is missing.")
    mistakes = _mistakes(
        ("missing-a", missing, (r"sum\(",), summed),
        ("missing-a", missing, (r"\breturn\b",), lambda j, _: j),
        ("transposed", SWAPPED, (r"\breturn\b[^@]*\.T\s*$", *product), lambda j, known: (j @ known[a].T).T),
        ("star-for-at", mark("{a} is multiplied entry by entry. The last step needs a matrix product."),
         (rf"\*\s*{a}\b", *product), times(a)),
        ("mean-of-weights",
         mark("np.mean averages over the weights here: the matrix product has already added up over the points."),
         (r"mean\(",), *(mean_of_all(axis, keepdims) for axis in axes for keepdims in (False, True))),
        ("averaged-early", EARLY, (r"mean\(",),
         lambda j, known: averaged(j) @ averaged(known[a]).T * known["x"].size),
        layer=layer, a=a,
    )  # fmt: skip
    mistakes += *_some_points(a), *_mistakes(
        ("summed-too",
         mark("There is a sum too many: the matrix product has already added up over the points."),
         (r"sum\(", *product), lambda j, known: summed(j @ known[a].T, known)),
        ("missing-transpose", mark("Where J is multiplied by {a}, a .T is missing, or there is one too many."),
         (rf"{a}(?!\.T)\b", *product),
         lambda j, known: j @ known[a], lambda j, known: j.T @ known[a], untransposed(a),
         lambda j, known: j.T @ known[a].T),
        a=a,
    )  # fmt: skip
    for other in (f"{letter}{number}" for letter in "az" for number in range(4)):
        if other not in {a, "z0"}:
            words = mark(
                "The last factor, dz{layer}/dW{layer}, is {other} here. Which numbers come into layer {layer}?"
            )
            clues = rf"(?:@\s*|\.dot\(|,\s*){other}(?:\.T|\[)", rf"\b{other}\b"
            mistakes += _mistakes(("wrong-a", words, clues, against(other)), other=other, layer=layer)
    think = tr(
        "dz{layer}/dW{layer} is what comes into layer {layer}. A matrix product multiplies by it and adds up "
        "over the points.",
        layer=layer,
    )
    hints = think, f"return J @ {a}.T / x.size"
    return ChainFactor(against(a), (*mistakes, *_too_far(layer, is_bias=False)), hints)


def last_factor_of_biases(layer: int) -> ChainFactor:
    """Times dz/db, which is 1, summed over the points."""

    def along(function: Callable[..., object]) -> Move:
        return lambda j, _: np.asarray(function(j, axis=1, keepdims=True))

    def against_and_summed(name: str) -> Move:
        return lambda j, known: summed(j @ known[name].T, known)

    n, axis = f"b{layer}", (r"axis\s*=\s*0", *SUMS)
    mistakes = _mistakes(
        ("missing-keepdims", mark("The sum drops an axis: its result is not a column any more."), SUMS,
         lambda j, _: np.sum(j, axis=1)),
        ("wrong-axis", mark("The sum runs over the wrong axis: over the neurons instead of the points."), axis,
         lambda j, _: np.sum(j, axis=0, keepdims=True), lambda j, _: np.sum(j, axis=0)),
        ("missing-axis", mark("The sum runs over everything, the neurons too."), SUMS,
         lambda j, _: np.asarray(np.sum(j)), lambda j, _: np.sum(j, keepdims=True)),
        ("missing-axis", mark("The mean runs over everything, the neurons too."), SUMS,
         lambda j, _: np.asarray(np.sum(j) / len(j)), lambda j, _: np.asarray(np.sum(j, keepdims=True) / len(j))),
        ("wrong-axis", mark("The mean runs over the wrong axis: over the neurons instead of the points."), axis,
         lambda j, known: np.asarray(np.mean(j, axis=0, keepdims=True) * known["x"].size),
         lambda j, known: np.asarray(np.mean(j, axis=0) * known["x"].size)),
    )  # fmt: skip
    rows = [(kind, words, (rf"{name}\(",), along(function)) for kind, (name, function, words) in ONE_FOR_ALL.items()]
    mistakes += *_some_points(), *_mistakes(
        *rows,
        ("absolute-sum", mark("The sum has lost the signs, which balance each other."), (r"abs\((?!.*\by\b)",),
         lambda j, _: np.sum(np.abs(j), axis=1, keepdims=True)),
        ("standard-deviation", mark("It takes the standard deviation. The cost is the mean over the points."),
         (r"std\(",), along(np.std)),
        ("missing-sum", mark("The sum over the points is missing."), (DIVISIONS[0], r"\breturn\b"), lambda j, _: j),
        ("transposed", SWAPPED, SUMS, lambda j, known: summed(j, known).T),
    )  # fmt: skip
    left_over = mark("The factor {factor} does not belong here: dz{layer}/d{n} is 1.")
    mistakes += _mistakes(
        ("left-over-b", left_over, (rf"\b{n}\b",), lambda j, known: summed(j, known) * known[n]),
        factor=n, layer=layer, n=n,
    )  # fmt: skip
    for name in ("a0", "a1", "a2", "a3"):
        row = "left-over-a", left_over, (rf"@\s*{name}\b", rf"\b{name}\b"), against(name), against_and_summed(name)
        mistakes += _mistakes(row, factor=name, layer=layer, n=n)
    think = tr(
        "dz{layer}/d{n} is 1, so only the sum over the points is left. Each column of J is a point. The "
        "result is a column, with a row for each neuron.",
        layer=layer, n=n,
    )  # fmt: skip
    hints = think, "return np.sum(J, axis=1, keepdims=True) / x.size"
    return ChainFactor(summed, (*mistakes, *_too_far(layer, is_bias=True)), hints)


def _too_far(layer: int, is_bias: bool) -> tuple[Mistake, ...]:
    """The mistake to go on to the layer before, as that layer's Jacobian would."""

    def move(j: FloatArray, known: Known) -> FloatArray:
        further = (known[f"W{layer}"].T @ j) * d_sigma(known[f"z{layer - 1}"])
        return summed(further, known) if is_bias else further @ known[f"a{layer - 1}"].T

    words = mark("It goes one layer too far back, to layer {before}.")
    row = "one-layer-too-far", words, (rf"\bW{layer}\b",), move
    return _mistakes(row, before=layer - 1) if layer > 1 else ()


Chain: TypeAlias = tuple[ChainFactor, ...]


def chain_of(name: str) -> Chain:
    """The factors of a Jacobian, ``"J_W1"`` to ``"J_b3"``, in the order in which they are multiplied."""
    return _chain_of(name, spoken())


@cache
def _chain_of(name: str, language: str) -> Chain:
    last, factors = int(name[3]), [start_factor()]
    for layer in range(3, last, -1):
        factors += [slope_factor(layer), link_factor(layer)]
    end = last_factor_of_biases(last) if name[2] == "b" else last_factor_of_weights(last)
    return (*factors, slope_factor(last), end)
