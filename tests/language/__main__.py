"""The template of all texts, and the catalogues of the languages: what is asked for is done in this order."""

import argparse
import sys
from pathlib import Path

from tests.language.catalogues import FOLDER, TEMPLATE, faults, merged, template


def main(words: list[str]) -> int:
    """Carry out what is asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.language", description=__doc__)
    parser.add_argument("--write", action="store_true", help="make the template anew")
    merge = "bring catalogues up to date, or begin one: new texts are empty, those that are gone go, all others stay"
    parser.add_argument("--merge", nargs="*", metavar="CODE", help=f"{merge}; all where none is named")
    check = "say what is missing or wrong in catalogues; all where none is named"
    parser.add_argument("--check", nargs="*", metavar="CODE", help=check)
    asked = parser.parse_args(words)
    if words == []:
        parser.error("nothing to do")
    if asked.write:
        FOLDER.mkdir(exist_ok=True)
        TEMPLATE.write_text(template(), encoding="utf-8")
    for path in _catalogues(asked.merge):
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path if path.exists() else TEMPLATE
        path.write_text(merged(old.read_text(encoding="utf-8"), path.parent.name), encoding="utf-8")
    return max([_checked(path) for path in _catalogues(asked.check)], default=0)


def _catalogues(codes: list[str] | None) -> list[Path]:
    if codes is None:
        return []
    return [FOLDER / code / "curvegui.po" for code in codes] or sorted(FOLDER.glob("*/curvegui.po"))


def _checked(path: Path) -> int:
    found = sorted(faults(path), key=lambda each: int(each.partition(":")[0]))
    name = path.parent.name
    print("\n".join(f"{name}:{each}" for each in found) or f"{name}: every text is translated.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
