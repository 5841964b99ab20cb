"""Reads all that a screen reader can see, in each view and in the dialogs, and says what is wrong with its names.

    python3 tests/reader/tree.py APP

Needs the app on a screen, and AT-SPI; ``test_reader.py`` sees to that. Ends with status 1 where something is wrong.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator

from hands import Reader, State, Thing

VIEWS = "Watch", "Understand", "Exercise", "Play"
PANELS = "Fourier", "Morph into another curve", "Favourites", "Valley"
DIALOGS = {  # what opens them, by the name of its entry, and what closes them
    "Preferences…": "Close",
    "Share…": "Close",
    "Compare…": "Close",
    "Challenges…": "Close",
    "Experiments…": "Close",
    "Text…": "Cancel",
    "Formula…": "Cancel",
}
ITEMS = {
    "list item",
    "table cell",
    "tree item",
    "page tab",
    "column header",
    "row header",
}  # data may be the same twice


def faults(root: Thing) -> Iterator[str]:
    """What is wrong below a thing, in sentences."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for each in root.walk():
        role, takes_focus = each.role, each.has(State.FOCUSABLE)
        if role == "page tab list" and all(child.role != role[:-5] for child in each.children):
            continue  # Qt keeps one outside of the window, for panels that will share a place
        name = each.label if role == "combo box" else each.name
        if takes_focus and not name.strip():
            yield f"a focusable {role} without a name, in {each.place}, which says “{each.name}”, {each.description}"
        if re.search(rf"\b{re.escape(role)}\b", name, re.IGNORECASE):
            yield f"{role} “{name}” has its role in its name, in {each.place}"
        if takes_focus and name and role not in ITEMS:
            seen[each.place, role, name] += 1
    yield from (f"{count} times {role} “{name}” in {where}" for (where, role, name), count in seen.items() if count > 1)


def main(app: str) -> int:
    """Look at everything; return the exit status."""
    reader = Reader(app)
    reader.find("Pause", "button").press()  # the processor is wanted for other things
    wrong = 0
    for view in (*VIEWS, *PANELS):
        reader.choose(view)
        reader.settle()
        wrong += told(view, reader.app)
    for entry, closer in DIALOGS.items():
        reader.choose(entry)
        dialog = reader.wait_for_dialog()
        name = dialog.name
        reader.settle()
        wrong += told(entry, dialog)
        reader.find_in(dialog, closer, "button").press()
        reader.wait_for_end_of(name)
    return 1 if wrong else 0


def told(where: str, root: Thing) -> int:
    """How much is wrong below a thing; it is said, too."""
    wrong = list(faults(root))
    print(f"{where}: {len(wrong) or 'nothing'} wrong", *wrong, sep="\n  ", flush=True)
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
