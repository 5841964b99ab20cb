"""What the monkey types into fields, and files that it opens, drops and pastes: in order, odd, and meant to do harm."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from curvegui.core.settings.config import SETTINGS
from curvegui.files.project.text_line import line_of
from tests.exercise.cases import cases
from tests.files.hostile import corpus
from tests.files.projects import TINY, Project, encode, tiny_project, trained
from tests.fuzz.driver import mutated

# never a path that leads anywhere
ODD = (
    "", " ", "nan", "NaN", "inf", "-inf", "1e308", "-1e308", "1e-320", "1,5", "1.234.567", "1_000", "0x10", "١٢", "½",
    "−3", "abc", "Ω≈ç√", "日本語", "שלום", "😀", "\u202eabc", "a\tb", "<b>x</b>", "&amp;", "%s%n", "{0}", "'\"", "None",
    "9" * 30, "x" * 5_000, "é" * 300, "𝕏" * 300, "(" * 2_000,
)  # fmt: skip
FORMULAS = (
    "cos(2*pi*t)", "t", "0.5 + 0.4 sin(a t)", "t^t^t", "1/0", "sqrt(-t)", "sin(", "__import__('os')", "a b c d e f",
    "exp(exp(9t))", "9**9**9**9", "M 0 0 L 1 1 L 0 1 Z", "0 0\n1 1\n0.5 0.2", "0,0;1,1",
)  # fmt: skip
LISTS = (
    "6, 7", "1", "3 3", "24-24", "9 11", "1 1 1 1", "40, 40", "0", "-1", "6,,7", "1:2:3", "1, 2, 5", "0.1..0.5", "a b",
)  # fmt: skip
HOME = Path(__file__).resolve().parents[2]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1 L8 2 Q5 9 1 8 Z"/></svg>'
LEARNERS = (
    "endless_loop", "leaves_at_once", "syntax_error", "missing_two", "loop_over_points", "prints_and_plots",
    "course_style", "other_exceptions", "three_mistakes_in_three_functions", "wrong_sign",
)  # fmt: skip


def value(chance: Random, field: QWidget) -> str:
    """Something to type into a field: what is allowed, what just is or is not, and what nobody would type."""
    kind = chance.choices(("number", "bound", ODD, FORMULAS, LISTS), (5, 3, 3, 1, 2))[0]
    if kind == "number":
        return f"{chance.choice((chance.randrange(1, 60), chance.random() * 3, 10 ** chance.uniform(-4, 3))):.3g}"
    if kind == "bound":
        bounds, setting = (0.0, 1.0), SETTINGS.get(field.objectName().rpartition(".")[2])
        if isinstance(field, (QSpinBox, QDoubleSpinBox)):
            bounds = field.minimum(), field.maximum()
        elif setting:
            bounds = setting.low, min(setting.high, setting.window_high)
        return f"{chance.choice(bounds) + chance.choice((0, 0, 0, 1, -1, 1e-9)):.12g}"
    return chance.choice(kind)


@cache
def good() -> dict[str, bytes]:
    """Files that are in order, by their names."""
    bigger = Project(trained(replace(TINY, hidden=(4, 3), points=30), 3_000).record(goal=10_000), name="bigger")
    found = {"tiny.curvegui": encode(tiny_project()), "bigger.curvegui": encode(bigger), "drawing.svg": SVG}
    found["table.csv"] = b"x,y\n" + b"".join(b"%.3f,%.3f\n" % (n / 9, (n * 7 % 10) / 9) for n in range(10))
    found["line.txt"] = line_of(tiny_project()).encode()
    found |= {name: case.data for name, case in cases().items() if Path(name).stem in LEARNERS or "notebook" in name}
    paths = [*HOME.glob("resources/lessons/*.md"), *sorted(HOME.glob("docs/images/*.png"))[:2]]
    return found | {path.name: path.read_bytes() for path in sorted(paths)}


def some_file(chance: Random, folder: Path) -> Path:
    """A file, made now: a good one, one of these damaged, or one that would do harm, which takes long to make."""
    kind, name = chance.choices(("good", "damaged", "hostile"), (4, 3, 2))[0], chance.choice(sorted(good()))
    if kind == "hostile":
        name, make = chance.choice(sorted(corpus().items()))
        path = folder.parent / f"{crc32(name.encode())}.curvegui"
        if not path.exists():
            path.write_bytes(make())
        return path
    content = good()[name] if kind == "good" else mutated(chance, [good()[name]])
    path = folder / (name if kind == "good" else f"damaged {name}")
    path.write_bytes(content)
    return path
