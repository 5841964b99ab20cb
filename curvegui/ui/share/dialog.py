"""The dialog Share: what is shared in a preview at the left; at the right its kind, and the settings of the kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from curvegui.core.language.text import mark, said, tr
from curvegui.ui.actions.feature import named as loaded
from curvegui.ui.dialogs.paths import documents_folder, pictures_folder
from curvegui.ui.dialogs.save_dialog import EDGES_PX, GAP_PX, SaveDialog, write
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import ColumnsLayout, filled, line_px, named, open_as_large_as, styled, wrapped
from curvegui.ui.share.form import ShareForm
from curvegui.ui.share.job import PaintJob
from curvegui.ui.share.moment import Moment
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.widgets.scrolled import ScrollPage

FOLDER = "curvegui.ui.share"
LINES = 54, 37  # the dialog's width and height, in heights of a line of text
COLUMN_LINES, COLUMN_SHARE = 24, 0.6  # the width of the form, and at most of the dialog's width
WORDY_LINES = 26  # the least height of a dialog whose kinds have words below their icons
COLUMNS, BETWEEN_PX, ICON_LINES = 5, 2, 1.3  # of the kinds
FOLDERS = {"picture_folder": pictures_folder, "report_folder": documents_folder}


@said("title")
@dataclass(frozen=True)
class ShareKind:
    """A kind of file, with the drawing of its icon and its form as "module:Class". Some need what the window shows."""

    title: str
    icon: str
    form: str
    of_window: bool = False


KINDS = {
    "picture": ShareKind(mark("Picture"), "picture", f"{FOLDER}.pictures:PictureForm"),
    "poster": ShareKind(mark("Poster"), "poster", f"{FOLDER}.pictures:PosterForm"),
    "film": ShareKind(mark("Video"), "video", f"{FOLDER}.video:FilmForm"),
    "sound": ShareKind(mark("Sound"), "sound", f"{FOLDER}.texts:SoundForm"),
    "data": ShareKind(mark("Data"), "data", f"{FOLDER}.texts:DataForm"),
    "code": ShareKind(mark("Code"), "code", f"{FOLDER}.texts:CodeForm"),
    "text": ShareKind(mark("Text"), "text", f"{FOLDER}.texts:TextForm"),
    "panel": ShareKind(mark("Panel"), "panel", f"{FOLDER}.panel_picture:PanelForm", of_window=True),
    "page": ShareKind(mark("Page"), "page", f"{FOLDER}.page:PageForm", of_window=True),
}


class KindChooser(QWidget):
    """A button for each kind; arrow keys choose, too."""

    chosen = Signal(str)

    def __init__(self, kinds: Iterable[str]) -> None:
        super().__init__()
        self.setObjectName("share.kinds")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = dict[str, QToolButton]()
        group, columns = QButtonGroup(self), ColumnsLayout(COLUMNS, BETWEEN_PX, BETWEEN_PX, self)
        for key in kinds:
            words = KINDS[key].title
            button = styled(named(QToolButton(), f"share.kind.{key}", words, words), "segment")
            button.setText(words)
            button.setIcon(icon(KINDS[key].icon, "text"))
            button.setIconSize(icon_size(button, ICON_LINES))
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.toggled.connect(partial(self._tell, key))
            group.addButton(button)
            self._buttons[key] = button
            columns.addWidget(button)

    def _tell(self, key: str, is_chosen: bool) -> None:
        if is_chosen:
            self.chosen.emit(key)

    def choose(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self._buttons[key].setFocus()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        return tuple(self._buttons.values())

    def show_words(self, wanted: bool) -> None:
        style = Qt.ToolButtonStyle
        for button in self.buttons:
            button.setToolButtonStyle(style.ToolButtonTextUnderIcon if wanted else style.ToolButtonIconOnly)


class ShareDialog(SaveDialog):
    """Shares a moment; training goes on behind the dialog. Saving waits for the run where a file is made of it."""

    shared = Signal(str)  # the kind of what was saved, copied or printed

    def __init__(self, moment: Moment, kind: str, parent: QWidget) -> None:
        super().__init__("share", tr("Share"), Path(), "", parent)
        moment.setParent(self)
        self._moment, self._services = moment, moment.services
        self._forms = dict[str, ShareForm]()
        self._waiting: Path | None = None  # where to save once the run has been recorded
        self._saving, self._lacks = dict[str, str](), ""
        self._copying: PaintJob | None = None
        self.preview = SharePreview()
        kinds = [key for key, each in KINDS.items() if moment.is_of_window or not each.of_window]
        self.kinds = KindChooser(key for key in kinds if key != "sound" or "hearing" in self._services.features)
        self._copy, self._extra = QPushButton(tr("&Copy")), QPushButton()
        self._name_parts(copy=self._copy, extra=self._extra)
        self._page, self._column = QWidget(), QWidget(self)
        page, column = filled(QVBoxLayout(self._page), 1), QVBoxLayout(self._column)
        self._page_box = page
        filled(QHBoxLayout(self), (self.preview, 1), self._column, edges=EDGES_PX, spacing=GAP_PX)
        self._lay_out(column, self.kinds, (ScrollPage(self._page), 1), others=(self._copy, self._extra), edges=(0,) * 4)
        self._copy.clicked.connect(self.copy)
        self._extra.clicked.connect(self._do_extra)
        self.kinds.chosen.connect(self._show_kind)
        moment.arrived.connect(self._take_run)
        open_as_large_as(self, LINES)
        self._fit_column()  # before it is shown, or the form would make the dialog wider
        self.kinds.choose(kind if kind in kinds else "picture")

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
        self._kind, self._waiting = kind, None
        if kind not in self._forms:
            form = self._forms[kind] = loaded(KINDS[kind].form)(self._moment)
            form.changed.connect(partial(self._show_choices, form))
            form.wanted.connect(self._work)
            self._page_box.insertWidget(0, form)
            order = [*self.kinds.buttons, *form.editors, self._copy, self._extra, self._close, self._save]
            for each, following in pairwise(order):
                QWidget.setTabOrder(each, following)
        self.form.show()
        self._show_choices(self.form)

    @Slot()
    def _do_extra(self) -> None:
        self.form.do_extra()

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
        super()._show_working(working)
        form = self.form
        self._save.setEnabled(not working and not form.obstacle)
        self._copy.setVisible(not working and bool(form.copied))
        self._copy.setEnabled(not form.obstacle)
        self._extra.setVisible(not working and bool(form.extra))
        self._extra.setText(form.extra)
        self._extra.setEnabled(not form.extra_obstacle)
        self._extra.setToolTip(wrapped(form.extra_obstacle))
        self.kinds.setEnabled(not working)

    # Saving

    @property
    def _ending(self) -> str:
        return self.form.ending

    @Slot()
    def ask_path(self) -> None:
        key, present = self.form.folder_key, self._services.preferences.present
        self._folder, self._stem = Path(getattr(present, key) or FOLDERS[key]()), self.form.stem
        super().ask_path()

    def save(self, path: Path) -> None:
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
        self._saving, self._lacks = form.remembered, form.lacks_run()
        self._begin()
        self._carry_out(job)

    @Slot()
    def _take_run(self) -> None:
        """Offer what needs the run, which has arrived."""
        for form in self._forms.values():
            form.refresh()

    @Slot(str, str)
    def _succeed(self, path: str, lacks: str = "") -> None:
        self._job = None
        folder = {self.form.folder_key: str(Path(path).parent)}
        self._services.preferences.remember(**folder, **self._saving)
        self._note_use()
        self._services.notify_saved(path)
        self.saved.emit(path)
        if why := lacks or self._lacks:
            words = mark("“{name}” was saved, but does not include the run: {why}")
            self._fail(tr(words, name=Path(path).name, why=why))
        else:
            self.accept()

    def _note_use(self) -> None:
        self._services.preferences.remember(share=self._kind)
        self.shared.emit(self._kind)

    # Copying and printing

    @Slot()
    def copy(self) -> None:
        if text := self.form.copied_text():
            QGuiApplication.clipboard().setText(text)
            self._say_copied()
            return
        try:
            picture = self.form.painting("png", self.form.copy_scale)
        except (ValueError, MemoryError) as error:
            self._fail(str(error))
            return
        self._stop_copying()
        self._copying = job = PaintJob(picture, self)
        job.progressed.connect(self._progress.show)
        job.progressed.connect(self._progress_to)
        job.failed.connect(self._fail)
        job.done.connect(lambda: QGuiApplication.clipboard().setImage(picture.image))
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
    def _work(self, job: PaintJob, words: str) -> None:
        """Do other work than saving; say the words when it is done."""

        def end() -> None:
            self._job = None
            self._note_use()
            self._services.notify(words)
            self.accept()

        self._begin()
        job.done.connect(end)
        self._carry_out(job)

    @Slot()
    def _stop(self) -> None:
        self.preview.stop()
        for form in self._forms.values():
            form.stop()
        self._stop_copying()
        super()._stop()
