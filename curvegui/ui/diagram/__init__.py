"""The parts of the network's diagram: neurons, edges and signs; ``ui/network/diagram.py`` shows them."""

GUIDE = "The network"
