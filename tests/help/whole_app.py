"""The app started as a person starts it, in a process of its own or a forked one, and what is done in its window."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from curvegui import app
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.window import start_up
from curvegui.ui.window.main_window import MainWindow


def run_app(config: TrainingConfig, act: Callable[[MainWindow], object], wanted: Backend | None = NUMPY) -> int:
    """Run the app in this process; ``act`` gets its window once everything is there. The exit status."""

    def notify(variable: str) -> None:
        if variable == start_up.COMPLETE_FILE:
            act(next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)))

    start_up.notify_script = notify
    return app.run(config, wanted=wanted)


def leave(window: MainWindow) -> None:
    """Close the window as the end of a session does: nobody is asked about what is not saved."""
    window.features["documents"].closing.leave_unasked()
    window.close()
