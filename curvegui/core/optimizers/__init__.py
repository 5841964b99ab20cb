"""What is made of the gradient: the optimisers, schedules and rules that end a run; read ``all`` first."""
