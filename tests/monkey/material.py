"""The files that the monkey opens, drops and pastes: good ones, damaged ones, and some that are made to do harm."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from curvegui.files.project.text_line import line_of
from tests.files.hostile import corpus
from tests.files.projects import TINY, Project, encode, tiny_project, trained
from tests.fuzz.driver import mutated

HOME = Path(__file__).resolve().parents[2]
TABLE = b"x,y\n" + b"".join(b"%.3f,%.3f\n" % (n / 9, (n * 7 % 10) / 9) for n in range(10))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1 L8 2 Q5 9 1 8 Z"/></svg>'
LEARNERS = (
    "expected",
    "endless_loop",
    "leaves_at_once",
    "syntax_error",
    "missing_two",
    "loop_over_points",
    "prints_and_plots",
)
LEARNERS += "course_style", "other_exceptions", "three_mistakes_in_three_functions", "wrong_sign"  # type: ignore[assignment]


@cache
def good() -> dict[str, bytes]:
    """Files that are in order, by their names."""
    bigger = Project(trained(replace(TINY, hidden=(4, 3), points=30), 3_000).record(goal=10_000), name="bigger")
    found = {
        "tiny.curvegui": encode(tiny_project()),
        "bigger.curvegui": encode(bigger),
        "table.csv": TABLE,
        "drawing.svg": SVG,
    }
    found["line.txt"] = line_of(tiny_project()).encode()
    places = [HOME / f"tests/exercise/learners/{name}.py" for name in LEARNERS]
    places += [*HOME.glob("tests/exercise/learners/notebook_*.ipynb"), *HOME.glob("resources/lessons/*.md")]
    places += sorted(HOME.glob("docs/images/*.png"))[:2]
    return found | {path.name: path.read_bytes() for path in sorted(places) if path.exists()}


def names(ending: str = "") -> list[str]:
    """Of those that are in order, with an ending."""
    return sorted(name for name in good() if name.endswith(ending))


def some_file(chance: Random, folder: Path) -> Path:
    """A file, made now: a good one, one of these damaged, or one that would do harm."""
    kind, name = chance.choices(("good", "damaged", "hostile"), (4, 3, 2))[0], chance.choice(names())
    if kind == "good":
        content = good()[name]
    elif kind == "damaged":
        content, name = mutated(chance, [good()[name]]), f"damaged {name}"
    else:
        name, make = chance.choice(sorted(corpus().items()))
        content, name = make(), f"{abs(hash_of(name))}.curvegui"
    path = folder / name
    path.write_bytes(content)
    return path


def hash_of(name: str) -> int:
    """A number for a name, the same in each process."""
    return sum(place * ord(letter) for place, letter in enumerate(name, 1))
