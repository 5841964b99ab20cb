"""What tests of a learner's functions share."""

import sys

import pytest

from tests.exercise.processes import left_behind


@pytest.fixture
def nothing_is_left():
    """No child process outlives the test."""
    yield
    if sys.platform == "linux":
        assert left_behind() == []
