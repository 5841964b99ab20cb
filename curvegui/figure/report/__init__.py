"""A page about a run, to print or to hand out: picture, cost, settings, network and verdicts. Read page.py first."""
