"""Pictures of the network, the mathematics and the cost: as they are shown, sharp at any size."""

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from curvegui.ui.picture.part import SCALE, PartDialog
from tests.ui.person import menu_at

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True
)  # offscreen


def dialog_of(person, part):
    person.choose(f"picture.{part}")
    person.wait_until(lambda: any(each.isVisible() for each in person.window.findChildren(PartDialog)))
    (dialog,) = [each for each in person.window.findChildren(PartDialog) if each.isVisible()]
    return dialog


def save(person, dialog, path):
    box = dialog.findChild(object, "part.format")
    box.setCurrentIndex(box.findData(path.suffix[1:]))
    with person.qtbot.waitSignal(dialog.saved):
        dialog.save(path)


@pytest.mark.slow
def test_each_part_is_saved_as_strokes_and_as_pixels_and_copied(person, tmp_path):
    person.learn(50)
    for part, widget in (("network", "network.diagram"), ("maths", "maths.equation"), ("cost", "timeline")):
        dialog = dialog_of(person, part)
        assert person.shows(widget)  # its panel is open now
        drawing, pixels = tmp_path / f"{part}.svg", tmp_path / f"{part}.png"
        save(person, dialog, drawing)
        text = drawing.read_text()
        assert text.count("<path") + text.count("<polyline") > 5
        assert "<image" not in text
        save(person, dialog_of(person, part), pixels)
        saved = QImage(str(pixels))
        assert saved.width() >= SCALE * person.find(widget).width()
        QGuiApplication.clipboard().clear()
        person.choose(f"picture.copy_{part}")
        person.wait_until(lambda: not QGuiApplication.clipboard().image().isNull())
        copied = QGuiApplication.clipboard().image()
        assert abs(copied.width() - saved.width()) <= 2 * SCALE * 20
    view = person.find("timeline").viewport()
    menu = menu_at(view, view.rect().center())
    assert {"context.picture.cost", "context.picture.copy_cost"} <= {each.objectName() for each in menu.actions()}
    menu.close()
    panel = person.window.features["study"].panel("maths")
    menu = menu_at(panel, panel.rect().center())
    assert "action.picture.maths" in {each.objectName() for each in menu.actions()}
    menu.close()
    assert QApplication.activePopupWidget() is None


def test_what_cannot_be_written_is_said_and_a_hidden_plot_is_not_pictured(person, tmp_path):
    dialog = dialog_of(person, "cost")
    dialog.save(tmp_path / "not there" / "cost.png")
    person.wait_until(lambda: dialog.findChild(object, "part.message").isVisible())
    assert "cost.png" in dialog.findChild(object, "part.message").text()
    dialog.reject()
    person.choose("view.watch")
    person.choose("picture.copy_cost")
    assert "not shown" in person.window.toast.words
