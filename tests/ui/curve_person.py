"""What a person does with the dialog for curves: looks at what is offered, learns it or thinks better of it."""

from PySide6.QtWidgets import QLineEdit

from curvegui.ui.curve_dialog.dialog import CurveDialog, CurvePreview
from tests.ui.document_person import dialog


def curve_dialog(person):
    """Wait for the dialog."""
    return dialog(person, "curve", CurveDialog)


def part(person, name):
    """A control of the dialog."""
    found = curve_dialog(person).findChildren(object, name)
    assert len(found) == 1, f"{len(found)} are called {name}"
    return found[0]


def facts(person):
    """What is said of the curve."""
    return part(person, "curve.facts").text()


def offered(person):
    """Wait for a curve to be offered; its target."""
    person.wait_until(lambda: part(person, "curve.learn").isEnabled() and shown(person) is not None)
    return shown(person)


def shown(person):
    """The training points that the preview shows."""
    preview: CurvePreview = part(person, "curve.preview")
    return preview.target


def refused(person):
    """Wait for a sentence that says why there is no curve."""
    label = part(person, "curve.facts")
    person.wait_until(lambda: label.property("error") and label.text())
    assert not part(person, "curve.learn").isEnabled()
    return label.text()


def type_into(person, name, text):
    """Put a text into a line of the dialog, as typing does."""
    line: QLineEdit = part(person, name)
    line.setFocus()
    line.selectAll()
    line.insert(text)


def learn_it(person):
    """Press the button, and wait for the run with the new curve."""
    offered(person)
    part(person, "curve.learn").click()
    person.wait_until(lambda: not person.window.findChildren(CurveDialog))
    person.wait_until(lambda: person.session.snapshot)


def cancel(person):
    """Think better of it."""
    part(person, "curve.cancel").click()
    person.wait_until(lambda: not person.window.findChildren(CurveDialog))
