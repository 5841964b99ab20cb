"""The contrast of two colours, as WCAG 2 defines it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
DEFICIENCIES = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 to 1."""
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, alpha: float, ground: str) -> str:
    """A colour that is not quite opaque, as it is seen over another one."""
    pairs = zip(QColor(colour).getRgb()[:3], QColor(ground).getRgb()[:3], strict=True)
    return QColor(*(round(alpha * one + (1 - alpha) * other) for one, other in pairs)).name()


def luminances(pixels: NDArray[np.uint8], deficiency: str) -> NDArray[np.float64]:
    """The relative luminance of each pixel, shape (..., 3), red first, as an eye with a deficiency sees it."""
    steps = np.arange(256) / 255
    linear = np.where(steps <= 0.04045, steps / 12.92, ((steps + 0.055) / 1.055) ** 2.4)[pixels]
    seen = np.clip(linear @ np.array(DEFICIENCIES[deficiency]).T, 0, 1)
    found: NDArray[np.float64] = seen @ np.array([0.2126, 0.7152, 0.0722])
    return found
