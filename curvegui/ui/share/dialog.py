"""The dialog Share: what is shared in a preview at the left; at the right its kind, and the settings of the kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, said, tr
from curvegui.ui.actions.feature import named as loaded
from curvegui.ui.dialogs.paths import ask_path, documents_folder, pictures_folder
from curvegui.ui.dialogs.progress import PROGRESS_STEPS, message_label, progress_bar, write
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import (
    ColumnsLayout,
    button_row,
    filled,
    line_px,
    named,
    open_as_large_as,
    styled,
    wrapped,
)
from curvegui.ui.share.form import ShareForm
from curvegui.ui.share.job import ShareJob
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.widgets.scrolled import ScrollPage

LINES = 54, 37  # the dialog's width and height, in heights of a line of text
COLUMN_LINES, COLUMN_SHARE = 24, 0.6  # the width of the form, and at most of the dialog's width
WORDY_LINES = 26  # the least height of a dialog whose kinds have words below their icons
COLUMNS, BETWEEN_PX, ICON_LINES, GAP_PX = 5, 2, 1.3, 16  # of the kinds, and between the parts of the dialog
FOLDERS = {"picture_folder": pictures_folder, "report_folder": documents_folder}


@said("title")
@dataclass(frozen=True)
class ShareKind:
    """A kind of file, with the drawing of its icon and its form as "module:Class", in this folder unless it says more.
    Some need what the window shows."""

    title: str
    icon: str
    form: str
    of_window: bool = False

    def made_form(self, subject: Any, kind: str) -> ShareForm:
        form: ShareForm = loaded(self.form if "." in self.form else f"curvegui.ui.share.{self.form}")(subject, kind)
        return form


KINDS = {
    "picture": ShareKind(mark("Picture"), "picture", "pictures:PictureForm"),
    "poster": ShareKind(mark("Poster"), "poster", "pictures:PosterForm"),
    "film": ShareKind(mark("Video"), "video", "video:FilmForm"),
    "sound": ShareKind(mark("Sound"), "sound", "texts:SoundForm"),
    "data": ShareKind(mark("Data"), "data", "texts:MadeForm"),
    "code": ShareKind(mark("Code"), "code", "texts:MadeForm"),
    "text": ShareKind(mark("Text"), "text", "texts:MadeForm"),
    "panel": ShareKind(mark("Panel"), "panel", "panel_picture:PanelForm", of_window=True),
    "page": ShareKind(mark("Page"), "page", "page:PageForm", of_window=True),
}


class KindChooser(QWidget):
    """A button for each kind; arrow keys choose, too."""

    chosen = Signal(str)

    def __init__(self, kinds: Mapping[str, ShareKind]) -> None:
        super().__init__()
        self.setObjectName("share.kinds")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons = {key: self._made_button(key, kind) for key, kind in kinds.items()}
        group, columns = QButtonGroup(self), ColumnsLayout(COLUMNS, BETWEEN_PX, BETWEEN_PX, self)
        for button in self.buttons.values():
            group.addButton(button)
            columns.addWidget(button)

    def _made_button(self, key: str, kind: ShareKind) -> QToolButton:
        button = styled(named(QToolButton(), f"share.kind.{key}", kind.title, kind.title), "segment")
        button.setText(kind.title)
        button.setIcon(icon(kind.icon, "text"))
        button.setIconSize(icon_size(button, ICON_LINES))
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.toggled.connect(lambda is_chosen: self.chosen.emit(key) if is_chosen else None)
        return button

    def choose(self, key: str) -> None:
        self.buttons[key].setChecked(True)
        self.buttons[key].setFocus()

    def show_words(self, wanted: bool) -> None:
        style = Qt.ToolButtonStyle
        for button in self.buttons.values():
            button.setToolButtonStyle(style.ToolButtonTextUnderIcon if wanted else style.ToolButtonIconOnly)


class ShareDialog(Dialog):
    """Shares a subject: a `Moment`, or what else has the same ``services`` and says when it has ``arrived``. Training
    goes on behind the dialog; saving waits for what a file is made of. The dialog keeps its size while it works:
    progress is shown in the row of the buttons."""

    saved = Signal(str)  # the path
    shared = Signal(str)  # the kind of what was saved, copied or printed

    def __init__(
        self, subject: Any, kind: str, parent: QWidget, *, kinds: Mapping[str, ShareKind] = KINDS, title: str = ""
    ) -> None:
        super().__init__("share", title or tr("Share"), parent)
        subject.setParent(self)
        self._moment, self._services = subject, subject.services
        self._forms = dict[str, ShareForm]()
        self._waiting: Path | None = None  # where to save once the run has been recorded
        self._saving = dict[str, str]()  # what is chosen
        self._job: ShareJob | None = None  # which saves or prints in the background
        self._copying: ShareJob | None = None
        self._kinds = {key: each for key, each in kinds.items() if subject.is_of_window or not each.of_window}
        if "hearing" not in self._services.features:
            self._kinds.pop("sound", None)
        self.preview, self.kinds = SharePreview(), KindChooser(self._kinds)
        self._page, self._column = QWidget(), QWidget(self)
        self._page_box, column = filled(QVBoxLayout(self._page), 1), QVBoxLayout(self._column)
        self._make_parts()
        row = button_row(self._progress, self._copy, self._extra, at_end=(self._close, self._save))
        filled(column, self.kinds, (ScrollPage(self._page), 1), self._message, row, spacing=GAP_PX)
        filled(QHBoxLayout(self), (self.preview, 1), self._column, edges=(GAP_PX,) * 4, spacing=GAP_PX)
        self._save.setDefault(True)
        self.kinds.chosen.connect(self._show_kind)
        self.kinds.setVisible(len(self._kinds) > 1)
        self.finished.connect(self._stop)
        open_as_large_as(self, LINES)
        self._fit_column()  # before it is shown, or the form would make the dialog wider
        self.kinds.choose(kind if kind in self._kinds else next(iter(self._kinds)))

    def _make_parts(self) -> None:
        self._message, self._progress = message_label(), progress_bar()
        self._progress.setAccessibleName(tr("Progress"))
        styled(self._progress, "fills")
        self._copy, self._extra = QPushButton(tr("&Copy")), QPushButton()
        self._close, self._save = QPushButton(tr("Close")), QPushButton(tr("&Save…"))
        for key in ("message", "progress", "copy", "extra", "close", "save"):
            named(getattr(self, f"_{key}"), f"share.{key}")
        self._copy.clicked.connect(self.copy)
        self._extra.clicked.connect(self._do_extra)
        self._save.clicked.connect(self.ask_path)
        self._close.clicked.connect(self._leave)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_column()

    def _fit_column(self) -> None:
        line, share = line_px(self), COLUMN_SHARE * self.width()
        self._column.setFixedWidth(round(min(COLUMN_LINES * line, share)))
        self.kinds.show_words(self.height() >= WORDY_LINES * line)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(self.screen().availableSize() / 2)

    # Kinds

    @property
    def form(self) -> ShareForm:
        """The form of the kind that is chosen."""
        return self._forms[self._kind]

    @Slot(str)
    def _show_kind(self, kind: str) -> None:
        for each in self._forms.values():
            each.hide()
            each.stop()
        self.preview.stop()
        self._kind, self._waiting, is_new = kind, None, kind not in self._forms
        if is_new:
            form = self._forms[kind] = self._kinds[kind].made_form(self._moment, kind)
            form.changed.connect(partial(self._show_choices, form))
            form.wanted.connect(self._work)
            self._moment.arrived.connect(form.refresh)
            self._page_box.insertWidget(0, form)
            buttons = self._copy, self._extra, self._close, self._save
            for one, following in pairwise([*self.kinds.buttons.values(), *form.editors, *buttons]):
                QWidget.setTabOrder(one, following)
            form.refresh()
        self.form.show()
        self._show_choices(self.form)

    def _show_choices(self, form: ShareForm) -> None:
        """Show what a form has chosen, or why it cannot be saved."""
        if form is not self.form or self._job is not None:
            return
        self._message.hide()
        if form.obstacle:
            write(self._message, form.obstacle, error=True)
        form.show_in(self.preview)
        self._show_working(False)
        if self._waiting is not None and not form.waits:
            path, self._waiting = self._waiting, None
            self.save(path)

    def _show_working(self, working: bool) -> None:
        form = self.form
        self._progress.setVisible(working)
        self._save.setEnabled(not working and not form.obstacle)
        self._close.setEnabled(True)
        self._close.setText(tr("Ca&ncel") if working else tr("Close"))
        self._copy.setVisible(not working and bool(form.copied))
        self._copy.setEnabled(not form.obstacle)
        self._extra.setVisible(not working and bool(form.extra))
        self._extra.setText(form.extra)
        self._extra.setEnabled(not form.extra_obstacle)
        self._extra.setToolTip(wrapped(form.extra_obstacle))
        self.kinds.setEnabled(not working)

    @Slot()
    def _do_extra(self) -> None:
        self.form.do_extra()

    # Saving

    @Slot()
    def ask_path(self) -> None:
        """Ask where to save, and save there, unless the dialog has been closed before."""
        if self.isVisible():
            key, ending = self.form.folder_key, self.form.ending.rpartition(".")[2]
            folder = Path(getattr(self._services.preferences.present, key) or FOLDERS[key]())
            path = ask_path(self, self.windowTitle(), folder / f"{self.form.stem}.{ending}", ending)
            if path is not None:
                self.save(path)

    def save(self, path: Path) -> None:
        """Save to a file; the dialog shows an error, and closes once the file has been saved."""
        form = self.form
        if form.obstacle:
            return
        if form.waits:
            self._waiting = path
            return
        try:
            job = form.job(path, self)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        self._stop_copying()
        self._saving = form.remembered
        self._carry_out(job)

    def _carry_out(self, job: ShareJob) -> None:
        self._message.hide()
        self._progress.setValue(0)
        self._show_working(True)
        self._close.setFocus()
        self._job = job
        job.progressed.connect(self._progress_to)
        job.saved.connect(self._succeed)
        job.failed.connect(self._fail)
        job.cancelled.connect(lambda: self._fail(tr("Cancelled: nothing was saved."), error=False))
        job.start()

    @Slot(float)
    def _progress_to(self, done: float) -> None:
        self._progress.setValue(round(done * PROGRESS_STEPS))

    @Slot(str, str)
    def _succeed(self, path: str, lacks: str) -> None:
        self._job = None
        folder = {self.form.folder_key: str(Path(path).parent)}
        self._services.preferences.remember(**folder, **self._saving)
        self._note_use()
        self._services.notify_saved(path)
        self.saved.emit(path)
        if lacks:
            words = mark("“{name}” was saved, but does not include the run: {why}")
            self._fail(tr(words, name=Path(path).name, why=lacks))
        else:
            self.accept()

    @Slot(str)
    def _fail(self, reason: str, error: bool = True) -> None:
        self._job = None
        self._show_working(False)
        write(self._message, reason, error)

    def _note_use(self) -> None:
        if self._kind in KINDS:
            self._services.preferences.remember(share=self._kind)
        self.shared.emit(self._kind)

    # Copying and printing

    @Slot()
    def copy(self) -> None:
        try:
            job = self.form.copy(self)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        self._stop_copying()
        if job is None:
            self._say_copied()
            return
        self._copying = job
        job.progressed.connect(self._progress.show)
        job.progressed.connect(self._progress_to)
        job.failed.connect(self._fail)
        job.done.connect(self._say_copied)
        job.start()

    @Slot()
    def _say_copied(self) -> None:
        self._progress.setVisible(self._job is not None)
        write(self._message, self.form.copied, error=False)
        self._note_use()

    def _stop_copying(self) -> None:
        if self._copying is not None:
            self._copying.cancel()
            self._copying = None

    @Slot(object, str)
    def _work(self, job: ShareJob, words: str) -> None:
        """Do other work than saving; say the words when it is done."""

        def end() -> None:
            self._job = None
            self._note_use()
            self._services.notify(words)
            self.accept()

        job.done.connect(end)
        self._carry_out(job)

    # Leaving

    @Slot()
    def _leave(self) -> None:
        """Cancel what is being saved; if nothing is, close the dialog."""
        if self._job is None:
            self.close()
        else:
            self._close.setEnabled(False)
            self._job.cancel()

    @Slot()
    def _stop(self) -> None:
        """Stop painting; a file that is being written is written to the end."""
        self.preview.stop()
        for form in self._forms.values():
            form.stop()
        self._stop_copying()
        if self._job is not None:
            self._job.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc does what the button does."""
        if event.key() == Qt.Key.Key_Escape and self._job is not None:
            self._leave()
        else:
            super().keyPressEvent(event)
