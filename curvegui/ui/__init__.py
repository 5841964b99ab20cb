"""What a person sees and touches: QtWidgets and pyqtgraph.

Read `window/features.py` first: the table of the features.
"""
