"""How long an SVG drawing of 100,000 segments takes to become a curve.

    python -m tests.benchmark.svg
    python -m tests.benchmark.svg --segments 1000        to see that it starts

Times are of the process's own clock, the best of five rounds.
"""

import argparse
from time import process_time

from PySide6.QtGui import QGuiApplication

from curvegui.core.curve.joining import joined_curve
from curvegui.figure.outline.svg import read_svg

ROUNDS = 5
MOST_S = 1.0  # to read one path of 100,000 segments
HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">'
INK = b'fill="none" stroke="black"'


def corners(count: int) -> list[bytes]:
    return [b"%.3f %.3f" % (k * 7 % 1_000 + k / count, k * 3 % 997 - k / count) for k in range(count)]


def drawings(segments: int) -> dict[str, bytes]:
    places = corners(segments + 1)
    curves = [b"C " + b" ".join(places[k : k + 3]) for k in range(1, segments // 3 * 3, 3)]
    strokes = [b"<path %s d='M %s'/>" % (INK, b" L ".join(places[k : k + 11])) for k in range(0, segments, 10)]
    return {
        "one path of lines": b"<path %s d='M %s'/>" % (INK, b" L ".join(places)),
        "one polyline": b"<polyline %s points='%s'/>" % (INK, b" ".join(places)),
        "one path of curves, a third as many": b"<path %s d='M %s %s'/>" % (INK, places[0], b" ".join(curves)),
        "paths of 10 lines": b"".join(strokes),
    }


def best(work: object, *arguments: object) -> tuple[float, object]:
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        result = work(*arguments)
        times.append(process_time() - start)
    return min(times), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--segments", type=int, default=100_000, help="of each drawing (100,000)")
    segments = parser.parse_args().segments
    application = QGuiApplication(["svg", "-platform", "offscreen"])
    slowest = 0.0
    for name, content in drawings(segments).items():
        data = HEAD + content + b"</svg>"
        reading, parts = best(read_svg, data, name)
        joining, joined = best(joined_curve, name, parts)
        print(f"{name}: read in {reading:.2f} s, joined in {joining:.2f} s, {joined.curve.t.size:,} points")
        slowest = max(slowest, reading if len(parts) == 1 else 0.0)
    print(f"one path of {segments:,} segments: {slowest:.2f} s, at most {MOST_S:.0f} s: {slowest < MOST_S}")
    del application


if __name__ == "__main__":
    main()
