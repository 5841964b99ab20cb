"""How large a network may be before a person is asked."""

from curvegui.core.network.network import parameter_count
from curvegui.core.settings.config import CONFIRM_PARAMETERS, TrainingConfig, memory_gigabytes, size_concern


def _hidden_with(parameters: int) -> tuple[int, ...]:
    """Two hidden layers with about so many weights and biases."""
    neurons = round((parameters - 2) ** 0.5) - 2
    return (neurons, neurons)


def test_a_network_of_a_usual_size_needs_no_question() -> None:
    assert size_concern(TrainingConfig().sizes) is None
    assert size_concern(TrainingConfig(hidden=_hidden_with(int(0.99 * CONFIRM_PARAMETERS))).sizes) is None


def test_a_network_above_a_million_parameters_asks_first_and_says_what_it_takes() -> None:
    config = TrainingConfig(hidden=_hidden_with(int(1.01 * CONFIRM_PARAMETERS)))
    count = parameter_count(config.sizes)
    question = size_concern(config.sizes)

    assert CONFIRM_PARAMETERS < count < 1.02 * CONFIRM_PARAMETERS
    assert question is not None
    assert f"{count:,} weights and biases" in question
    assert f"{memory_gigabytes(count):,.1f} GB" in question
