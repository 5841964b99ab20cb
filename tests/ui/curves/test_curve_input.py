"""Files, pastes and drops that become curves: a table, a drawing, a picture; what is wrong with them is said."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog

from curvegui.__main__ import main as command
from curvegui.core.curve.curve import Curve
from curvegui.core.presets.presets import PRESETS
from curvegui.ui.curve_dialog.dialog import CurveDialog
from tests.ui.curve_person import cancel, curve_dialog, facts, learn_it, offered, part, refused, shown
from tests.ui.document_person import choose_file, is_asked, mime, trouble
from tests.ui.person import Key, Modifier

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">
<path d="M1 1H9V9Z"/><path d="M12 12H19V19Z"/></svg>"""
TABLE = "x;y\n0;0\n1;2,5\noops;3\n2;0\n3;1,5\n"
PATH = "M 0 0 L 10 0 L 10 10"


def fish(path):
    """A drawing with two outlines."""
    path.write_text(DRAWING)
    return path


def blot(path=None):
    """A picture of a black square on white."""
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(20, 10, 30, 30, Qt.GlobalColor.black)
    painter.end()
    if path is not None:
        assert image.save(str(path))
    return image


def paste(person, found):
    """Put something on the clipboard, and press the keys."""
    QGuiApplication.clipboard().setMimeData(found)
    person.window.activateWindow()  # as a window manager does when a dialog has gone
    person.wait_until(person.window.isActiveWindow)
    person.tab_to("canvas")
    person.press(Key.Key_V, modifiers=Modifier.ControlModifier)


def text(words):
    """A text on its way."""
    data = QMimeData()
    data.setText(words)
    return data


# Files


@pytest.mark.slow
def test_a_drawing_is_opened_and_one_of_its_outlines_is_not_learnt(person, tmp_path):
    person.choose("curve.import")
    choose_file(person, "open_curve", fish(tmp_path / "fish.svg"))
    offered(person)
    assert facts(person).startswith("2 outlines joined by 1 jump, ")
    outlines = part(person, "outlines.parts")
    assert outlines.count() == 2
    outlines.item(1).setCheckState(Qt.CheckState.Unchecked)
    person.wait_until(lambda: not facts(person).startswith("2 outlines") and shown(person))
    QTest.keyClick(curve_dialog(person), Key.Key_Return)
    person.wait_until(lambda: isinstance(person.session.config.curve, Curve))
    curve = person.session.config.curve
    assert (curve.name, curve.closed) == ("fish", True)
    x, y = curve.units.to_person(curve.points)
    assert (x.min(), x.max(), y.min(), y.max()) == pytest.approx((1, 9, 1, 9))


def test_outlines_are_ticked_pointed_at_and_put_in_the_order_of_a_hand(person, tmp_path):
    person.window.features["curves"].take_file(str(fish(tmp_path / "fish.svg")))
    offered(person)
    part(person, "outlines.none").click()
    person.wait_until(lambda: facts(person).startswith("Tick"))
    assert not part(person, "curve.learn").isEnabled()
    part(person, "outlines.all").click()
    person.wait_until(lambda: facts(person).startswith("2 outlines"))

    pointed = []
    outlines = part(person, "outlines.parts")
    dialog = curve_dialog(person)
    dialog._source.pointed.connect(pointed.append)
    outlines.setCurrentRow(1)
    assert pointed[-1].min() == 12

    labels = [outlines.item(row).text() for row in range(2)]
    outlines.setCurrentRow(1)
    for key in (Key.Key_Down, Key.Key_Up, Key.Key_Up):  # the last of them and the first one stay where they are
        QTest.keyClick(outlines, key, Modifier.AltModifier)
    assert [outlines.item(row).text() for row in range(2)] == labels[::-1]
    shortest = part(person, "outlines.shortest")
    assert isinstance(shortest, QCheckBox)
    assert not shortest.isChecked()
    person.wait_until(lambda: shown(person) and shown(person).points[0, 0] > 0.5)


def test_a_table_says_what_was_skipped_can_be_closed_and_swapped_and_becomes_a_curve(person, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(TABLE)
    person.window.features["curves"].take_file(str(path))
    offered(person)
    assert "line 4" in part(person, "table.skipped").toPlainText()
    rows = part(person, "table.rows")
    assert [rows.horizontalHeaderItem(column).text() for column in range(2)] == ["x", "y"]
    assert [rows.item(1, column).text() for column in range(2)] == ["1", "2.5"]
    assert not part(person, "table.own_t").isVisible()
    assert not part(person, "table.column.x").isVisible()  # of two columns, there is nothing to choose
    learn_it(person)
    curve = person.session.config.curve
    assert not curve.closed
    assert curve.units.to_person(curve.points)[1].tolist() == pytest.approx([0, 2.5, 0, 1.5])

    person.window.features["curves"].take_file(str(path))
    offered(person)
    part(person, "table.closed").setCurrentIndex(1)
    person.wait_until(lambda: shown(person) and shown(person).closed)
    part(person, "table.swapped").click()
    person.wait_until(lambda: shown(person) and np.ptp(shown(person).points[1]) > np.ptp(shown(person).points[0]))
    assert part(person, "table.rows").horizontalHeaderItem(0).text() == "x (y)"
    part(person, "table.swapped").click()
    assert part(person, "table.rows").horizontalHeaderItem(0).text() == "x"


def test_a_table_with_t_keeps_it_or_not_and_of_many_columns_others_can_be_chosen(person, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("t,x,y\n0,0,0\n0.9,1,0\n1,2,0\n")
    person.window.features["curves"].take_file(str(path))
    own = offered(person).points
    box = part(person, "table.own_t")
    assert box.isVisible()
    box.click()
    person.wait_until(lambda: shown(person) and not np.allclose(shown(person).points, own))

    cancel(person)
    path = tmp_path / "points.csv"
    path.write_text("a,b,c,d\n0,0,5,1\n1,1,6,4\n2,0,7,9\n")
    person.window.features["curves"].take_file(str(path))
    offered(person)
    boxes = {axis: part(person, f"table.column.{axis}") for axis in "xyt"}
    assert [box.currentText() for box in boxes.values()] == ["b", "c", "a"]
    assert not part(person, "table.swapped").isVisible()

    def choose(axis, name):
        boxes[axis].setCurrentText(name)
        boxes[axis].activated.emit(boxes[axis].currentIndex())
        offered(person)

    choose("x", "a")
    choose("y", "d")
    choose("t", "none")
    rows = part(person, "table.rows")
    person.wait_until(lambda: rows.columnCount() == 2 and rows.horizontalHeaderItem(1).text() == "y (d)")
    assert [box.currentText() for box in boxes.values()] == ["a", "d", "none"]
    learn_it(person)
    curve = person.session.config.curve
    assert curve.units.to_person(curve.points).ravel().tolist() == pytest.approx([0, 1, 2, 1, 4, 9])


def test_a_picture_s_outline_is_learnt(person, tmp_path):
    blot(tmp_path / "blot.png")
    person.window.features["curves"].take_file(str(tmp_path / "blot.png"))
    learn_it(person)
    curve = person.session.config.curve
    assert (curve.name, curve.closed) == ("blot", True)


def test_a_bad_file_or_none_says_why_and_nothing_has_changed(person, tmp_path):
    config = person.session.config
    bad = {"bad.csv": b"name\nhello\n", "bad.svg": b"<svg><path d=", "bad.png": b"\x89PNG junk"}
    for name, content in bad.items():
        path = tmp_path / name
        path.write_bytes(content)
        person.window.features["curves"].take_file(str(path))
        assert f"“{name}”" in refused(person)
        assert not curve_dialog(person)._source.isEnabled()  # there is nothing to choose from
        cancel(person)
        assert person.session.config is config

    person.window.features["curves"].take_file(str(tmp_path / "gone.csv"))
    assert "“gone.csv” could not be opened. There is no such file." in trouble(person)


def test_a_file_that_contains_a_run_is_opened_as_before(newcomer, tmp_path):
    for name in ("heart.png", "heart.svg", "heart.curvegui"):
        path = tmp_path / name
        assert command(["train", "--iterations", "70", "--quiet", "--save", str(path)]) == 0
        with newcomer.qtbot.waitSignal(newcomer.window.features["documents"].document.opened):
            newcomer.window.features["curves"].take_file(str(path))
        newcomer.reach(70)
        assert not newcomer.window.findChildren(CurveDialog)


def test_open_in_the_file_menu_takes_what_a_curve_can_be_made_of_too(person, tmp_path):
    for name, content in (("points.csv", TABLE), ("fish.svg", DRAWING)):
        (tmp_path / name).write_text(content)
        person.choose("file.open")
        choose_file(person, "open_run", tmp_path / name)
        offered(person)
        learn_it(person)
        assert person.session.config.curve.name == name.partition(".")[0]
        person.choose("edit.undo")


# Pasting


def test_a_text_that_describes_a_curve_is_pasted(person):
    for words, control in (
        (DRAWING, "outlines.parts"),
        (PATH, "outlines.parts"),
        (TABLE, "table.rows"),
        ("1 2\n3 4\n5 3", "table.rows"),
    ):
        paste(person, text(words))
        offered(person)
        assert part(person, control).isVisible()
        learn_it(person)
        assert person.session.config.curve.name == "pasted curve"
        person.choose("edit.undo")


def test_a_drawing_a_picture_and_a_file_are_pasted_and_what_is_neither_is_refused(person, tmp_path):
    data = QMimeData()
    data.setData("image/svg+xml", DRAWING.encode())
    paste(person, data)
    offered(person)
    cancel(person)

    paste(person, mime(str(fish(tmp_path / "fish.svg"))))
    offered(person)
    cancel(person)

    paste(person, text("Dear all, see you at 10"))
    words = trouble(person)
    assert "curvegui1:" in words
    assert "a table of points" in words

    data = QMimeData()
    data.setImageData(blot())
    paste(person, data)
    learn_it(person)
    assert person.session.config.curve.closed


# Dropping


# Saving points


def test_points_are_saved_in_their_own_units(person, tmp_path):
    (tmp_path / "points.csv").write_text("x,y\n100,7\n300,7\n300,8\n")
    person.window.features["curves"].take_file(str(tmp_path / "points.csv"))
    learn_it(person)
    for ending in ("csv", "svg"):
        save_points(person, tmp_path, ending)


def save_points(person, tmp_path, ending):
    person.choose("curve.save_points")
    path = tmp_path / f"saved.{ending}"
    files = person.window.findChild(QFileDialog, "save_points")
    files.filterSelected.emit("SVG path (*.svg)" if ending == "svg" else "Table (*.csv)")
    assert files.defaultSuffix() == ending
    files.fileSelected.emit(str(path))
    files.done(QFileDialog.DialogCode.Accepted)
    person.wait_until(lambda: person.window.toast.words == f"Saved {path}")
    saved = path.read_text()
    assert "300.0" in saved if ending == "csv" else "<path" in saved


def test_points_that_cannot_be_saved_are_told(person, tmp_path):
    person.choose("curve.save_points")
    files = person.window.findChild(QFileDialog, "save_points")
    files.fileSelected.emit(str(tmp_path / "nowhere" / "points.csv"))
    files.done(QFileDialog.DialogCode.Accepted)
    assert "points.csv" in trouble(person)
    assert person.session.config.curve == next(iter(PRESETS))
    assert not is_asked(person)
