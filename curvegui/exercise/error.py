"""The one exception that comes out of reading a learner's file, and out of training with it."""


class ExerciseError(ValueError):
    """A learner's file cannot be used; the message says why, in sentences for people."""
