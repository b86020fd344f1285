"""How is a piece of a long run of bytes had that is stored in fewer?

Postings are small numbers, and most of their bytes are the same few: Huffman's
code alone takes a third of them away, half of those without positions.  Blocks
of 4 KB are coded each by itself, so that a record costs the one block that it
lies in (20 microseconds); larger ones save nothing more.

Standard library only; ``coding`` writes what is read here.
"""

import zlib
from itertools import pairwise

from searchkit.engine.local.arrays import Column
from searchkit.engine.local.storage import Container
from searchkit.errors import IndexDamagedError

BLOCK_BYTES = 4 << 10
WINDOW = -12  # of zlib: 4 KB, and neither header nor checksum, which the container has
HELD_BLOCKS = 64  # of a run, 256 KB: a stream of queries asks for the same terms again
FEW_BLOCKS = 4  # that one piece may leave to be held


def inflated(data: bytes | memoryview, most_bytes: int, window: int = zlib.MAX_WBITS) -> bytes:
    """Give the bytes of one whole block, but of no bomb.

    Raises:
        zlib.error, ValueError: it is none.
    """
    inflater = zlib.decompressobj(window)
    found = inflater.decompress(data, most_bytes)
    if not inflater.eof or inflater.unused_data:
        raise ValueError("not a whole block")
    return found


class CodedBytes:
    """A stored run of bytes."""

    __slots__ = ("_at", "_container", "_held", "_name")

    def __init__(self, container: Container, name: str) -> None:
        self._container, self._name = container, f"{name}.blocks"
        self._at = Column(container, f"{name}.at")
        self._held: dict[int, bytes] = {}

    def piece(self, start: int, stop: int) -> memoryview:
        """Give bytes ``start`` to ``stop``.

        Raises:
            IndexDamagedError: they are not what was written.
        """
        if start == stop:
            return memoryview(b"")
        first, last = start // BLOCK_BYTES, (stop - 1) // BLOCK_BYTES
        skip = start - first * BLOCK_BYTES
        if not 0 <= start < stop or last >= len(self._at) - 1:
            raise IndexDamagedError(self._container.path, f"{self._name}: it has no bytes {start} to {stop}")
        data = self._block(first) if first == last else self._several(first, last)
        found = memoryview(data)[skip : skip + stop - start]
        if len(found) != stop - start:
            raise IndexDamagedError(self._container.path, f"{self._name}: {len(found)} bytes for {stop - start}")
        return found

    def _several(self, first: int, last: int) -> bytes:
        """Inflate neighbouring blocks; many of them are held by nobody."""
        if last - first < FEW_BLOCKS:
            return b"".join(map(self._block, range(first, last + 1)))
        bounds = self._at.slice(first, last + 2)
        coded = self._container.piece(self._name, bounds[0], bounds[-1])
        pieces = (coded[low - bounds[0] : high - bounds[0]] for low, high in pairwise(bounds))
        return b"".join([self._inflated(piece, number) for number, piece in enumerate(pieces, first)])

    def _block(self, number: int) -> bytes:
        found = self._held.get(number)
        if found is None:
            start, stop = self._at.slice(number, number + 2)
            found = self._inflated(self._container.piece(self._name, start, stop), number)
            if len(self._held) >= HELD_BLOCKS:
                del self._held[next(iter(self._held))]
            self._held[number] = found
        return found

    def _inflated(self, data: memoryview, number: int) -> bytes:
        try:
            found = inflated(data, BLOCK_BYTES, WINDOW)
        except (zlib.error, ValueError) as error:
            raise IndexDamagedError(self._container.path, f"{self._name}: block {number}: {error}") from error
        # All but the last are full: a shorter one would move whatever comes behind it.
        if len(found) < BLOCK_BYTES and number < len(self._at) - 2:
            raise IndexDamagedError(self._container.path, f"{self._name}: block {number} is not full")
        return found
