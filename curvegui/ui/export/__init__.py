"""Exporting a run as a picture, a film, text or data, and pasting a run. Read pictures.py first."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import ActionRecord, Feature, Key

GUIDE = "Exporting"
_PARTS = (  # the panel, and its two actions
    ("network", mark("Save picture of &network…"), mark("Copy picture of n&etwork")),
    ("maths", mark("Save picture of &mathematics…"), mark("Copy picture of m&athematics")),
    ("cost", mark("Save picture of &cost…"), mark("Copy picture of c&ost")),
)

PICTURES = Feature(
    "pictures",
    "curvegui.ui.export.pictures:PictureActions",
    needs=("documents", "study"),
    actions=(
        ActionRecord("picture.save", "File", "Save &picture…", "Save the current fit as PNG, SVG or PDF", "save",
                     keys=("Ctrl+E",), icon="share", short="Share", separated=True),
        ActionRecord("poster.save", "File", "Save post&er or card…",
                     "Save the whole run as one long exposure, to print, or a card to post in a forum", "save_poster"),
        *(
            ActionRecord(f"picture.{id_}", "File/Pict&ure of a panel", words, "As it is shown now", does, (part,),
                         about=(f"panel.{part}",))
            for part, saved, copied in _PARTS
            for id_, words, does in (
                (part, saved, "save_part"),
                (f"copy_{part}", copied, "copy_part"),
            )
        ),
        ActionRecord("film.save", "File", "Save v&ideo…", "Save how the network learned, as GIF, WebP or MP4",
                     "save_film", keys=("Ctrl+Shift+E",)),
        ActionRecord("picture.copy", "Edit", "&Copy picture", "Copy a picture of the current fit to the clipboard",
                     "copy", keys=(Key.Copy,), icon="copy", separated=True),
    ),
)  # fmt: skip

EXPORT = Feature(
    "export",
    "curvegui.ui.export.clipboard:ExportActions",
    needs=("documents", "curves"),
    actions=(
        ActionRecord("data.save", "File", "Save &data…",
                     "Save the weights, biases and costs as numbers or as a script", "save_data"),
        ActionRecord("code.save", "File", "Save as &code…",
                     "Save a script or a notebook that trains this run again, with NumPy or PyTorch", "save_code"),
        ActionRecord("run.copy_text", "Edit", "Copy as &text", "Copy the current fit as one line of text",
                     "copy_text", keys=("Ctrl+Shift+C",)),
        ActionRecord("run.paste", "Edit", "&Paste",
                     "Open the run on the clipboard, or train on the curve there: a drawing, a table or a picture",
                     "paste", keys=(Key.Paste,), about=("setting.curve", "action.open")),
    ),
)  # fmt: skip
