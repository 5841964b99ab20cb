"""Files that someone has beside the app: a drawing, tables, a picture, a lesson, an exercise; good and broken ones."""

from pathlib import Path

from PIL import Image, ImageDraw

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<circle cx="30" cy="30" r="20"/><rect id="house" x="55" y="50" width="30" height="35"/>
<path d="M 10 90 C 20 60 30 60 40 90 Z" fill="none" stroke="black"/></svg>
"""
TABLE = "number;x;y\n" + "".join(f"{n};{n % 7};{(n * n) % 11}\n" for n in range(24)) + "24;nothing;3\n"
BROKEN_TABLE = "a,b\nc,d\n"
LESSON = """# How bold may it be?

## A careful start

The **aggression** says how far each iteration goes.

look: aggression
set: aggression = 0.5, noise = 0
do: Look at the box.
until: aggression >= 20
chapter: What you see
"""
BROKEN_LESSON = "# A lesson\n\n## A step\n\nlook: nowhere\nuntil: cost <\nset: speed = very\n"
LEARNER = """import numpy as np

sigma = lambda z: 1 / (1 + np.exp(-z))
d_sigma = lambda z: np.cosh(z / 2) ** (-2) / 4


def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)
    J = J * d_sigma(z3)
    J = J @ a2.T / x.size
    return J


def J_b3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)
    J = J * d_sigma(z3)
    J = np.sum(J, axis=1, keepdims=True) / x.size
    return J


def J_W2(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)
    J = J * d_sigma(z3)
    J = (J.T @ W4).T
    J = J @ a1.T / x.size
    return J


def J_b2(x, y):
    pass
"""
WRONG_LEARNER = "def J_W3(x, y:\n    return\n"


def write(folder: Path) -> None:
    """Put all of them into a folder."""
    texts = {
        "drawing.svg": DRAWING, "points.csv": TABLE, "no-points.csv": BROKEN_TABLE, "lesson.md": LESSON,
        "no-lesson.md": BROKEN_LESSON, "jacobians.py": LEARNER, "no-jacobians.py": WRONG_LEARNER,
        "broken.curvegui": "This is no run.",
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    picture = Image.new("RGB", (120, 90), "white")
    ImageDraw.Draw(picture).ellipse((20, 15, 100, 75), fill="navy")
    picture.save(folder / "ellipse.png")
