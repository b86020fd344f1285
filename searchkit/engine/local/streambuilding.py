"""How is a long text written so that a piece of it can be had?  ``streams`` reads what is written here."""

import zlib
from collections.abc import Callable

import numpy as np

from searchkit.engine.local.packing import put
from searchkit.engine.local.storage import ContainerWriter

BLOCK_CHARS = 16_000
RELEASED_BLOCKS = 500  # 4 MB
LEVEL = 4  # of zlib: 6 takes twice the time for 3 % fewer bytes


def compress(text: str) -> bytes:
    """Give the bytes of a block."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


class StreamBuilder:
    """Collects a stream in memory, compressed.

    Args:
        block_chars: length of a block; short for what is read a line at a time.
    """

    def __init__(self, block_chars: int = BLOCK_CHARS) -> None:
        self._block_chars = block_chars
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
        while self._held_chars + len(text) - at >= self._block_chars:
            take = self._block_chars - self._held_chars
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

    def write(self, writer: ContainerWriter, name: str, release: Callable[[], None]) -> None:
        """Store the stream; ``release`` is called now and then, to let go of blocks that lie in another file."""
        if self._held_chars:
            self._close_block()
        writer.begin(f"{name}.blocks", "|u1")
        for number, block in enumerate(self.blocks, 1):
            writer.part(block)
            if not number % RELEASED_BLOCKS:
                release()
        put(writer, f"{name}.bytes", np.cumsum([0, *map(len, self.blocks)], dtype=np.int64))
        put(writer, f"{name}.chars", np.cumsum([0, *self.lengths], dtype=np.int64))
