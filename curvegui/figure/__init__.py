"""Paints a run on any Qt paint device: the screen, PNG, SVG and PDF alike. QtGui and QtSvg only.

Read `drawing/figure` first.
"""
