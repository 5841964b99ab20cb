"""What takes a run away: pictures, films, data, points; and Qt's own dialogs for files."""

from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from scene import LEARNT, Scene
from visitor import Visitor


def picture(visitor: Visitor) -> None:
    """The dialog that saves a picture: each format, without some of it, and copied."""

    def act(dialog: QWidget) -> None:
        box = visitor.find_a(QComboBox, "picture.format", dialog)
        for index in range(box.count()):
            visitor.pick("picture.format", box.itemText(index))
            visitor.see(box.itemText(index).lower(), dialog)
        visitor.pick("picture.look", "Light")
        for name in ("trail", "axes", "caption"):
            visitor.click(f"picture.{name}")
        visitor.see("other", dialog)
        visitor.pick("picture.format", "PNG")
        visitor.click("picture.copy")
        visitor.see("copied", dialog)
        _choose_file(visitor, dialog)

    visitor.while_chosen("picture.save", act)


def poster(visitor: Visitor) -> None:
    """The dialog that saves a poster or a card: each layout, and as ink on paper."""

    def act(dialog: QWidget) -> None:
        for key in ("layout", "palette", "paper", "ending"):
            box = visitor.find_a(QComboBox, f"poster.{key}", dialog)
            for index in range(1, box.count()):
                visitor.pick(f"poster.{key}", box.itemText(index))
                visitor.see(f"{key}-{index}", dialog)
        for name in ("target", "fit"):
            visitor.click(f"poster.{name}")
        visitor.see("other", dialog)

    visitor.while_chosen("poster.save", act)


def _choose_file(visitor: Visitor, dialog: QWidget) -> None:
    """Take a picture of the dialog in which the file is chosen."""
    save = visitor.find(f"{dialog.objectName()}.save", inside=dialog)
    visitor.while_open(lambda: visitor.click(save), lambda chooser: visitor.see("file", chooser))


def film(visitor: Visitor) -> None:
    """The dialog that saves a film: each format, and another pace; its preview stands still with reduced motion."""
    visitor.check("view.reduced_motion")

    def act(dialog: QWidget) -> None:
        box = visitor.find_a(QComboBox, "film.format", dialog)
        for index in range(box.count()):
            visitor.pick("film.format", box.itemText(index))
            visitor.see(f"format-{index + 1}", dialog)
        visitor.pick("film.look", "Dark")
        for name in ("trail", "axes", "caption"):
            visitor.click(f"film.{name}")
        visitor.see("other", dialog)
        _choose_file(visitor, dialog)

    visitor.while_chosen("film.save", act)


def files(visitor: Visitor) -> None:
    """Every dialog in which a file is chosen; what the status bar says in passing; what a drop would do."""
    for id_ in ("file.open", "file.save_as", "data.save", "curve.import", "curve.save_points", "exercise.new",
                "exercise.open", "help.lesson"):  # fmt: skip
        visitor.see_dialog(id_.replace(".", "-"), id_)
    for name in ("heart.curvegui", "points.csv", "jacobians.py"):
        visitor.carry(visitor.home / name)
        visitor.see(f"drop-{name.replace('.', '-')}", visitor.find("drop_sign"))
    visitor.find("drop_sign").hide()
    _say(visitor)


def _say(visitor: Visitor) -> None:
    status = visitor.window.statusBar()
    for id_, part in (("run.copy_text", "clipboard"), ("picture.copy", "Copied"), ("favourite.keep", "favourite")):
        visitor.choose(id_)
        visitor.wait_for_message(part)
        visitor.see(id_.replace(".", "-"), status)
    QApplication.clipboard().setText("This is no run.")
    visitor.see_dialog("paste", "run.paste")


SAVING = (
    Scene("picture", picture, LEARNT),
    Scene("poster", poster, LEARNT),
    Scene("film", film, LEARNT),
    Scene("files", files),
)
