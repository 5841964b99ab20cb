"""The valley: the cost over a plane in the space of all weights and biases. Read `plane.py` first."""
