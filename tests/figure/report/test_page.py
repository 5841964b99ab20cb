"""The page of a report: everything is on it, and on the paper, whatever the run and the paper are."""

from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.report.page import (
    A4_PX,
    EDGE_PX,
    HIGH_PX,
    LETTER_PX,
    WIDE_PX,
    Judged,
    ReportPage,
    RunReport,
    paint_page,
)

A5_ACROSS_PX = 794, 559
WRONG = Judged(
    "✗", "J_b2", "wrong, line 48. It answers with the shape (7, 100): the sum over the points is missing. " * 9
)
TARGET, WEIGHTS = (0, 48, 77), (224, 123, 0)


@cache
def trained(iterations, **settings):
    trainer = Trainer(TrainingConfig(**settings))
    trainer.advance(iterations)
    return trainer.snapshot(), trainer.record().costs


def report(iterations=300, costs=None, title="Heart after 300 iterations", verdicts=(), **settings):
    snapshot, rows = trained(iterations, **settings)
    rows = np.column_stack([rows, rows[:, 1] * 1.5]) if costs is None else costs
    return RunReport(
        title=title,
        date="27 November 2026",
        cost="0.1",
        figure=Figure(TargetDrawing.of(snapshot.target), np.empty((0, 2, 5), np.float32), snapshot.fit),
        inspected=InspectedSnapshot(snapshot),
        costs=rows,
        changed=[("Noise", "3", "default: 1")],
        usual=[("Data noise", "0", "")] * 20,
        number="{:,g}".format,
        colour=lambda weight: QColor(*WEIGHTS),
        exercise="Exercise mine.py: 0 of 6 right" if verdicts else "",
        verdicts=verdicts,
    )


def painted(page, paper=A4_PX):
    """Red, green and blue of the page's pixels, shape (height, width, 3)."""
    image = QImage(*paper, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for _ in paint_page(painter, QRectF(image.rect()), page):
        pass
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * paper[0]].reshape(paper[1], paper[0], 4)[:, :, 2::-1].astype(int)


def shows(pixels, colour):
    return bool((np.abs(pixels - colour).max(axis=2) < 40).any())


def has_ink(pixels):
    return bool((pixels.min(axis=2) < 160).any())


def test_each_part_is_in_its_place():
    page, alone = painted(report(verdicts=[WRONG])), painted(report())
    title, below = page[48:76, 48:500], slice(820, None)
    left, right = slice(48, 390), slice(400, 750)
    assert has_ink(title)
    assert shows(page[96:430, left], TARGET)  # the picture
    assert shows(page[120:430, right], TARGET)  # the cost
    assert shows(page[460:730, left], WEIGHTS)  # the network
    assert has_ink(page[480:730, right])  # the settings
    assert has_ink(page[below])
    assert not has_ink(alone[900:])


@pytest.mark.parametrize("paper", [A4_PX, LETTER_PX, A5_ACROSS_PX])
def test_much_text_stays_between_the_edges_on_every_paper(paper):
    page = painted(report(title="A curve with a long name " * 9, verdicts=[WRONG] * 6), paper)
    scale = min(paper[0] / WIDE_PX, paper[1] / HIGH_PX)
    edge = int(EDGE_PX * scale) - 3
    beside = int((paper[0] - WIDE_PX * scale) / 2) + edge
    for margin in (page[:edge], page[-edge:], page[:, :beside], page[:, -beside:]):
        assert not has_ink(margin)


@pytest.mark.parametrize(
    "odd",
    [
        {"iterations": 0, "costs": np.array([[0.0, 0.2, np.nan]])},
        {"costs": np.array([[0.0, 0.2, np.nan], [10.0, np.inf, np.inf], [20.0, 0.0, np.nan]])},
        {"hidden": (64, 64), "iterations": 1},
        {"hidden": (300,), "iterations": 1},
        {"activation": "relu", "output_activation": "linear", "aggression": 0.01},
    ],
    ids=str,
)
def test_every_run_has_a_page(odd):
    assert has_ink(painted(report(**odd)))


def test_it_becomes_a_pdf_in_pieces():
    pdf = ReportPage(report(), LETTER_PX)
    done = list(pdf)
    assert len(done) > 4
    assert done == sorted(done)
    assert pdf.encode()[:5] == b"%PDF-"
    assert b"/MediaBox [0 0 612" in pdf.encode()
