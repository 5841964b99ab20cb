"""The tree in docs/architecture.md: a line for each folder, with the sentence that its ``__init__.py`` begins with.

``python -m tests.help.house_tree`` writes it anew; a test compares.
"""

import ast
import re
from pathlib import Path

import curvegui

PACKAGE = Path(curvegui.__file__).parent
PAGE = PACKAGE.parent / "docs" / "architecture.md"
BLOCK = re.compile(r"(?<=<!-- tree -->\n```\n).*?(?=```)", re.DOTALL)
READING = re.compile(r"[.;] (?:begin|read)\b", re.IGNORECASE)  # which file to read first, for those who are there
FLOORS = ("core", "files", "exercise", "sweeps", "figure", "session", "ui", "cli", "notebook")


def tree() -> str:
    """The floors from below, and the features in each."""
    return "".join(f"{_line(folder)}\n" for floor in FLOORS for folder in _folders(PACKAGE / floor))


def _folders(floor: Path) -> list[Path]:
    return [floor, *sorted(path.parent for path in floor.glob("*/__init__.py"))]


def _line(folder: Path) -> str:
    names = folder.relative_to(PACKAGE).parts
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    sentence = READING.split(" ".join(docstring.split("\n\n")[0].split()))[0].rstrip(".")
    return f"{'  ' * (len(names) - 1)}{names[-1]:<{20 - 2 * len(names)}}{sentence}"


def main() -> None:
    """Write the tree into the page."""
    PAGE.write_text(BLOCK.sub(lambda _: tree(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
