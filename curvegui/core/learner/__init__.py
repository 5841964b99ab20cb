"""A network with its engine and training points, and the recording of a run; read ``learner`` first."""
