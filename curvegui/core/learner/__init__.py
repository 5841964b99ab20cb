"""A network on its training points, with its engine, and what is kept of a run; read ``learner`` first."""
