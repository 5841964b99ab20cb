"""Factors along the chain and how each goes wrong: the start 2 (a3 - y), the slopes, and the weights between layers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr

Known: TypeAlias = Mapping[str, FloatArray]
"""x, y, the parameters and what ``network_function`` returns, by their names in the exercise."""
Move: TypeAlias = Callable[[FloatArray, Known], FloatArray]
LAYERS = (1, 2, 3)
START = (r"a3\s*-\s*y", r"\by\b", r"\ba3\b")
"""Clues to the start of every chain."""


@dataclass(frozen=True)
class Mistake:
    """One wrong way to multiply by a factor of the chain, computed from the right numbers."""

    kind: str  # as ``"sigma-for-d_sigma"``, for programs and tests
    sentence: str  # for the learner
    move: Move  # what it makes of the product so far
    clues: tuple[str, ...] = ()  # regular expressions for its line, the best one first
    alone: bool = False  # whether it is not looked for together with others: there are too many pairs


@dataclass(frozen=True)
class ChainFactor:
    """One factor of the chain: the right way to multiply by it, and the wrong ones."""

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
    """Multiplied by a matrix from the left, transposed: from a layer back to the one before it."""
    return lambda j, known: known[name].T @ j


# The points: some are left out, one stands for all, or they are averaged before the chain has ended

FEW = range(2, 12)  # points that a loop may be written for; a problem that decides has more
ONE_FOR_ALL: dict[str, tuple[str, Callable[..., object], str]] = {
    "maximum": ("max", np.max, mark("It takes the maximum of the points. The cost is the mean over them.")),
    "minimum": ("min", np.min, mark("It takes the minimum of the points. The cost is the mean over them.")),
    "median": ("median", np.median, mark("It takes the median of the points. The cost is the mean over them.")),
    "norm": ("norm", np.linalg.norm, mark("It takes the norm of the points. The cost is the mean over them.")),
}
INSTEAD = {"single-point", "standard-deviation", *ONE_FOR_ALL}
"""Kinds that stand in the place of the mean: there the division by the number of points is not what is missing."""
EARLY = mark(
    "It averages over the points before the chain has ended. Multiply all factors point by point, then average."
)
_LOOP = (r"range\(", r"\[[^\]]*[:\d][^\]]*\]", r"\breturn\b")


def some_points(a: str = "") -> Iterator[Mistake]:
    """Sums over some of the points: with the activations ``a`` for weights, without for biases."""

    def sum_of(part: slice) -> Move:
        if a:
            return lambda j, known: j[:, part] @ known[a][:, part].T
        return lambda j, _: np.sum(j[:, part], axis=1, keepdims=True)

    first = tr("Only the first point counts. The cost is the mean over all points.")
    last = tr("Only the last point counts. The cost is the mean over all points.")
    for words, part in ((first, slice(1)), (last, slice(-1, None))):
        yield Mistake("single-point", words, sum_of(part), (r"(?<!shape)\[[^\]]*\d", *_LOOP))
    first, last = tr("The sum leaves out the first point."), tr("The sum leaves out the last point.")
    for words, part in ((first, slice(1, None)), (last, slice(-1))):
        yield Mistake("misses-a-point", words, sum_of(part), _LOOP, alone=True)
    for count in FEW:
        words = tr("Only the first {count} points count, however many there are.", count=count)
        yield Mistake("few-points", words, sum_of(slice(count)), (rf"\b{count}\b", *_LOOP), alone=True)


def one_for_all() -> Iterator[Mistake]:
    """Something else than the mean over the points, for biases."""

    def along(function: Callable[..., object]) -> Move:
        return lambda j, _: np.asarray(function(j, axis=1, keepdims=True))

    for kind, (name, function, words) in ONE_FOR_ALL.items():
        yield Mistake(kind, tr(words), along(function), (rf"{name}\(",), alone=True)
    absolute = tr("The sum has lost the signs, which balance each other.")
    yield Mistake("absolute-sum", absolute, lambda j, _: np.sum(np.abs(j), axis=1, keepdims=True),
                  (r"abs\((?!.*\by\b)",))  # fmt: skip
    deviation = tr("It takes the standard deviation. The cost is the mean over the points.")
    yield Mistake("standard-deviation", deviation, along(np.std), (r"std\(",))


# The factors

START_MISTAKES: tuple[tuple[str, str, Callable[[Known], FloatArray], tuple[str, ...]], ...] = (
    ("missing-y", mark("The first factor, dC/da3, uses a3 alone: y is missing."), lambda known: known["a3"], START),
    ("missing-a3", mark("The first factor, dC/da3, uses y alone: a3 is missing."), lambda known: known["y"], START),
    ("plus-y", mark("The first factor, dC/da3, adds a3 and y instead of subtracting."),
     lambda known: known["a3"] + known["y"], (r"a3\s*\+\s*y", r"y\s*\+\s*a3", *START)),
    ("x-for-y", mark("The first factor, dC/da3, compares a3 with x. Which are the points to reach?"),
     lambda known: known["a3"] - known["x"], (r"a3\s*-\s*(x|a0)\b", r"\ba3\b")),
    ("z3-for-a3",
     mark("The first factor, dC/da3, uses z3. The cost compares the points with the output of the network."),
     lambda known: known["z3"] - known["y"], (r"z3\s*-\s*y", *START)),
    ("missing-brackets", mark("In 2 * a3 - y, the 2 multiplies only a3: brackets are missing."),
     lambda known: known["a3"] - known["y"] / 2, (r"a3\s*-\s*y", r"\ba3\b")),
    ("absolute-difference", mark("The first factor, dC/da3, has lost its sign, which says in which direction to go."),
     lambda known: np.abs(known["a3"] - known["y"]), (r"abs", *START)),
    ("squared-difference",
     mark("The first factor, dC/da3, contains a square. The square is in the cost, not in its derivative."),
     lambda known: (known["a3"] - known["y"]) ** 2, (r"\*\*\s*2", r"square", *START)),
    ("averaged-early", EARLY, lambda known: averaged(known["a3"] - known["y"]), (r"mean\(|sum\(", *START)),
    ("missing-start", mark("The first factor, dC/da3, is missing."), lambda known: np.ones_like(known["a3"]), ()),
)  # fmt: skip
"""The kind of each, what is wrong, what is computed instead of a3 - y, and clues to where."""


def start_factor() -> ChainFactor:
    """Where the chain begins: the difference; the factor 2 multiplies the whole (see ``multiples``)."""

    def instead(formula: Callable[[Known], FloatArray]) -> Move:
        return lambda _, known: formula(known)

    mistakes = (Mistake(kind, tr(words), instead(formula), clues) for kind, words, formula, clues in START_MISTAKES)
    think = tr("The chain starts with the cost. What is the derivative of (a3 - y)**2 with respect to a3?")
    return ChainFactor(
        lambda _, known: known["a3"] - known["y"], tuple(mistakes), (think, tr("dC/da3 is 2 * (a3 - y)."))
    )


def link_factor(layer: int) -> ChainFactor:
    """Through the weights of a layer to the activations before it: times dz/da."""

    def untransposed(name: str) -> Move:
        return lambda j, known: known[name] @ j

    w, b, before = f"W{layer}", f"b{layer}", layer - 1
    name = f"dz{layer}/da{before}"
    missing = tr("The factor {factor} is missing: it leads from layer {layer} back to layer {before}.",
                 factor=name, layer=layer, before=before)  # fmt: skip
    found = [Mistake("missing-link", missing, lambda j, known: j, (rf"z{layer}\b",))]
    turned = tr("Where J is multiplied by {w}, a .T is missing, or there is one too many.", w=w)
    right = rf"\(\s*\w+\.T\s*@\s*{w}\s*\)\.T|\b{w}\.T\s*@|\b{w}\.T\.dot|dot\(\s*{w}\.T"
    moves: tuple[Move, ...] = (
        *(untransposed(w), lambda j, known: j @ known[w], lambda j, known: j.T @ known[w]),
        *(lambda j, known: (j @ known[w]).T, lambda j, known: j @ known[w].T, lambda j, known: (known[w] @ j).T),
        lambda j, known: (j @ known[w].T).T,
    )
    found += [
        Mistake("missing-transpose", turned, move, (rf"^(?!.*(?:{right})).*\b{w}\b", rf"\b{w}\b")) for move in moves
    ]
    entry = tr("{w} is multiplied entry by entry. This step needs a matrix product.", w=w)
    clues = rf"\*\s*{w}\b", rf"\b{w}(\.T)?\s*\*", rf"\b{w}\b"
    found.append(Mistake("star-for-at", entry, times(w), clues))
    bias = tr("The factor {factor} is the bias b{layer} here. It has to be the weights.", factor=name, layer=layer)
    found.append(Mistake("b-for-W", bias, through(b), (rf"\b{b}\b",)))
    for other in (number for number in LAYERS if number != layer):
        words = tr("The factor {factor} is W{other} here, which belongs to another layer.", factor=name, other=other)
        wrong = through(f"W{other}"), untransposed(f"W{other}")
        found += [Mistake("wrong-W", words, move, (rf"\bW{other}\b",)) for move in wrong]
    think = tr(
        "dz{layer}/da{before} leads from layer {layer} back to layer {before}, through the weights between "
        "them. J has a row for each neuron of layer {layer}; it needs a row for each neuron of layer "
        "{before}.",
        layer=layer, before=before,
    )  # fmt: skip
    code = tr("Multiply by {w} and keep the points in the columns: J = (J.T @ {w}).T", w=w)
    return ChainFactor(through(w), tuple(found), (think, code))


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
    z = f"z{layer}"
    think = tr("How much does a{layer} change when {z} changes? That is the slope of sigma at {z}.", layer=layer, z=z)
    hints = think, tr("da{layer}/d{z} is d_sigma({z}).", layer=layer, z=z)
    mistakes = *_other_slopes(layer), *_misused_slopes(layer), *_of_other_layers(layer)
    return ChainFactor(times_slope(z), mistakes, hints)


def _anywhere(z: str) -> tuple[str, ...]:
    """Clues to any mistake with a slope."""
    return rf"sigma\(\s*{z}\b", r"sigma\("


def _other_slopes(layer: int) -> Iterator[Mistake]:
    """Something else where the slope belongs."""
    z, a, factor, anywhere = f"z{layer}", f"a{layer}", f"da{layer}/dz{layer}", _anywhere(f"z{layer}")
    words = tr("The factor {factor} uses sigma itself instead of its derivative.", factor=factor)
    clues: tuple[str, ...] = rf"(?<!d_)\bsigma\(\s*{z}\b", r"(?<!d_)\bsigma\(", rf"\*\s*{a}\b"
    yield Mistake("sigma-for-d_sigma", words, times(a), clues)
    words = tr("The factor {factor} is missing.", factor=factor)
    clues = rf"\b{z}\b", rf"\bW{layer + 1}\b" if layer < 3 else START[0], *START
    yield Mistake("missing-d_sigma", words, lambda j, known: j, clues)
    words = tr("The factor {factor} is sigma({a}) here. It has to be a slope, taken at the weighted sum.",
               factor=factor, a=a)  # fmt: skip
    clues = rf"(?<!d_)\bsigma\(\s*{a}\b", *anywhere
    yield Mistake("sigma-of-a", words, lambda j, known: j / (1 + np.exp(-known[a])), clues)
    words = tr("The factor {factor} is {z} itself here. It has to be a slope.", factor=factor, z=z)
    yield Mistake("z-for-d_sigma", words, times(z), (rf"(?<!sigma\()\b{z}\b", *anywhere))
    words = tr("The factor {factor} is the slope of tanh here. These neurons use sigma.", factor=factor)
    clues = rf"1\s*-\s*{a}", *anywhere
    yield Mistake("slope-of-another-function", words, lambda j, known: j * (1 - known[a] ** 2), clues)
    words = tr("The factor {factor} has the right formula, but with {z} in it. The formula needs the activation.",
               factor=factor, z=z)  # fmt: skip
    yield Mistake("slope-of-z", words, lambda j, known: j * known[z] * (1 - known[z]), (rf"1\s*-\s*{z}", *anywhere))


def _misused_slopes(layer: int) -> Iterator[Mistake]:
    """The slope of something else, by a wrong formula, in another operation, or averaged."""

    def by_formula(formula: Combination) -> Move:
        return lambda j, known: j * formula(known[a], known[z])

    def by_product(product: Combination) -> Move:
        return lambda j, known: product(j, d_sigma(known[z]))

    z, a, factor, anywhere = f"z{layer}", f"a{layer}", f"da{layer}/dz{layer}", _anywhere(f"z{layer}")
    words = tr("The factor {factor} is added. The chain rule multiplies.", factor=factor)
    clues: tuple[str, ...] = rf"\+\s*d_sigma\(\s*{z}\b|d_sigma\(\s*{z}\s*\)\s*\+", *anywhere
    yield Mistake("plus-for-times", words, lambda j, known: j + d_sigma(known[z]) / 2, clues, alone=True)  # 2 is in j
    yield Mistake("plus-for-times", words, lambda j, known: j + d_sigma(known[z]), clues, alone=True)
    words = tr("The factor {factor} takes the slope at {a}. The slope belongs to what goes into sigma.",
               factor=factor, a=a)  # fmt: skip
    yield Mistake("d_sigma-of-a", words, times_slope(a), (rf"d_sigma\(\s*{a}\b", *anywhere))
    words = tr("The factor {factor} is there twice.", factor=factor)
    yield Mistake("d_sigma-twice", words, lambda j, known: j * d_sigma(known[z]) ** 2, anywhere)
    words = tr("The factor {factor} divides the rest. The chain rule multiplies.", factor=factor)
    yield Mistake("divided-by-d_sigma", words, lambda j, known: j / d_sigma(known[z]), (r"/\s*d_sigma\(", *anywhere))
    words = tr("The factor {factor} has a wrong formula: the slope of sigma is {a} * (1 - {a}).", factor=factor, a=a)
    clues = rf"\b[az]{layer}\b.*1\s*[-+]\s*[az]{layer}\b", rf"1\s*[-+]\s*{a}\b", rf"\b{a}\b"
    for formula in SLOPE_FORMULAS:
        yield Mistake("slope-formula", words, by_formula(formula), clues, alone=True)
    words = tr("The factor {factor} multiplies entry by entry: use * here, not @.", factor=factor)
    clues = rf"(@|dot\(|matmul\().*\bd_sigma\(\s*{z}\b", r"@\s*d_sigma", rf"@.*\ba{layer}\b"
    for product in PRODUCTS:
        yield Mistake("at-for-star", words, by_product(product), clues, alone=True)
    clues = r"\bJ_[Wb]\d\s*\(|mean\(", r"sum\("
    yield Mistake("averaged-early", tr(EARLY), lambda j, known: averaged(j * d_sigma(known[z])), clues)
    yield Mistake("averaged-early", tr(EARLY), lambda j, known: j * averaged(d_sigma(known[z])), clues)


def _of_other_layers(layer: int) -> Iterator[Mistake]:
    """The slope, or sigma, of another layer's z."""
    factor = f"da{layer}/dz{layer}"
    for other in (number for number in LAYERS if number != layer):
        z = f"z{other}"
        words = tr("The factor {factor} takes the slope at z{other}, which belongs to layer {other}.",
                   factor=factor, other=other)  # fmt: skip
        yield Mistake("d_sigma-of-wrong-z", words, times_slope(z), (rf"d_sigma\(\s*{z}\b", r"d_sigma\("))
        words = tr("The factor {factor} is sigma(z{other}) here. It has to be a slope, and belong to layer {layer}.",
                   factor=factor, other=other, layer=layer)  # fmt: skip
        yield Mistake("sigma-of-wrong-z", words, times(f"a{other}"), (rf"(?<!d_)\bsigma\(\s*{z}\b", r"sigma\("))
