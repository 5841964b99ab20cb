"""The pictures of a sweep: the curves of its runs, and the cost by each setting. Qt is loaded only for them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from curvegui.cli.saving import ending
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import Row
from curvegui.files.disk.atomic import write_bytes


def save_pictures(
    plan: SweepPlan, rows: Sequence[Row], *, top: int | None, picture: Path | None, plot: Path | None, look: str
) -> tuple[str, ...]:
    """Save the pictures that have a path; only the first rows get a curve. Returns a sentence for each that failed."""
    orders: list[tuple[Path, Callable[[], bytes]]] = []
    if picture is not None:
        orders.append((picture, lambda: _curves(rows[:top], look, ending(picture))))
    if plot is not None:
        orders.append((plot, lambda: _costs(plan, rows, look, ending(plot))))
    return tuple(words for path, paint in orders if (words := _saved(path, paint)))


def _saved(path: Path, paint: Callable[[], bytes]) -> str:
    try:
        write_bytes(path, paint())
    except OSError as error:
        return str(error)
    except (ValueError, MemoryError) as error:
        return f"“{path.name}” could not be saved. {error}"
    return ""


def _curves(rows: Sequence[Row], look: str, form: str) -> bytes:
    from curvegui.figure.drawing.look import LOOKS
    from curvegui.figure.picture.contact_sheet import sweep_sheet

    sheet = sweep_sheet(rows, LOOKS[look], form)
    for _ in sheet:
        pass
    return sheet.data


def _costs(plan: SweepPlan, rows: Sequence[Row], look: str, form: str) -> bytes:
    from curvegui.core.sweep.cost_chart import cost_chart
    from curvegui.figure.drawing.look import LOOKS
    from curvegui.figure.picture.cost_chart import CostPicture

    if not rows:
        raise ValueError("There is no run to draw.")
    painting = CostPicture(cost_chart(plan, rows), LOOKS[look], form)
    for _ in painting:
        pass
    return painting.data
