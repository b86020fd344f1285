"""How is a piece of a long stored text had?

One stream of characters for all documents of a segment, compressed in blocks
of about 16,000; a piece costs the blocks that it lies in, whatever the length
of its document.  Offsets are code points from the beginning of the stream.
Standard library only; ``streambuilding`` writes.
"""

import zlib
from bisect import bisect_right

from searchkit.engine.local.arrays import Column, view
from searchkit.engine.local.coded import inflated
from searchkit.engine.local.storage import Container
from searchkit.errors import IndexDamagedError

HELD_BLOCKS = 64  # of a stream: 2 MB at the most; the hits of one query lie anywhere
LARGEST_BLOCK_BYTES = 1 << 20  # 16,000 characters of four bytes are 64 KB: more is no block of ours


def decompress(data: bytes | memoryview) -> str:
    """Give the text of a block.

    Raises:
        zlib.error, ValueError: it is not one whole block.
    """
    return inflated(data, LARGEST_BLOCK_BYTES).decode("utf-8", "surrogatepass")


class Stream:
    """A stored stream."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = name
        self._chars = Column(container, f"{name}.chars")
        self._bytes = Column(container, f"{name}.bytes")
        self._held: dict[int, str] = {}

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self._bytes) - 1

    def read(self, start: int, end: int) -> str:
        """Give characters ``start`` to ``end``."""
        if start >= end:
            return ""
        whole = self._chars[len(self)]
        if end > whole:
            raise IndexDamagedError(self._container.path, f"{self._name}: {end} of {whole} characters")
        first = bisect_right(self._chars, start) - 1
        last = first
        skip = start - self._chars[first]
        text = self._block(first)
        while len(text) < skip + end - start:
            last += 1
            text += self._block(last)
        return text[skip : skip + end - start]

    def _block(self, index: int) -> str:
        found = self._held.get(index)
        if found is None:
            try:
                text = decompress(self.raw(index))
            except (zlib.error, ValueError) as error:
                raise IndexDamagedError(self._container.path, f"{self._name}: block {index}: {error}") from error
            if len(text) != self._chars[index + 1] - self._chars[index]:
                raise IndexDamagedError(self._container.path, f"{self._name}: block {index} is not as long as it says")
            if len(self._held) >= HELD_BLOCKS:
                del self._held[next(iter(self._held))]
            found = self._held[index] = text
        return found

    def raw(self, index: int) -> memoryview:
        """Give a block as it is stored."""
        start, end = self._bytes.slice(index, index + 2)
        return self._container.piece(f"{self._name}.blocks", start, end)

    def bounds(self) -> list[int]:
        """Give where each block begins, and where the last one ends."""
        return view(self._container, f"{self._name}.chars").tolist()
