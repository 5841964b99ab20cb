"""One question that a learner's functions are asked: a network and training points of random sizes."""

from dataclasses import dataclass

from curvegui.core.arrays import FloatArray

JACOBIANS = ("J_W1", "J_W2", "J_W3", "J_b1", "J_b2", "J_b3")
GIVEN = ("sigma", "d_sigma", "network_function", "cost", "reset_network")
"""What the exercise gives: learners need not write these."""
PARAMETERS = ("W1", "W2", "W3", "b1", "b2", "b3")


@dataclass(frozen=True, eq=False)
class Problem:
    """A network of two hidden layers, and points to train on."""

    parameters: dict[str, FloatArray]  # W1 (n1, 1), W2 (n2, n1), W3 (2, n2), b1 (n1, 1), b2 (n2, 1), b3 (2, 1)
    x: FloatArray  # shape (1, N)
    y: FloatArray  # shape (2, N)


class ExerciseError(ValueError):
    """A learner's file cannot be used; the message says why, in sentences for people."""
