"""The list of favourites as Qt's views want it; rows move one by one, so that selection and place stay."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from curvegui.core.language.text import tr
from curvegui.files.favourites.favourite import Favourite
from curvegui.ui.favourites.words import description, kept_on, spoken
from curvegui.ui.look.tips import wrapped

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FAVOURITE = int(Role.UserRole)
"""The role of the `Favourite` itself."""


class FavouritesModel(QAbstractListModel):
    """Shows favourites in a given order."""

    renamed = Signal(str, str)  # a key, and the new name that a person has given it; nothing has changed yet

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Favourite] = []

    @property
    def favourites(self) -> Sequence[Favourite]:
        """Those that are listed, in order."""
        return self._rows

    def show_favourites(self, wanted: list[Favourite]) -> None:
        """List these, in this order, with as few changes as that takes."""
        keys = {each.key for each in wanted}
        for first, last in reversed(_runs([row for row, each in enumerate(self._rows) if each.key not in keys])):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        present = {each.key for each in self._rows}
        self._reorder([each for each in wanted if each.key in present])
        for first, last in _runs([row for row, each in enumerate(wanted) if each.key not in present]):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def _reorder(self, wanted: list[Favourite]) -> None:
        """Put the rows in another order, and take what has changed in them."""
        old = {each.key: row for row, each in enumerate(self._rows)}
        if [each.key for each in wanted] != [each.key for each in self._rows]:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            new = {each.key: row for row, each in enumerate(wanted)}
            after = [self.index(new[self._rows[each.row()].key], 0) for each in before]
            self._rows = wanted
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        else:
            changed = [old[each.key] for each in wanted if self._rows[old[each.key]] != each]
            self._rows = wanted
            for row in changed:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def row_of(self, key: str) -> int:
        """Where a favourite is listed; -1 where it is not."""
        return next((row for row, each in enumerate(self._rows) if each.key == key), -1)

    # What Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What is shown of one."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        favourite = self._rows[index.row()]
        if role == FAVOURITE:
            return favourite
        if role in (Role.DisplayRole, Role.EditRole):
            return favourite.name
        if role == Role.ToolTipRole:
            saved = tr("Saved {day}", day=kept_on(favourite))
            return wrapped("\n".join((favourite.name, description(favourite), saved)))
        if role == Role.AccessibleTextRole:
            return spoken(favourite)
        return description(favourite) if role == Role.AccessibleDescriptionRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """One that is broken has no name that could be changed."""
        flag = Qt.ItemFlag
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren
        if not index.isValid():
            return flag.NoItemFlags
        return usual if self._rows[index.row()].summary is None else usual | flag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tell of a new name; it is shown when the file has it."""
        if role != Role.EditRole or not index.isValid():
            return False
        self.renamed.emit(self._rows[index.row()].key, str(value))
        return True


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending rows as stretches, each from its first to its last."""
    if not rows:
        return []
    breaks = [at for at, (one, next_) in enumerate(pairwise(rows), 1) if next_ != one + 1]
    return [(rows[start], rows[stop - 1]) for start, stop in pairwise([0, *breaks, len(rows)])]
