"""The fewest actions that still lead to the same trouble, found by leaving some out."""

from collections.abc import Callable, Sequence

Fails = Callable[[Sequence[int]], bool]
TRIES = 2  # the trainer's thread goes its own way: what happened once may not happen each time


def fewest(numbers: Sequence[int], fails: Fails, tries: int = TRIES) -> list[int]:
    """As few of these numbers as possible with which it still ``fails``; all of them if it does not even so.

    The last ones are tried alone first: most trouble comes from them.
    """

    def again(some: Sequence[int]) -> bool:
        return any(fails(some) for _ in range(tries))

    kept = list(numbers)
    for count in (1, 2, 4, 8, 16, 32, 64):
        if count < len(kept) and again(kept[-count:]):
            kept = kept[-count:]
            break
    pieces = 2
    while len(kept) > 1:
        size = -(-len(kept) // pieces)
        without = (kept[:start] + kept[start + size :] for start in range(0, len(kept), size))
        smaller = next((some for some in without if some and again(some)), None)
        if smaller is not None:
            kept, pieces = smaller, max(2, pieces - 1)
        elif size == 1:
            break
        else:
            pieces = min(len(kept), 2 * pieces)
    return kept
