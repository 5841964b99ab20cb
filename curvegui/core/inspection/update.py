"""What the next iteration does to one weight or bias, number by number."""

from dataclasses import dataclass

from curvegui.core.inspection.portrait import Portrait
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from curvegui.core.network.parts import Parameter


@dataclass(frozen=True)
class Update:
    """What the next iteration does to the parameter: new = old − aggression · (1 + noise · N) · J.

    Attributes
    ----------
    old, new : float
    jacobian : float
        The average over all points, whichever point is looked at.
    normal : float
        N, today's number for the parameter's matrix.
    noise, aggression : float
    factor : float
        1 + noise · N.
    step : float
        old − new.
    """

    old: float
    jacobian: float
    normal: float
    noise: float
    factor: float
    aggression: float
    step: float
    new: float

    @property
    def is_uphill(self) -> bool:
        """Whether chance has turned the direction round."""
        return self.factor < 0

    @property
    def is_kept(self) -> bool:
        """Whether the parameter stays as it is although the formula would move it: it is frozen."""
        return self.step == 0 and self.aggression * self.factor * self.jacobian != 0


def update_of(portrait: Portrait, parameter: Parameter) -> Update:
    """What the next iteration does to a parameter."""
    config, layers = portrait.snapshot.config, len(portrait.sizes) - 1
    place, number = parameter.place_in(portrait.sizes), parameter.layer - 1 + layers * parameter.is_bias
    block, row = divmod(portrait.snapshot.iteration, BLOCK_ITERATIONS)
    return Update(
        old=float(portrait.snapshot.parameters[place]),
        jacobian=float(portrait.gradient[place]),
        normal=float(noise_block(config.seed, block, 2 * layers)[row, number]),
        noise=config.noise,
        factor=float(portrait.noise_factors[number]),
        aggression=config.aggression,
        step=float(portrait.steps[place]),
        new=float(portrait.next_parameters[place]),
    )
