"""How large a network may be, by itself and with its optimiser: what would not fit is refused before it is made."""

from curvegui.core.language.text import mark, tr
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
        words = mark(
            "Layers: this network has {count:,} weights and biases and would take about {gigabytes:,.1f} GB. "
            "At most {most:,} are possible; use fewer or smaller layers."
        )
        raise ValueError(tr(words, count=count, gigabytes=memory_gigabytes(count), most=MAX_PARAMETERS))


def size_concern(sizes: tuple[int, ...]) -> str | None:
    """A question to ask before a network this large is built, or None where there is no reason to ask."""
    count = parameter_count(sizes)
    if count <= CONFIRM_PARAMETERS:
        return None
    return tr(
        "This network has {count:,} weights and biases: it takes about {gigabytes:,.1f} GB of memory, and each "
        "iteration takes long.",
        count=count,
        gigabytes=memory_gigabytes(count),
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
        words = mark(
            "Optimiser: with {label}, a network can have at most {most:,} weights and biases, not "
            "{parameters:,}. Choose another optimiser, or smaller layers."
        )
        raise ValueError(tr(words, label=optimizer.label, most=most, parameters=parameters))
    needed = jacobian_bytes(trained, parameters) + bool(descent.weight_decay) * 8 * parameters**2
    if optimizer.takes_jacobian and needed > JACOBIAN_BYTES:
        raise ValueError(
            tr(
                "Optimiser: {label} would need {megabytes:,.0f} MB for {points:,} points and {parameters:,} weights "
                "and biases; at most {most:,.0f} MB are possible. Choose L-BFGS, fewer points, or smaller "
                "layers.",
                label=optimizer.label,
                megabytes=needed / 1e6,
                points=points,
                parameters=parameters,
                most=JACOBIAN_BYTES / 1e6,
            )
        )
