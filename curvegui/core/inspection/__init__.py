"""A snapshot looked at closely: Jacobians, chain rule, ablations, influences. Read inspected_snapshot.py first."""
