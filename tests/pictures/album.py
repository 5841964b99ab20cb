"""Where pictures are kept while they are painted: a file for each, and beside it the words that it does not show."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMenu, QWidget

SWIFTLY = 90  # a quality that makes PNG files larger, and writes them several times faster


class Album:
    """The pictures of one scene.

    ``folder``: where they go; made when the first one comes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.count = 0

    def add(self, name: str, image: QImage, words: str, faults: Sequence[str] = ()) -> None:
        """Keep a picture, and beside it what has no room in it.

        Raises ``ValueError`` if there is one of that name already.
        """
        path = self._folder / f"{name}.png"
        if path.exists():
            raise ValueError(f"There are two pictures “{name}”")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(path), quality=SWIFTLY):
            raise OSError(f"{path} cannot be written")
        path.with_suffix(".txt").write_text(words, encoding="utf-8")
        if faults:
            path.with_suffix(".faults").write_text("".join(f"{each}\n" for each in faults), encoding="utf-8")
        self.count += 1


def words_in(widget: QWidget) -> str:
    """What a picture of a widget does not show and a person meets all the same: titles, tooltips, what is read out.

    The lines are sorted: in which order widgets have been made is nobody's business.
    """
    behind = [dock for dock in widget.findChildren(QDockWidget) if dock.visibleRegion().isEmpty()]
    parts = [part for part in widget.findChildren(QWidget) if part.isVisibleTo(widget)]
    seen = [part for part in parts if not any(dock.isAncestorOf(part) for dock in behind)]
    lines = {line for part in (widget, *seen) for line in _lines(part)}
    return "".join(f"{line}\n" for line in sorted(lines))


def _lines(part: QWidget) -> list[str]:
    facts = {
        "title": part.windowTitle() if part.isWindow() else "",
        "tooltip": part.toolTip(),
        "name": part.accessibleName(),
        "description": part.accessibleDescription(),
        "what's this": part.whatsThis(),
    }
    lines = [_line(part.objectName(), kind, words) for kind, words in facts.items() if words]
    if isinstance(part, QMenu):
        lines += [_line(action.objectName(), "action", _action_words(action)) for action in part.actions()]
    elif isinstance(part, QAbstractButton) and not part.isEnabled():
        lines.append(_line(part.objectName(), "button", "disabled"))
    return lines


def _line(name: str, kind: str, words: str) -> str:
    return f"{name} | {kind} | {words}".replace("\n", " ⏎ ")


def _action_words(action: QAction) -> str:
    keys = ", ".join(each.toString() for each in action.shortcuts())
    state = [word for word, holds in (("disabled", not action.isEnabled()), ("checked", action.isChecked())) if holds]
    return " | ".join(filter(None, (action.text(), keys, action.toolTip(), *state)))
