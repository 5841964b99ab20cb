"""Actions on the selected part of the network: mute, solo, freeze, set, and grow around it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.network.inserted_layer import NEW_LAYER, WHY_SO_MANY
from curvegui.core.network.parts import Neuron, Parameter, Part, incoming
from curvegui.core.settings.config import WINDOW_LAYERS, WINDOW_NEURONS
from curvegui.ui.network.words import name_of
from curvegui.ui.study.study import Study
from curvegui.ui.widgets.numbers import format_number
from curvegui.ui.widgets.spoken import announce

PAST = mark("This is the past: press N to see the run live, and change it there")


class PartActions(QObject):
    """The actions of the diagram's keys and of the panel's buttons."""

    def __init__(self, study: Study, parent: QObject) -> None:
        super().__init__(parent)
        self._study, self.session, self.inspection, self.offers = study, study.session, study.inspection, study.offers

    @property
    def part(self) -> Part | None:
        part = self.inspection.selected
        return None if isinstance(part, Neuron) and part.layer == 0 else part

    @property
    def is_live(self) -> bool:
        return self.session.time.past is None

    @property
    def is_frozen(self) -> bool:
        """Whether all parameters that lead into the selected part are frozen."""
        indices = self._indices()
        return bool(indices) and indices <= set(self.session.config.frozen)

    def _indices(self) -> set[int]:
        sizes = self.session.config.sizes
        part = self.part
        if part is None or not part.is_in(sizes):
            return set()
        return {each.index_in(sizes) for each in (incoming(part, sizes) if isinstance(part, Neuron) else [part])}

    def toggle_mute(self) -> None:
        if self.part is not None:
            muted = self.part not in self.inspection.muted
            self.inspection.mute(self.part, muted)
            self._say(tr("muted") if muted else tr("drawn again"))

    def toggle_solo(self) -> None:
        if self.part is not None:
            alone = self.part != self.inspection.soloed
            self.inspection.solo(self.part if alone else None)
            self._say(tr("drawn alone of its layer") if alone else tr("drawn with the others again"))

    def toggle_freeze(self) -> None:
        indices = self._indices()
        if not indices or not self._may_change():
            return
        frozen, freezes = set(self.session.config.frozen), not self.is_frozen
        changed = frozen | indices if freezes else frozen - indices
        if self._try(lambda: self.session.edit(frozen=tuple(sorted(changed)))):
            self._say(tr("frozen") if freezes else tr("learns again"))

    def set_value(self, value: float) -> None:
        part = self.part
        if isinstance(part, Parameter) and self._may_change():
            self._try(lambda: self.session.set_parameters({part: value}))

    def refuse_value(self, reason: str, largest: float) -> None:
        words = mark("{reason}: a weight is a number from −{largest} to {largest}")
        self._notify(tr(words, reason=capitalised(reason), largest=format_number(largest)))

    def add_neuron(self, layer: int) -> None:
        hidden = self.session.config.hidden
        if self._has_layer(layer) and hidden[layer - 1] < WINDOW_NEURONS and self._may_change():
            self._try(lambda: self.session.add_neuron(layer))

    def remove_neuron(self, layer: int) -> None:
        """Remove the selected neuron if it is in this layer, else the least important neuron of the layer."""
        hidden = self.session.config.hidden
        if self._has_layer(layer) and hidden[layer - 1] > 1 and self._may_change():
            part = self.part
            chosen = part if isinstance(part, Neuron) and part.layer == layer else None
            if self._try(lambda: self.session.remove_neuron(chosen, layer)) and chosen is not None:
                self.inspection.select(None)

    def resize_layer(self, layer: int, neurons: int) -> None:
        hidden = self.session.config.hidden
        if self._has_layer(layer) and self._may_change():
            self._try(lambda: self.session.edit(hidden=(*hidden[: layer - 1], neurons, *hidden[layer:])))

    def add_layer(self, layer: int) -> None:
        """Add a layer, which is then the hidden layer ``layer``, from 1."""
        has_room = len(self.session.config.hidden) < WINDOW_LAYERS
        if self.offers("setting.hidden") and has_room and self._may_change():
            place = layer if layer <= len(self.session.config.hidden) else None
            if self._try(lambda: self.session.add_layer(place)):
                self._notify(tr(WHY_SO_MANY, count=NEW_LAYER))

    def remove_layer(self, layer: int) -> None:
        if self._has_layer(layer) and len(self.session.config.hidden) > 1 and self._may_change():
            self._try(lambda: self.session.remove_layer(layer))

    def _has_layer(self, layer: int) -> bool:
        return self.offers("setting.hidden") and 1 <= layer <= len(self.session.config.hidden)

    def _may_change(self) -> bool:
        if not self.is_live:
            self._notify(tr(PAST))
        return self.is_live

    def _try(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except ValueError as error:
            self._notify(str(error))
            return False
        return True

    def _say(self, what: str) -> None:
        if self.part is not None:
            self._notify(f"{capitalised(name_of(self.part, self.session.config.sizes))}: {what}")

    def _notify(self, words: str) -> None:
        announce(self._study.window, words)
        self._study.message.emit(words)
