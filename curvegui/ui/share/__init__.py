"""Share: a moment or a run as a picture, poster, video, sound, data, code, text or page. Read dialog.py first."""

from curvegui.core.language.text import mark
from curvegui.ui.actions.feature import ActionRecord, Feature, Key

GUIDE = "Exporting"
_PARTS = (  # the panel, and its two actions
    ("network", mark("Save picture of &network…"), mark("Copy picture of n&etwork")),
    ("maths", mark("Save picture of &mathematics…"), mark("Copy picture of m&athematics")),
    ("cost", mark("Save picture of &cost…"), mark("Copy picture of c&ost")),
)


def _opens(id_: str, kind: str, text: str, tip: str, *keys: Key | str) -> ActionRecord:
    """An action that opens Share at a kind; menus have one entry for all kinds."""
    return ActionRecord(id_, "/&Share", text, tip, "open", (kind,), keys=keys)


SHARE = Feature(
    "share",
    "curvegui.ui.share.actions:ShareActions",
    needs=("documents", "study", "hearing"),
    actions=(
        ActionRecord("share.open", "File", "S&hare…",
                     "Save, copy or print what is shown: as a picture, a poster, a video, a sound, data, code or text",
                     "open", icon="share", short="Share", separated=True),
        _opens("picture.save", "picture", mark("Save &picture…"),
               mark("Save the current fit as PNG, SVG or PDF"), "Ctrl+E"),
        _opens("poster.save", "poster", mark("Save post&er or card…"),
               mark("Save the whole run as one long exposure, to print, or a card to post in a forum")),
        _opens("film.save", "film", mark("Save v&ideo…"), mark("Save how the network learned, as GIF, WebP or MP4"),
               "Ctrl+Shift+E"),
        _opens("hear.save", "sound", mark("&Save sound…"),
               mark("Save what you hear of the fit or the target along t as a WAV file, at the speed you listen at")),
        _opens("data.save", "data", mark("Save &data…"),
               mark("Save the weights, biases and costs as numbers or as a script")),
        _opens("code.save", "code", mark("Save as &code…"),
               mark("Save a script or a notebook that trains this run again, with NumPy or PyTorch")),
        _opens("report.print", "page", mark("Prin&t…"),
               mark("Print a page about this run: picture, cost, settings, network, and the verdicts of an exercise"),
               Key.Print),
        _opens("report.save", "page", mark("Report as PD&F…"), mark("Save the same page as a PDF")),
        *(
            ActionRecord(id_, "/&Share", words, "As it is shown now", does, given, about=(f"panel.{part}",))
            for part, saved, copied in _PARTS
            for id_, words, does, given in (
                (f"picture.{part}", saved, "open", ("panel", part)),
                (f"picture.copy_{part}", copied, "copy_part", (part,)),
            )
        ),
        ActionRecord("picture.copy", "Edit", "&Copy picture", "Copy a picture of the current fit to the clipboard",
                     "copy", keys=(Key.Copy,), icon="copy", separated=True),
        ActionRecord("run.copy_text", "Edit", "Copy as &text", "Copy the current fit as one line of text",
                     "copy_text", keys=("Ctrl+Shift+C",)),
    ),
)  # fmt: skip

PASTE = Feature(
    "paste",
    "curvegui.ui.share.paste:PasteActions",
    needs=("documents", "curves"),
    actions=(
        ActionRecord("run.paste", "Edit", "&Paste",
                     "Open the run on the clipboard, or train on the curve there: a drawing, a table or a picture",
                     "paste", keys=(Key.Paste,), about=("setting.curve", "action.open")),
    ),
)  # fmt: skip
