"""How is a long run of bytes written in fewer, so that a piece of it can be had?  ``coded`` reads what is written here."""

import zlib

import numpy as np

from searchkit.engine.local.coded import BLOCK_BYTES, WINDOW
from searchkit.engine.local.packing import Bytes, put
from searchkit.engine.local.storage import ContainerWriter

LEVEL = 1
# Runs of one byte and Huffman's code: as small as with a search for repetitions, in two thirds of the time.
STRATEGY = zlib.Z_RLE
MEMORY = 8


class CodedWriter:
    """Writes one run of bytes; nothing else may be begun in its container before ``finish``."""

    def __init__(self, writer: ContainerWriter, name: str) -> None:
        self._writer, self._name = writer, name
        self._rest = b""
        self._sizes: list[int] = []
        writer.begin(f"{name}.blocks", "|u1")

    def part(self, data: Bytes) -> None:
        """Add bytes at the end."""
        view = memoryview(self._rest + data.tobytes()) if self._rest else data.data
        whole = len(view) - len(view) % BLOCK_BYTES
        for start in range(0, whole, BLOCK_BYTES):
            self._close(view[start : start + BLOCK_BYTES])
        self._rest = bytes(view[whole:])

    def _close(self, block: memoryview | bytes) -> None:
        coder = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY, STRATEGY)
        data = coder.compress(block) + coder.flush()
        self._sizes.append(len(data))
        self._writer.part(data)

    def finish(self) -> None:
        """Write what is left, and where each block begins."""
        if self._rest:
            self._close(self._rest)
        put(self._writer, f"{self._name}.at", np.cumsum([0, *self._sizes], dtype=np.int64))
