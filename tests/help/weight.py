"""What each feature costs: the lines of its folders in the package and in the tests, as docs/why.md shows them.

``python -m tests.help.weight`` says which features have grown by more than a tenth since the page was written;
``--write`` writes the page's numbers anew.
"""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "why.md"
ROW = re.compile(
    r"^\| (?P<why>[^|]+ \| [^|]+) \| (?P<folders>`[^|]+`) \| (?P<lines>[\d,]+) \| (?P<tests>[\d,]+) \|$", re.MULTILINE
)
MOST_GROWTH = 1.1


@dataclass(frozen=True)
class Weight:
    """The lines of Python of a feature."""

    lines: int
    tests: int


def folders_in(row: re.Match[str]) -> list[str]:
    """The folders of a row of the page, as in ``core/ensemble``."""
    return re.findall(r"`([^`]+)`", row["folders"])


def lines_in(folder: Path) -> int:
    """The lines of the Python files in a folder and in the folders in it, or of a module."""
    paths = [folder.with_suffix(".py")] if folder.with_suffix(".py").is_file() else folder.rglob("*.py")
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def weight_of(folders: list[str]) -> Weight:
    """What some folders cost together."""
    return Weight(*(sum(lines_in(ROOT / floor / each) for each in folders) for floor in ("curvegui", "tests")))


def rows() -> list[re.Match[str]]:
    """The rows of the page's table."""
    return list(ROW.finditer(PAGE.read_text(encoding="utf-8")))


def write() -> None:
    """Write the numbers of today into the page."""

    def renewed(row: re.Match[str]) -> str:
        weight = weight_of(folders_in(row))
        return f"| {row['why']} | {row['folders']} | {weight.lines:,} | {weight.tests:,} |"

    PAGE.write_text(ROW.sub(renewed, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> None:
    """Tell what has grown, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the numbers of today into docs/why.md")
    if parser.parse_args().write:
        write()
    whole = weight_of([""])
    print(f"{whole.lines:,} lines in curvegui, {whole.tests:,} in tests")
    for row in rows():
        weight = weight_of(folders_in(row))
        for now, then, what in (weight.lines, row["lines"], "curvegui"), (weight.tests, row["tests"], "tests"):
            before = int(then.replace(",", ""))
            if now > MOST_GROWTH * before:
                print(f"grown by more than a tenth in {what}: {row['why'].split(' | ')[0]}, {before:,} -> {now:,}")


if __name__ == "__main__":
    main()
