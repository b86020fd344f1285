"""Where does a term stand in a sorted list of terms?

Terms are UTF-8 in one stretch of bytes, in the order of their code points
(which is that of their bytes), with the places where they end.  Lists are
searched where they lie; only the blocks on the way are read.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from searchkit.engine.local.packing import get, put, put_bytes, size, starts_of
from searchkit.engine.local.storage import Container, ContainerWriter


def encode(term: str) -> bytes:
    """Give the bytes of a term (lone surrogates, as in undecodable paths, included)."""
    return term.encode("utf-8", "surrogatepass")


def decode(data: bytes | memoryview) -> str:
    """Give the term of some bytes."""
    return str(data, "utf-8", "surrogatepass")


def write_terms(writer: ContainerWriter, name: str, terms: Sequence[bytes]) -> None:
    """Store terms, which are sorted already where they are to be searched."""
    put_bytes(writer, f"{name}.text", b"".join(terms))
    put(writer, f"{name}.at", starts_of(np.fromiter(map(len, terms), np.int64, len(terms))))


class TermList:
    """A stored list of terms."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._text = f"{name}.text"
        self._at = f"{name}.at"
        self._count = size(container, self._at) - 1

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> bytes:
        """Give one term."""
        if not 0 <= index < self._count:
            raise IndexError(index)
        start, end = get(self._container, self._at, index, index + 2).tolist()
        return bytes(self._container.piece(self._text, start, end))

    def slice(self, start: int, stop: int) -> list[bytes]:
        """Give several terms, in order."""
        if start >= stop:
            return []
        at = get(self._container, self._at, start, stop + 1).tolist()
        data = bytes(self._container.piece(self._text, at[0], at[-1]))
        base = at[0]
        return [data[low - base : high - base] for low, high in pairwise(at)]

    def place(self, term: bytes) -> int:
        """Give the number of the first term that is not before this one."""
        return bisect_left(self, term)

    def find(self, term: bytes) -> int:
        """Give the number of a term; -1 if it is not there."""
        place = self.place(term)
        return place if place < self._count and self[place] == term else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Give the first term that begins so, and the one after the last."""
        if not prefix:
            return 0, self._count
        # No UTF-8 holds the byte FF: everything that begins with the prefix sorts below prefix + FF.
        return self.place(prefix), self.place(prefix + b"\xff")
