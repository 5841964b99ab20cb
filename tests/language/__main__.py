"""Catalogues:  python -m tests.language --write | --check de | --merge de

``--write`` makes the template anew, ``--check`` says what is wrong with a language's catalogue, and ``--merge`` brings
it up to date with the template: new texts are empty, those that are gone go, and all others stay.
"""

import sys

from tests.language.catalogues import FOLDER, TEMPLATE, faults, merged, template


def main(words: list[str]) -> int:
    """Carry out one of these; the exit status."""
    match words:
        case ["--write"]:
            FOLDER.mkdir(exist_ok=True)
            TEMPLATE.write_text(template(), encoding="utf-8")
            return 0
        case ["--check", code]:
            found = sorted(faults(FOLDER / code / "curvegui.po"), key=lambda each: int(each.partition(":")[0]))
            print("\n".join(found) or f"{code}: every text is translated.")
            return 1 if found else 0
        case ["--merge", code]:
            path = FOLDER / code / "curvegui.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            old = path if path.exists() else TEMPLATE
            path.write_text(merged(old.read_text(encoding="utf-8"), code), encoding="utf-8")
            return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
