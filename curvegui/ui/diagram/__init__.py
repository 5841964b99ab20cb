"""What the diagram of the network is drawn of: neurons, edges and signs; ``ui/network/diagram.py`` shows them."""

GUIDE = "The network"
