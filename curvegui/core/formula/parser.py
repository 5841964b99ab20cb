"""From the text of a formula to the steps that compute it, by operator precedence, without ever running any of it."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np

from curvegui.core.curve.curve import CurveError
from curvegui.core.formula.functions import (
    CONSTANTS,
    FUNCTIONS,
    NEGATED,
    OF_SEVERAL,
    OPERATORS,
    RAISED,
    ROOT,
    SIGN,
    SUM,
    TIMES,
    VARIABLE,
    Function,
    Operator,
    about_unknown,
    takes_several,
)
from curvegui.core.language.text import in_quotes, mark, tr

LONGEST = 1_000  # characters
SAME_SIGNS = {"**": "^", "·": "*", "×": "*", "⋅": "*", "−": "-", "–": "-", "÷": "/"}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")

_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_POINT = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_OTHERS = (
    rf"|(?P<superscript>[{SUPERSCRIPTS}]+)"
    rf"|(?P<name>[α-ω]|[^\W\d_α-ω{SUPERSCRIPTS}][^\Wα-ω{SUPERSCRIPTS}]*)"
    r"|(?P<sign>\*\*|[-+*/^()|,;√·×⋅−–÷])"
)
_WITH_POINT = re.compile(rf"\s*(?:(?P<number>{_POINT}{_EXPONENT}){_OTHERS})")
_WITH_COMMA = re.compile(rf"\s*(?:(?P<number>(?:[0-9]+,[0-9]+|{_POINT}){_EXPONENT}){_OTHERS})")


class Token(NamedTuple):
    """One sign, number or name."""

    kind: str  # "number", "name", "superscript" or "end"; of signs the sign itself, in its plainest form
    text: str  # as it was typed
    position: int  # index of its first character in the formula


class FormulaError(CurveError):
    """Says in a sentence why a text is no formula; ``position`` is the index of the wrong character, or the length."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


def error_at(token: Token, problem: str) -> FormulaError:
    """The error that something is wrong at a token."""
    if token.kind == "end":
        return FormulaError(tr("At the end: {problem}", problem=problem), token.position)
    text = token.text if len(token.text) <= 30 else token.text[:29] + "…"
    shown = in_quotes(text) if text.isprintable() else f"U+{ord(text[0]):04X}"
    return FormulaError(
        tr("At {shown} (character {place}): {problem}", shown=shown, place=token.position + 1, problem=problem),
        token.position,
    )


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a formula, and its end; raises ``FormulaError`` for an unknown character or a formula too long. A
    comma between digits is a decimal comma, except in the parentheses of functions of several arguments."""
    if len(text) > LONGEST:
        problem = tr(
            "This formula has {count:,} characters, and at most {most:,} are possible.", count=len(text), most=LONGEST
        )
        raise FormulaError(problem, LONGEST)
    end, position, before = len(text.rstrip()), 0, ""
    comma_separates = [False]  # in each of the parentheses around
    while position < end:
        match = (_WITH_POINT if comma_separates[-1] else _WITH_COMMA).match(text, position)
        if match is None or match.lastgroup is None:
            rest = text[position:].lstrip()
            token = Token("strange", rest[0], len(text) - len(rest))
            if rest[0] in "=<>":
                raise error_at(token, tr("a formula has one side only, such as cos(2 pi t)."))
            raise error_at(token, tr("formulas do not have this character."))
        found, position = match[match.lastgroup], match.end()
        kind = SAME_SIGNS.get(found, found) if match.lastgroup == "sign" else match.lastgroup
        if kind == "(":
            comma_separates.append(takes_several(before))
        elif kind == ")" and len(comma_separates) > 1:
            comma_separates.pop()
        before = found.lower()
        yield Token(kind, found, match.start(match.lastgroup))
    yield Token("end", "", end)


SPOKEN = {
    "+": mark("plus"), "-": mark("minus"), "*": mark("times"), "/": mark("over"),
    "^": mark("to the power of"), "√": mark("square root of"),
    "(": mark("open bracket"), ")": mark("close bracket"), "|": mark("bar"), ",": mark("comma"), ";": mark("comma"),
    "π": mark("pi"), "τ": mark("tau"), "φ": mark("phi"),
    "abs": mark("absolute value of"), "sqrt": mark("square root of"),
    "cbrt": mark("cube root of"),
}  # fmt: skip


class Term(NamedTuple):
    """A number or a name; with parts, the operation on them: a sign, a function's name, or "(" for brackets."""

    head: str
    parts: tuple["Term", ...] = ()


def spoken(text: str) -> str:
    """A formula as a person would read it out, for screen readers; raises ``FormulaError`` for other texts."""
    words = []
    for token in tokens(text):
        if token.kind == "superscript":
            words += [tr("to the power of"), token.text.translate(DIGITS)]
        elif token.kind != "end":
            words.append(tr(SPOKEN.get(token.kind) or SPOKEN.get(token.text.lower(), token.text)))
    return " ".join(words)


Step = np.float64 | Function | str
"""Puts a value on the stack, that of t or of a parameter by its name, or replaces the topmost ones by a function's."""

DEEPEST = 50  # of parentheses, powers and the like inside each other
OPERAND_BEGINS = frozenset({"number", "name", "(", "|", "√"})


def parse(text: str, names: Collection[str] = ()) -> tuple[tuple[Step, ...], Term]:
    """The steps that compute a formula of t and of parameters with these ``names``, and the same formula as a `Term`,
    to be shown as in a book. Raises ``FormulaError`` for a text that is no such formula."""
    return _Parser(text, names).whole()


class _Parser:
    """Reads tokens from left to right, and computes constant parts on the way."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self._tokens, self._names = list(tokens(text)), {VARIABLE, *names}
        self._index = 0
        self._depth = 0
        self._bars = [False]  # whether the innermost brackets around are those of |t|
        self._steps: list[Step] = []
        self._terms: list[Term] = []  # a stack, too

    @property
    def _next(self) -> Token:
        return self._tokens[self._index]

    def _take(self) -> Token:
        self._index += 1
        return self._tokens[self._index - 1]

    def whole(self) -> tuple[tuple[Step, ...], Term]:
        if self._next.kind == "end":
            raise FormulaError(tr("There is no formula yet: type one, such as cos(2 pi t)."), 0)
        self._expression(SUM)
        token = self._next
        if token.kind == ")":
            raise error_at(token, tr("there is no “(” that it closes."))
        if token.kind != "end":
            raise error_at(
                token, tr("it separates the arguments of functions, as in max(t, 1/2), and is outside of one.")
            )
        return tuple(self._steps), self._terms[0]

    def _expression(self, level: int) -> None:
        """Operands, and the operators between them that bind at least as strongly."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise error_at(self._next, tr("more than {most} things are inside each other here.", most=DEEPEST))
        self._signed()
        while (operator := self._operator()) and operator.level >= level:
            token = self._take() if self._next.kind in OPERATORS else self._next
            self._expression(operator.right)
            self._write(token.kind if token.kind in OPERATORS else "*", 2)
            self._apply(operator.function, token)
        self._depth -= 1

    def _operator(self) -> Operator | None:
        """The operator at this token, multiplication for an operand, or None."""
        token = self._next
        closes = token.kind == "|" and self._bars[-1]
        if token.kind not in OPERAND_BEGINS or closes:
            return OPERATORS.get(token.kind)
        if token.kind == "number" and self._tokens[self._index - 1].kind == "number":
            raise error_at(token, tr("between two numbers something is missing, such as * or +."))
        return TIMES

    def _signed(self) -> None:
        """An operand with signs before it; or an operand under roots, raised to powers."""
        signs = []
        while self._next.kind in ("+", "-"):
            signs.append(self._take())
        if signs:
            self._expression(SIGN)
            for sign in reversed(signs):
                self._write(sign.kind, 1)
            if sum(sign.kind == "-" for sign in signs) % 2:
                self._apply(NEGATED, signs[0])
            return
        roots = []
        while self._next.kind == "√":
            roots.append(self._take())
        self._value()
        for root in roots:
            self._write("sqrt", 1)
            self._apply(ROOT, root)
        while self._next.kind == "superscript":
            self._raise_to(self._take())

    def _raise_to(self, exponent: Token) -> None:
        self._number(exponent)
        self._write("^", 2)
        self._apply(RAISED, exponent)

    def _value(self) -> None:
        token = self._take()
        if token.kind == "number":
            self._number(token)
        elif token.kind == "name":
            self._name(token)
        elif token.kind == "(":
            self._expression_until(")", token)
            self._write("(", 1)
        elif token.kind == "|":
            self._expression_until("|", token)
            self._write("abs", 1)
            self._apply(FUNCTIONS["abs"], token)
        elif token.kind == "end":
            raise error_at(token, tr("after “{text}” something is missing.", text=self._tokens[self._index - 2].text))
        else:
            raise error_at(token, tr("before it something is missing, such as a number or t."))

    def _number(self, token: Token) -> None:
        value = np.float64(token.text.translate(DIGITS).replace(",", "."))
        if not np.isfinite(value):
            raise error_at(token, tr("this is too large to compute with."))
        self._steps.append(value)
        self._terms.append(Term(token.text.translate(DIGITS)))

    def _name(self, token: Token) -> None:
        name = token.text.lower()
        if name in FUNCTIONS:
            self._call(token, name)
        elif name in CONSTANTS or name in self._names:
            self._steps.append(np.float64(CONSTANTS[name]) if name in CONSTANTS else name)
            self._terms.append(Term(name))
        else:
            raise error_at(token, about_unknown(token.text))

    def _call(self, token: Token, name: str) -> None:
        """A function's arguments, after the exponent in formulas such as sin^2(t)."""
        kinds = [each.kind for each in self._tokens[self._index : self._index + 3]]
        has_power = kinds == ["^", "number", "("]
        if has_power:
            self._take()
        exponent = self._take() if has_power or kinds[0] == "superscript" else None
        if self._next.kind != "(":
            example = f"{name}(t, 1/2)" if takes_several(name) else f"{name}(t)"
            raise error_at(token, tr("“{name}” needs parentheses, as in {example}.", name=name, example=example))
        self._arguments(token, name)
        if exponent:
            self._raise_to(exponent)

    def _arguments(self, token: Token, name: str) -> None:
        function, opening, separators = FUNCTIONS[name], self._take(), [""]
        count = function.arguments
        values = tr("{count} arguments", count=count) if count > 1 else tr("one argument")
        self._bars.append(False)
        self._expression(SUM)
        while self._next.kind in (",", ";"):
            separator = self._take()
            if len(separators) == function.arguments and name not in OF_SEVERAL:
                raise error_at(separator, tr("“{name}” has {values}.", name=name, values=values))
            if separators[-1] not in ("", separator.kind):
                raise error_at(
                    separator, tr("the arguments of “{name}” are separated by “,” or by “;”, not by both.", name=name)
                )
            separators.append(separator.kind)
            self._expression(SUM)
            self._apply(function, token)
        self._close(")", opening)
        self._write(name, len(separators))
        if len(separators) < function.arguments:
            raise error_at(token, tr("“{name}” needs {values}, as in {name}(t, 1/2).", name=name, values=values))
        if function.arguments == 1:
            self._apply(function, token)

    def _expression_until(self, closing: str, opening: Token) -> None:
        self._bars.append(closing == "|")
        self._expression(SUM)
        self._close(closing, opening)

    def _close(self, closing: str, opening: Token) -> None:
        token = self._take()
        if token.kind != closing:
            raise error_at(
                token,
                tr(
                    "“{closing}” is missing, for the “{text}” of character {place}.",
                    closing=closing,
                    text=opening.text,
                    place=opening.position + 1,
                ),
            )
        self._bars.pop()

    def _write(self, head: str, count: int) -> None:
        self._terms[-count:] = [Term(head, tuple(self._terms[-count:]))]

    def _apply(self, function: Function, token: Token) -> None:
        """Replace constant operands by the function's value now; else add the function to the steps."""
        operands = self._steps[-function.arguments :]
        if not all(isinstance(operand, np.float64) for operand in operands):
            self._steps.append(function)
            return
        with np.errstate(all="ignore"):
            value = np.float64(function.compute(*operands))
        if np.isnan(value):
            raise error_at(token, tr("it has no value for these numbers."))
        if np.isinf(value):
            raise error_at(token, tr("the result is infinite, or too large to compute with."))
        self._steps[-function.arguments :] = [value]
