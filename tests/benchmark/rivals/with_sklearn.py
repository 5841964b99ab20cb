"""scikit-learn's ``MLPRegressor`` as near as it comes: its output is linear, and there is no noise in its descent."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

from curvegui.core.arrays import FloatArray
from tests.benchmark.rivals.contenders import Contender, Problem, packed

NEVER = 10**9  # it counts iterations without progress over all calls


class Sklearn(Contender):
    """Plain steepest descent on all points at once: ``solver="sgd"`` without momentum, mini-batches and penalty."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self._t, self._y = (np.ascontiguousarray(each.T) for each in problem.data)
        self._model = MLPRegressor(
            hidden_layer_sizes=problem.hidden, activation="logistic", solver="sgd", alpha=0.0,
            batch_size=problem.points, learning_rate_init=2 * problem.aggression,  # its cost is half of ours
            momentum=0.0, nesterovs_momentum=False, shuffle=False, tol=0.0, n_iter_no_change=NEVER, warm_start=True,
        )  # fmt: skip
        self._model.partial_fit(self._t, self._y)  # lays out everything
        for k, (weights, biases) in enumerate(zip(*problem.layers(), strict=True)):
            self._model.coefs_[k][...] = weights.T
            self._model.intercepts_[k][...] = biases[:, 0]

    @property
    def parameters(self) -> FloatArray:
        return packed([each.T for each in self._model.coefs_], self._model.intercepts_)

    def gradient(self) -> FloatArray:
        """By making an iteration: it does not tell."""
        before = self.parameters
        self.run(1)
        return (before - self.parameters) / self._problem.aggression

    def run(self, count: int) -> None:
        self._model.set_params(max_iter=count)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._model.fit(self._t, self._y)
