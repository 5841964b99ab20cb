"""Where file dialogs begin."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from curvegui.ui.dialogs.paths import documents_folder, pictures_folder


@pytest.mark.parametrize("folder", [documents_folder, pictures_folder])
@pytest.mark.parametrize("told", ["there", "not there", "x" * 300, ""])  # at so long a name, the system fails to look
def test_it_is_the_folder_for_such_files_or_home_where_there_is_none(folder, told, tmp_path, monkeypatch):
    (tmp_path / "there").mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: told and str(tmp_path / told))
    assert folder() == (tmp_path / told if told == "there" else Path.home())
