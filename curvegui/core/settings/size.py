"""How large a network may be, by itself and with its optimiser: what would not fit is refused before it is made."""

from curvegui.core.network.network import parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from curvegui.core.optimizers.residual_jacobian import JACOBIAN_BYTES, jacobian_bytes

CONFIRM_PARAMETERS = 1_000_000  # beyond it, one iteration takes a noticeable part of a second
MAX_PARAMETERS = 20_000_000  # 160 MB a copy, and a run takes about sixteen


def check_size(sizes: tuple[int, ...]) -> None:
    """Refuse a network that would not fit, with a ``ValueError`` that says how much memory it would take."""
    count = parameter_count(sizes)
    if count > MAX_PARAMETERS:
        raise ValueError(
            f"Layers: this network has {count:,} weights and biases and would take about "
            f"{memory_gigabytes(count):,.1f} GB. At most {MAX_PARAMETERS:,} are possible; use fewer or smaller layers."
        )


def size_concern(sizes: tuple[int, ...]) -> str | None:
    """A question to ask before a network this large is built, or None where there is no reason to ask."""
    count = parameter_count(sizes)
    if count <= CONFIRM_PARAMETERS:
        return None
    return (
        f"This network has {count:,} weights and biases: it takes about {memory_gigabytes(count):,.1f} GB of memory, "
        "and each iteration takes long."
    )


def memory_gigabytes(parameters: int) -> float:
    """About how much memory a run with so many parameters takes, in GB (10⁹ bytes)."""
    copies = 16  # live, the gradient and its parts, noise, keyframes, a record of them, snapshots on their way
    return parameters * 8 * copies / 1e9


def check_optimizer(descent: Descent, parameters: int, points: int, trained: int) -> None:
    """Refuse an optimiser that would take too much memory for so many parameters and points, with a ``ValueError``.

    ``trained`` is on how many of the points it trains. With weight decay, each weight is a residual too.
    """
    optimizer = OPTIMIZERS[descent.optimizer]
    most = MAX_PARAMETERS // (1 + optimizer.vectors)
    if parameters > most:
        raise ValueError(
            f"Optimiser: with {optimizer.label}, a network can have at most {most:,} weights and biases, not "
            f"{parameters:,}. Choose another optimiser, or smaller layers."
        )
    needed = jacobian_bytes(trained, parameters) + bool(descent.weight_decay) * 8 * parameters**2
    if optimizer.takes_jacobian and needed > JACOBIAN_BYTES:
        raise ValueError(
            f"Optimiser: {optimizer.label} would need {needed / 1e6:,.0f} MB for {points:,} points and {parameters:,} "
            f"weights and biases; at most {JACOBIAN_BYTES / 1e6:,.0f} MB are possible. Choose L-BFGS, fewer points, or "
            "smaller layers."
        )
