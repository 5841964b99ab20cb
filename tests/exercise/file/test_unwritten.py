"""What counts as not yet written."""

import pytest

from curvegui.exercise.file.unwritten import blank_lines, is_unwritten

GIVEN = "    a0, z1, a1, z2, a2, z3, a3 = network_function(x)\n"
HEAD = "def J_b3(x, y):\n"


@pytest.mark.parametrize(
    "body",
    [
        "    pass",
        "    ...",
        '    """To do."""',
        "    return",
        "    return None",
        "    raise NotImplementedError",
        "    raise NotImplementedError('later')",
        GIVEN + "    return None",
        GIVEN + "    J = ...  # here\n    return J",
        GIVEN + "    J = None\n    J = np.sum(J, axis=1, keepdims=True) / x.size\n    return J",
        GIVEN + "    J =\n    J =\n    return J",
        GIVEN + "    J = 2 * (a3 - y)\n    J = # the next\n    return J",
        GIVEN + "    J = None\n    J += 1\n    return J",
        GIVEN,
    ],
)
def test_nothing_has_been_done(body):
    assert is_unwritten(HEAD + body)


@pytest.mark.parametrize(
    "body",
    [
        GIVEN + "    return 2 * (a3 - y)",
        GIVEN + "    J = None\n    J = 2 * (a3 - y)\n    return J",
        GIVEN + "    J = None\n    for n in range(3):\n        J = a3\n    return J",
        GIVEN + "    J = None\n    for n in range(3):\n        J = a3 if J is None else J + a3\n    return J",
        GIVEN + "    J = 3 * (a3 - y)\n    extra = None\n    return J",  # nothing uses it
        GIVEN + "    extra = None\n    J = 3 * (a3 - y)\n    return J",
        GIVEN + "    J = None\n    J, k = 3 * (a3 - y), 1\n    return J",
        GIVEN + "    J = None\n    [k, (*J,)] = 1, a3 - y\n    return J",
        GIVEN + "    J = None\n    J: object = 3 * (a3 - y)\n    return J",
        "    print('hello')",
        "    return 0",
        GIVEN + "    J = 2 * (a3 - y\n    return J",
        GIVEN + "    J =\n    J = 2 * (a3 - y\n    return J",
        "    raise ValueError",
    ],
)
def test_something_has_been_done(body):
    assert not is_unwritten(HEAD + body)


def test_a_lambda_is_written():
    assert not is_unwritten("J_b3 = lambda x, y: None")


def test_open_lines_are_counted_from_one():
    assert blank_lines(HEAD + GIVEN + "    J = 1\n    J = # x\n    J == 2\n    J =") == [4, 6]
