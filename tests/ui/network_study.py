"""What a panel of a study dock hangs on, without a window: a run that only notes what it is asked for."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.network.network import initial_parameters
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.study.inspection import Inspection
from curvegui.ui.study.weight_colours import LEAST_SCALE, weight_scale


class NotedTime(QObject):
    """Looks back where it is told to."""

    moved = Signal(object)

    def __init__(self, parent):
        super().__init__(parent)
        self.past = None


class NotedHistory:
    """Notes when a hand takes hold and lets go."""

    def __init__(self, asked):
        self._asked = asked

    def hold(self):
        self._asked.append(("hold",))

    def release(self):
        self._asked.append(("release",))


class NotedSession(QObject):
    """A session's names; every change is noted in ``asked``."""

    config_changed = Signal(object)

    def __init__(self, config):
        super().__init__()
        self.config, self.asked = config, []
        self.time, self.history = NotedTime(self), NotedHistory(self.asked)
        self.refusal = ""

    def _note(self, *what):
        if self.refusal:
            raise ValueError(self.refusal)
        self.asked.append(what)

    def edit(self, frozen):
        self._note("frozen", frozen)
        self.config = NotedConfig(self.config, frozen)
        self.config_changed.emit(self.config)

    def set_parameters(self, values, label="Weight"):
        self._note("set", values)

    def add_neuron(self, layer):
        self._note("add_neuron", layer)

    def remove_neuron(self, neuron, layer):
        self._note("remove_neuron", neuron, layer)

    def add_layer(self, layer):
        self._note("add_layer", layer)

    def remove_layer(self, layer):
        self._note("remove_layer", layer)


class NotedConfig:
    """A config with other frozen parameters."""

    def __init__(self, config, frozen):
        self.hidden, self.sizes, self.frozen = config.hidden, config.sizes, frozen


class NotedStudy(QObject):
    """A study's names, without a window's docks."""

    message = Signal(str)
    view_changed = Signal()
    is_at_work = is_calm = True

    def __init__(self, config, window):
        super().__init__(window)
        self.window = window
        self.session = NotedSession(config)
        self.inspection = Inspection(self)
        self.words = []
        self.message.connect(self.words.append)
        self._scale = LEAST_SCALE

    def offers(self, thing):
        return True

    def scale_for(self, parameters):
        self._scale = weight_scale(parameters, self._scale)
        return self._scale


def inspected_of(iterations=0, parameters=None, **settings):
    """A moment of a run, or one with parameters of one's own."""
    trainer = Trainer(TrainingConfig(**settings))
    trainer.advance(iterations)
    snapshot = trainer.snapshot()
    return InspectedSnapshot(snapshot if parameters is None else replace(snapshot, parameters=parameters))


def first_parameters(sizes):
    """Parameters as a run begins with, to change."""
    return initial_parameters(sizes, 1).copy()
