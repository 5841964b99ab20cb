"""The network, its activations and its parts; read ``network`` first: it is the mathematics, written to be read."""
