"""How is a long text stored so that a piece of it can be had?

One stream of characters for all documents of a segment, compressed in blocks
of about 16,000; a piece costs the blocks that it lies in, whatever the length
of its document.  Offsets are code points from the beginning of the stream.
"""

import zlib

import numpy as np

from searchkit.engine.local.packing import damaged, get, put, size
from searchkit.engine.local.storage import Container, ContainerWriter

BLOCK_CHARS = 16_000
LEVEL = 4  # of zlib: 6 takes twice the time for 3 % fewer bytes


def compress(text: str) -> bytes:
    """Give the bytes of a block."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


def decompress(data: bytes | memoryview) -> str:
    """Give the text of a block."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


class StreamBuilder:
    """Collects a stream in memory, compressed."""

    def __init__(self) -> None:
        self.blocks: list[bytes | memoryview] = []
        self.lengths: list[int] = []
        self.length = 0
        self.size_bytes = 0
        self._held: list[str] = []
        self._held_chars = 0

    def append(self, text: str) -> int:
        """Add a text at the end and tell where it begins."""
        start = self.length
        self.length += len(text)
        at = 0
        while self._held_chars + len(text) - at >= BLOCK_CHARS:
            take = BLOCK_CHARS - self._held_chars
            self._held.append(text[at : at + take])
            self._held_chars += take
            at += take
            self._close_block()
        if at < len(text):
            self._held.append(text[at:])
            self._held_chars += len(text) - at
        return start

    def append_block(self, data: bytes | memoryview, length: int) -> int:
        """Add a block that is compressed already and tell where it begins."""
        if self._held_chars:
            self._close_block()
        start = self.length
        self.blocks.append(data)
        self.lengths.append(length)
        self.length += length
        self.size_bytes += len(data)
        return start

    def _close_block(self) -> None:
        data = compress("".join(self._held))
        self.blocks.append(data)
        self.lengths.append(self._held_chars)
        self.size_bytes += len(data)
        self._held, self._held_chars = [], 0

    def write(self, writer: ContainerWriter, name: str) -> None:
        """Store the stream."""
        if self._held_chars:
            self._close_block()
        writer.begin(f"{name}.blocks", "|u1")
        for block in self.blocks:
            writer.part(block)
        put(writer, f"{name}.bytes", np.cumsum([0, *map(len, self.blocks)], dtype=np.int64))
        put(writer, f"{name}.chars", np.cumsum([0, *self.lengths], dtype=np.int64))


class Stream:
    """A stored stream."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._name = name
        self._last: tuple[int, str] = (-1, "")

    def __len__(self) -> int:
        """Count the blocks."""
        return size(self._container, f"{self._name}.bytes") - 1

    def read(self, start: int, end: int) -> str:
        """Give characters ``start`` to ``end``."""
        if start >= end:
            return ""
        bounds = get(self._container, f"{self._name}.chars")
        if end > int(bounds[-1]):
            raise damaged(self._container, f"{self._name}: {end} of {int(bounds[-1])} characters")
        first, last = (np.searchsorted(bounds, [start, end - 1], "right") - 1).tolist()
        text = "".join(self._block(index) for index in range(first, last + 1))
        skip = start - int(bounds[first])
        return text[skip : skip + end - start]

    def _block(self, index: int) -> str:
        if self._last[0] != index:
            try:
                self._last = (index, decompress(self.raw(index)))
            except (zlib.error, UnicodeDecodeError) as error:
                raise damaged(self._container, f"{self._name}: block {index}: {error}") from error
        return self._last[1]

    def raw(self, index: int) -> memoryview:
        """Give a block as it is stored."""
        start, end = get(self._container, f"{self._name}.bytes", index, index + 2).tolist()
        return self._container.piece(f"{self._name}.blocks", start, end)

    def bounds(self) -> list[int]:
        """Give where each block begins, and where the last one ends."""
        bounds: list[int] = get(self._container, f"{self._name}.chars").tolist()
        return bounds
