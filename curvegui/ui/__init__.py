"""What a person sees and touches: QtWidgets and pyqtgraph."""
