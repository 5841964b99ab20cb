"""Training with a learner's own functions, beside the correct run; begin with ``learner_training.py``."""
