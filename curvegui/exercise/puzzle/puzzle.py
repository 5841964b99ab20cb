"""One Jacobian to put together: its lines, what each is worth where it stands, and what comes next."""

import re
from dataclasses import dataclass
from enum import Enum
from random import Random

from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.factors import Mistake, chain_of
from curvegui.exercise.mistakes.multiples import MULTIPLES, Multiple


@dataclass(frozen=True)
class PuzzleLine:
    """A line of a function, without its indentation, for a ``position`` in the chain, counted from 0. A line that does
    not ``belong`` would take the position of one that does."""

    code: str
    factor: str  # of the chain: ``"dz3/da2"``
    position: int
    why: str  # what it does, or why it does not belong
    mistake: str = ""  # its kind; empty where the line belongs
    comment: str = ""  # behind it in the file

    @property
    def belongs(self) -> bool:
        return not self.mistake


MISTAKES = {
    "J_b3": ((2, "wrong-axis", "return np.sum(J, axis=0, keepdims=True) / x.size"),
             (2, "missing-size", "return np.sum(J, axis=1, keepdims=True)"),
             (2, "left-over-a", "return J @ a2.T / x.size")),
    "J_W2": ((2, "wrong-W", "J = (J.T @ W2).T"),
             (2, "star-for-at", "J = J * W3"),
             (2, "missing-transpose", "J = J.T @ W3")),
    "J_b2": ((0, "sign", "J = 2 * (y - a3)"),
             (2, "missing-transpose", "J = J.T @ W3"),
             (3, "d_sigma-of-wrong-z", "J = J * d_sigma(z1)"),
             (4, "missing-size", "return np.sum(J, axis=1, keepdims=True)")),
    "J_W1": ((0, "missing-2", "J = a3 - y"),
             (2, "star-for-at", "J = J * W3"),
             (3, "sigma-for-d_sigma", "J = J * sigma(z2)"),
             (6, "wrong-a", "return J @ a1.T / x.size")),
    "J_b1": ((0, "squared-difference", "J = 2 * (a3 - y) ** 2"),
             (4, "wrong-W", "J = (J.T @ W1).T"),
             (5, "d_sigma-of-a", "J = J * d_sigma(a1)"),
             (6, "left-over-a", "return J @ a0.T / x.size")),
}  # fmt: skip
"""For each function, lines that do not belong: the position that each would take, and the kind of its mistake."""
SIGN = mark("The sign is wrong: dC/da3 says where the cost rises, and this is where it falls.")


def right_lines(name: str) -> tuple[PuzzleLine, ...]:
    """The lines of a Jacobian after its first one, in order: one for each factor of its chain."""
    last = int(name[3])
    lines = [("dC/da3", "J = 2 * (a3 - y)", tr("At each point, the cost is (a3 - y)**2. This is its derivative."), "")]
    for layer in range(3, last - 1, -1):
        z, a, w, before = f"z{layer}", f"a{layer}", f"W{layer}", f"a{layer - 1}"
        words = mark(
            "{a} is sigma({z}), so the factor is the slope of sigma at {z}. Each neuron has its own: *, not @."
        )
        lines.append((f"d{a}/d{z}", f"J = J * d_sigma({z})", tr(words, a=a, z=z), ""))
        if layer > last:
            words = mark(
                "z{layer} is {w} @ {before} + b{layer}, so the factor is {w}. It leads back to layer {previous}."
            )
            why = tr(words, layer=layer, w=w, before=before, previous=layer - 1)
            lines.append((f"d{z}/d{before}", f"J = (J.T @ {w}).T", why, ""))
    factor, before = f"dz{last}/d{name[2:]}", f"a{last - 1}"
    if name[2] == "b":
        why = tr("The factor is 1, as the bias is added as it is. What is left is the mean over the points.")
        comment = tr("{factor} is 1; the mean over the points", factor=factor)
        lines.append((factor, "return np.sum(J, axis=1, keepdims=True) / x.size", why, comment))
    else:
        words = mark(
            "The factor is {before}, which W{layer} multiplies. @ adds up over the points, / x.size makes it the mean."
        )
        comment = tr("{factor}, and the mean over the points", factor=factor)
        lines.append((factor, f"return J @ {before}.T / x.size", tr(words, before=before, layer=last), comment))
    return tuple(
        PuzzleLine(code, factor, position, why, comment=comment or factor)
        for position, (factor, code, why, comment) in enumerate(lines)
    )


def wrong_lines(name: str) -> tuple[PuzzleLine, ...]:
    """Lines that do not belong to the function, with the reasons from its verdicts."""
    lines = right_lines(name)
    return tuple(
        PuzzleLine(code, lines[position].factor, position, _reason(name, position, kind, code), kind)
        for position, kind, code in MISTAKES.get(name, ())
    )


def _reason(name: str, position: int, kind: str, code: str) -> str:
    """The verdict's sentence about a line: of several mistakes of a kind, about the mistake that the code shows."""
    if kind == "sign":
        return tr(SIGN)
    known: tuple[Mistake | Multiple, ...] = (*chain_of(name)[position].mistakes, *MULTIPLES)
    fitting = [each for each in known if each.kind == kind]
    return max(fitting, key=lambda each: bool(re.search(each.clues[0], code))).sentence


MISSING: dict[str, tuple[int, ...]] = {"J_W3": (), "J_b3": (2,), "J_W2": (2,)}
"""Fading: of the first three functions, the positions that a person fills; of the others, all."""
HEAD = '''def {name}(x, y):
    """How the cost depends on {parameter}."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)'''


class Worth(Enum):
    """What a line is worth at its position; the values are said to people."""

    RIGHT = mark("right place")
    WRONG = mark("wrong place")
    FOREIGN = mark("does not belong")
    GIVEN = ""  # it is only to be read


SENTENCES = {
    Worth.RIGHT: mark("Right place."),
    Worth.WRONG: mark("Wrong place."),
    Worth.FOREIGN: mark("Does not belong."),
}


@dataclass(frozen=True)
class Mark:
    """What a line is worth at its position, and why."""

    worth: Worth
    why: str

    @property
    def words(self) -> str:
        return f"{tr(SENTENCES[self.worth])} {self.why}" if self.worth.value else self.why


@dataclass(frozen=True)
class Hint:
    """The next line in two steps of words; the third step puts ``line`` in as number ``to``, counted from 0."""

    line: PuzzleLine
    to: int
    words: tuple[str, str]


class Puzzle:
    """The lines of a Jacobian, ``"J_W3"`` to ``"J_b1"``, and wrong lines. ``placed`` are the lines in the function now,
    in their order; ``given`` lines are there from the beginning."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines, self.others = right_lines(name), wrong_lines(name)
        missing = MISSING.get(name, range(len(self.lines)))
        self.given = self.placed = tuple(line for line in self.lines if line.position not in missing)
        self.movable = [*(line for line in self.lines if line not in self.given), *self.others]
        Random(f"shuffled {name}").shuffle(self.movable)  # in the same order whenever a person comes back
        self._before: list[tuple[PuzzleLine, ...]] = []

    @property
    def is_to_read(self) -> bool:
        """Whether all lines are given."""
        return self.given == self.lines

    @property
    def is_solved(self) -> bool:
        """Whether all lines are in the only right order: each line multiplies the result of the line before."""
        return self.placed == self.lines

    @property
    def loose(self) -> list[PuzzleLine]:
        return [line for line in self.movable if line not in self.placed]

    @property
    def head(self) -> str:
        """The function's given first lines."""
        return HEAD.format(name=self.name, parameter=self.name[2:])

    @property
    def source(self) -> str:
        """The function's source for a file."""
        lines = (f"    {line.code}" + (f"  # {line.comment}" if line.comment else "") for line in self.placed)
        return "\n".join([self.head, *lines])

    def put(self, code: str, to: int) -> bool:
        """Put a line into the function, or move it, as number ``to``, counted from 0; whether that changes anything."""
        others = [line for line in self.placed if line.code != code]
        return self._become([*others[: max(to, 0)], *self._movable(code), *others[max(to, 0) :]], code)

    def take_out(self, code: str) -> bool:
        """Put a line back to the others; whether the line was in the function, and is not given."""
        return self._become([line for line in self.placed if line.code != code], code)

    def _movable(self, code: str) -> list[PuzzleLine]:
        return [line for line in self.movable if line.code == code]

    def _become(self, placed: list[PuzzleLine], code: str) -> bool:
        if not self._movable(code) or tuple(placed) == self.placed:
            return False
        self._before.append(self.placed)
        self.placed = tuple(placed)
        return True

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> None:
        """Take the last move back."""
        if self._before:
            self.placed = self._before.pop()

    def marks(self) -> list[Mark]:
        """What each placed line is worth: as many as possible count as right, and given lines always do. Where all
        lines are given, what each line does, to be read."""
        kept = self._in_order()
        return [self._mark(line, line in kept) for line in self.placed]

    def _mark(self, line: PuzzleLine, is_kept: bool) -> Mark:
        if not line.belongs:
            return Mark(Worth.FOREIGN, line.why)
        before = self.lines[line.position - 1] if line.position else None
        if not is_kept:
            after = tr("In the chain, it comes after {factor}.", factor=before.factor) if before else ""
            where = after or tr("The chain starts with it.")
            last = tr("It comes last.") if line == self.lines[-1] else ""
            words = tr("This is {factor}. {where}", factor=line.factor, where=where)
            return Mark(Worth.WRONG, f"{words} {last}".rstrip())
        gap = tr("A line is missing before this one.") if before and before not in self.placed else ""
        return Mark(Worth.GIVEN if self.is_to_read else Worth.RIGHT, f"{line.factor}. {line.why} {gap}".rstrip())

    def _in_order(self) -> tuple[PuzzleLine, ...]:
        """The most lines whose positions in the chain rise; a given line counts more than all others."""
        parts: list[tuple[int, tuple[PuzzleLine, ...]]] = [(0, ())]
        for line in (each for each in self.placed if each.belongs):
            before = (each for each in parts if not each[1] or each[1][-1].position < line.position)
            count, part = max(before, key=lambda each: each[0])
            parts.append((count + (len(self.placed) if line in self.given else 1), (*part, line)))
        return max(parts, key=lambda each: each[0])[1]

    def hint(self) -> Hint | None:
        """A hint at the first line that is not yet where it belongs; None where there is none."""
        kept = self._in_order()
        line = next((each for each in self.lines if each not in kept), None)
        if line is None:
            return None
        others = [each for each in self.placed if each != line]
        to = others.index(self.lines[line.position - 1]) + 1 if line.position else 0
        think = chain_of(self.name)[line.position].hints[0]
        factor = tr("Next comes the factor {factor}. {think}", factor=line.factor, think=think)
        return Hint(line, to, (factor, tr("The next line is: {code}", code=line.code)))
