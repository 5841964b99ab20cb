"""Runs as files: new, open, save, close, and the copies that a crash leaves behind. Read actions.py first."""

from curvegui.ui.actions.feature import ActionRecord, Feature, Key

GUIDE = "Projects"

FEATURE = Feature(
    "documents",
    "curvegui.ui.documents.actions:DocumentActions",
    starts=True,
    actions=(
        ActionRecord("file.new", "File", "&New", "Start an untitled run with the default settings", "new",
                     keys=(Key.New,)),
        ActionRecord("file.open", "File", "&Open…", "Open a saved run", "choose", keys=(Key.Open,),
                     about=("action.open",)),
        ActionRecord("file.clear_recent", "File/Open &recent", "&Clear list", "Clear the list of recent files",
                     "clear_recent", separated=True, about=("action.open",)),
        ActionRecord("file.save", "File", "&Save", "Save the run to its file", "save", keys=(Key.Save,),
                     separated=True),
        ActionRecord("file.save_as", "File", "Save &as…", "Save the run to another file", "save_as",
                     keys=(Key.SaveAs, "Ctrl+Shift+S")),
        ActionRecord("file.revert", "File", "Re&vert…", "Go back to the saved run", "revert"),
    ),
)  # fmt: skip
