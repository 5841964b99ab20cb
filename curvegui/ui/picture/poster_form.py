"""What can be chosen about a poster, kept for the next one, and its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.formats import PictureFormat, formats, spelled
from curvegui.figure.picture.surfaces import DPI
from curvegui.figure.poster.layouts import LAYOUTS, layout_of
from curvegui.figure.poster.palettes import PALETTES, PAPERS, PosterPalette
from curvegui.figure.poster.poster import PRINT_SCALE, PosterStyle
from curvegui.files.project.in_picture import CARRIERS
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values
from curvegui.ui.look.tips import named, wrapped
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox

BOXES = {
    "target": (mark("T&arget"), mark("The curve that the network is to draw, as a dashed line")),
    "fit": (mark("F&it"), mark("The network's latest curve, as a line")),
    "caption": (mark("&Caption"), mark("The curve's name, the network and the settings")),
    "contain_run": (
        mark("Include the &run (can be reopened)"),
        mark("Drop the picture on the window to reopen the run."),
    ),
}
SCALES = (1, 2, 4)


@dataclass(frozen=True)
class PosterChoices(PosterStyle):
    """How it looks, its format and its size, and whether the file contains the run."""

    ending: str = "png"
    scale: int = 2
    contain_run: bool = True

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "PosterChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        default = cls()
        made = cls(**kept_values(text, default))
        known = made.layout in LAYOUTS and made.palette in PALETTES and made.paper in PAPERS
        return made if known and made.ending in formats(PictureFormat) and made.scale in SCALES else default


class PosterForm(QWidget):
    """Editors of a poster's choices."""

    changed = Signal()

    def __init__(self, choices: PosterChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layouts = {key: tr(each.label) for key, each in LAYOUTS.items()}
        self._boxes = {
            "layout": _box(layouts, choices.layout),
            "palette": _box({key: _palette_words(each) for key, each in PALETTES.items()}, choices.palette),
            "paper": _box({key: tr(each.label) for key, each in PAPERS.items()}, choices.paper),
            "ending": _box({key: each.label for key, each in formats(PictureFormat).items()}, choices.ending),
            "scale": _box({scale: f"{scale} ×" for scale in SCALES}, choices.scale),
        }
        self._checks = {key: CheckBox(tr(words)) for key, (words, _) in BOXES.items()}
        self._size = QLabel()
        self._size.setProperty("muted", True)
        self._wants_run, self._has_line = choices.contain_run, True
        self._lay_out(choices)
        for box in self._boxes.values():
            box.currentIndexChanged.connect(self.refresh)
        for key, check in self._checks.items():
            check.clicked.connect(self._note_wish if key == "contain_run" else self.refresh)
        self.refresh()

    def _lay_out(self, choices: PosterChoices) -> None:
        form = Form(self)
        labels = {
            "layout": tr("&Paper size"),
            "palette": tr("Co&lours"),
            "paper": tr("&Drawn as"),
            "ending": tr("&Format"),
            "scale": tr("Scal&e"),
        }
        for key, label in labels.items():
            named(self._boxes[key], f"poster.{key}", label.replace("&", ""))
            form.add(label, self._boxes[key])
        form.add_field(self._size)
        for key, (_, tip) in BOXES.items():
            check = named(self._checks[key], f"poster.{key}", tip=tr(tip))
            check.setChecked(getattr(choices, key))
            form.add_field(check)

    @property
    def choices(self) -> PosterChoices:
        """What is chosen now."""
        chosen = {key: box.currentData() for key, box in self._boxes.items()}
        chosen |= {key: self._checks[key].isChecked() for key in ("target", "fit", "caption")}
        return PosterChoices(**chosen, contain_run=self._wants_run)

    @property
    def will_contain_run(self) -> bool:
        """Whether the picture is to contain the run, and can."""
        return self._wants_run and self.choices.ending in CARRIERS

    @Slot()
    def refresh(self) -> None:
        """Say how large it will be, and what goes with the format."""
        choices = self.choices
        layout, has_pixels = LAYOUTS[choices.layout], formats(PictureFormat)[choices.ending].has_pixels
        self._boxes["scale"].setEnabled(has_pixels)
        self._size.setText(self._size_words(choices))
        with QSignalBlocker(self._checks["caption"]):
            self._checks["caption"].setEnabled(not layout.has_line)
            self._checks["caption"].setChecked(choices.caption)
        check, can = self._checks["contain_run"], choices.ending in CARRIERS
        check.setEnabled(can)
        check.setChecked(self._wants_run and can)
        obstacle = tr("{format} files cannot hold a run", format=spelled(choices.ending))
        check.setToolTip(wrapped(tr(BOXES["contain_run"][1]) if can else obstacle))
        self.changed.emit()

    def know_line(self, has_line: bool) -> None:
        """Know whether a card has a line of text, for its size."""
        self._has_line = has_line
        if LAYOUTS[self.choices.layout].has_line:
            self.refresh()

    def _size_words(self, choices: PosterChoices) -> str:
        layout = layout_of(choices.layout, self._has_line)
        if formats(PictureFormat)[choices.ending].has_pixels:
            width, height = layout.width * choices.scale, layout.height * choices.scale
            return tr("{width:,} × {height:,} pixels", width=width, height=height)
        if choices.ending == "svg":
            return tr("Sharp at any size; each part is a layer")
        return tr("The trail with {dots} dots per inch, the rest sharp at any size", dots=round(DPI * PRINT_SCALE))

    @Slot(bool)
    def _note_wish(self, wanted: bool) -> None:
        self._wants_run = wanted
        self.changed.emit()


def _box(choices: Mapping[Any, str], chosen: Any) -> QComboBox:
    box = ScrolledComboBox()
    for value, words in choices.items():
        box.addItem(words, value)
    box.setCurrentIndex(box.findData(chosen))
    return box


def _palette_words(palette: PosterPalette) -> str:
    return (
        tr(palette.label) if palette.is_safe else tr("{palette} (not for colour-blind eyes)", palette=tr(palette.label))
    )
