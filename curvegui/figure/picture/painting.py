"""Something that is painted in pieces and becomes a file's bytes."""

from collections.abc import Generator, Iterator

from curvegui.figure.picture.surfaces import Surface


class Painting:
    """A file on its way to bytes.

    Advance it until it is ``painted``, between the frames of a window; then call `encode`, which may take longer,
    from any thread. If it is no longer wanted, it can simply be dropped. Its pieces paint on the surface's device, and
    yield how much is done; their painter ends with them.
    """

    def __init__(self, surface: Surface, pieces: Generator[float, None, None]) -> None:
        self._surface, self._pieces = surface, pieces
        self._data: bytes | None = None
        self.painted = False

    def advance(self) -> float:
        """Paint one piece of a few milliseconds; how much is done, from 0 to 1."""
        done = next(self._pieces, None)
        self.painted = done is None
        return 1.0 if done is None else done

    def __iter__(self) -> Iterator[float]:
        while not self.painted:
            yield self.advance()

    def encode(self) -> bytes:
        """The finished file. Raises ``RuntimeError`` if it is not ``painted`` yet."""
        if not self.painted:
            raise RuntimeError("The picture is not painted yet: advance it first.")
        if self._data is None:
            self._data = self._surface.encode()
        return self._data

    @property
    def data(self) -> bytes:
        """The finished file, encoded when it is first asked for; see `encode`."""
        return self.encode()
