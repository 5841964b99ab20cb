"""A snapshot looked at closely: its Jacobians, chain rule, ablations and influences. Read `portrait.py` first."""
