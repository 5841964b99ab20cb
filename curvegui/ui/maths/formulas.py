"""The equations of the maths panel as expressions to set: the symbols, the factors and the update."""

from functools import cache

from curvegui.core.inspection.chain_rule import Factor, Kind, Symbol
from curvegui.core.network.parts import Parameter
from curvegui.figure.drawing.expression import Expression, Fraction, Letters, Row, Script, Slant

UPRIGHT, BOLD = Slant.UPRIGHT, Slant.BOLD
PARTIAL = Letters("∂", UPRIGHT)


@cache
def symbol_formula(symbol: Symbol, below: str = "") -> Expression:
    """A symbol with its layer in brackets, as the exercise writes it, and what it is an entry of."""
    letter = Letters(symbol.letter, BOLD if symbol.letter == "W" else Slant.ITALIC)
    if symbol.layer is None:
        return letter
    return Script(letter, Letters(f"({symbol.layer})", UPRIGHT), Letters(below, UPRIGHT) if below else None)


def parameter_formula(parameter: Parameter) -> Expression:
    """A weight or bias with its row and column, counted from 1."""
    letter = "b" if parameter.is_bias else "W"
    return symbol_formula(Symbol(letter, parameter.layer), entry_words(parameter))


def entry_words(parameter: Parameter) -> str:
    """Row and column, counted from 1: "2,5"; the row of a bias."""
    return f"{parameter.row + 1}" if parameter.column is None else f"{parameter.row + 1},{parameter.column + 1}"


@cache
def derivative_formula(above: Symbol, below: Symbol, entry: str = "") -> Expression:
    """∂ of one by ∂ of the other."""
    return Fraction(Row((PARTIAL, symbol_formula(above))), Row((PARTIAL, symbol_formula(below, entry))))


@cache
def left_formula(parameter: Parameter) -> Expression:
    """What the equation is about: ∂C by ∂ of the parameter."""
    letter = "b" if parameter.is_bias else "W"
    return derivative_formula(Symbol("C"), Symbol(letter, parameter.layer), entry_words(parameter))


@cache
def _meaning(kind: Kind, layer: int, column: int | None) -> Expression:
    a, z = symbol_formula(Symbol("a", layer)), symbol_formula(Symbol("z", layer))
    match kind:
        case Kind.COST:
            parts: tuple[Expression, ...] = (Letters("2 (", UPRIGHT), a, Letters(" − ", UPRIGHT), Letters("y"))
            return Row((*parts, Letters(")", UPRIGHT)))
        case Kind.SLOPE:
            return Row((Letters("σ"), Letters("′(", UPRIGHT), z, Letters(")", UPRIGHT)))
        case Kind.WEIGHTS:
            return symbol_formula(Symbol("W", layer))
        case Kind.INPUT:
            return symbol_formula(Symbol("a", layer - 1), f"{(column or 0) + 1}") if layer > 1 else Letters("t")
        case Kind.ONE:
            return Letters("1", UPRIGHT)


def meaning_formula(factor: Factor, parameter: Parameter) -> Expression:
    """What a factor amounts to: 2 (a − y), σ′(z), W, an activation of the layer before, or 1."""
    return _meaning(factor.kind, factor.layer, parameter.column if factor.kind is Kind.INPUT else None)


def factor_formula(factor: Factor) -> Expression:
    """A factor's own fraction."""
    return derivative_formula(factor.numerator, factor.denominator)


@cache
def new_formula(parameter: Parameter) -> Expression:
    """The parameter after the next iteration."""
    return Row((parameter_formula(parameter), Letters(" new", UPRIGHT)))


@cache
def jacobian_formula(parameter: Parameter) -> Expression:
    """J of a matrix, and the entry."""
    letter = Letters("b") if parameter.is_bias else Letters("W", BOLD)
    return Script(Letters("J"), None, Script(letter, Letters(f"({parameter.layer})", UPRIGHT)))


@cache
def noise_formula() -> Expression:
    """1 + noise · N."""
    return Row((Letters("1 + noise · ", UPRIGHT), Letters("N")))
