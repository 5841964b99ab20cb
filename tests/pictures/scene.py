"""What a scene is: how the app is started, and what someone does there and takes pictures of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from visitor import Visitor

Play = Callable[[Visitor], None]


def opening(run: str) -> tuple[str, ...]:
    """The arguments that open a run that was made before."""
    return (f"{{runs}}/{run}.curvegui",)


HEART, LEARNT = opening("heart"), opening("learnt")


@dataclass(frozen=True)
class Scene:
    """One start of the app, with a home that nobody has lived in.

    ``name``: of its folder of pictures. ``play``: does things and takes pictures. ``arguments``: what the app is
    started with; ``{runs}`` is the folder of the runs that were made before. ``before``: what is done in an earlier
    start in the same home, without a picture. ``preferences``: what is otherwise than usual in the app's preferences.
    """

    name: str
    play: Play
    arguments: tuple[str, ...] = HEART
    before: Play | None = None
    before_arguments: tuple[str, ...] = HEART
    preferences: Mapping[str, object] = field(default_factory=dict)
