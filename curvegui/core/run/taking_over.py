"""A run from elsewhere, a wall or a sweep, as it goes on in place of the present one."""

from dataclasses import replace

from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.knob_changes import without_display


def adopted(record: RunRecord, present: TrainingConfig) -> RunRecord:
    """The record with what is seen, and when it finishes, as it is set at present; its mathematics is its own.

    Parameters
    ----------
    record : RunRecord
    present : TrainingConfig
        The settings of the run whose place it takes.
    """
    config = without_display(record.config, like=present)
    return replace(record, config=config, goal=max(config.iterations, record.iteration))
