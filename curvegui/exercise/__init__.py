"""A learner's own Jacobians: found in a file, run in a child process, judged, and trained with."""
