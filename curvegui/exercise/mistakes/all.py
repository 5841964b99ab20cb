"""All known mistakes: each Jacobian as a chain of places, and at each place the ways to get it wrong.

``J_W2``, for example, is the chain: start with a3 − y, times σ′(z3), through W3, times σ′(z2), and in the end ``@
a1.T``. A mistake is another way to pass one of these places, computed from the right numbers: a learner's answer that
equals it has that mistake. What only multiplies the whole, such as a missing ``/ x.size``, is in ``multiples``.
"""

from curvegui.exercise.mistakes.factors import link_place, slope_place, start_place
from curvegui.exercise.mistakes.last_factor import bias_end, weight_end
from curvegui.exercise.mistakes.mistake import Mistake, Place
from curvegui.exercise.problem import JACOBIANS


def chain_of(name: str) -> tuple[Place, ...]:
    """The places of a Jacobian, ``"J_W1"`` to ``"J_b3"``, in the order in which they are multiplied."""
    is_bias, last = name[2] == "b", int(name[3])
    places = [start_place()]
    for layer in range(3, last, -1):
        places += [slope_place(layer), link_place(layer)]
    return (*places, slope_place(last), bias_end(last) if is_bias else weight_end(last))


def all_mistakes() -> list[tuple[str, int, Mistake]]:
    """Every known mistake: the name of its function, its place in the chain, and itself."""
    return [
        (name, at, mistake)
        for name in JACOBIANS
        for at, place in enumerate(chain_of(name))
        for mistake in place.mistakes
    ]
