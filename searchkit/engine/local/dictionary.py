"""How is a list of terms written?  In deflated blocks, with what is known of each term; ``terms`` reads them."""

import zlib
from collections.abc import Sequence

import numpy as np

from searchkit.engine.local.packing import Bytes, Ints, put, put_bytes, smallest, starts_of
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.terms import BLOCK_TERMS, HEADER, SEPARATOR
from searchkit.typed import NamedTuple

LEVEL = 6  # 9 gains 1 % and takes twice the time


class Known(NamedTuple):
    """What a dictionary keeps of its terms.

    Attributes:
        counts: (terms,) documents.
        sizes: (terms,) bytes of the record.
        widths: (terms,) codes of the widths in it.
    """

    counts: Ints
    sizes: Ints
    widths: Bytes


class TermsWriter:
    """Collects a list of terms, packed; terms come in order, some at a time."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._firsts: list[bytes] = []
        self._count = 0
        self._waiting: list[bytes] = []
        self._known: Known | None = None

    def add(self, terms: Sequence[bytes], known: Known | None = None) -> None:
        """Add some terms; of all of them something is known, or of none."""
        self._count += len(terms)
        self._waiting += terms
        if known is not None:
            before = self._known or Known(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint8))
            self._known = Known(
                np.concatenate([before.counts, known.counts]),
                np.concatenate([before.sizes, known.sizes]),
                np.concatenate([before.widths, known.widths]),
            )
        self._close(len(self._waiting) - len(self._waiting) % BLOCK_TERMS)

    def _close(self, stop: int) -> None:
        """Pack the first of the waiting terms."""
        for low in range(0, stop, BLOCK_TERMS):
            high = min(low + BLOCK_TERMS, stop)
            self._firsts.append(self._waiting[low])
            self._blocks.append(zlib.compress(_block(self._waiting[low:high], self._known, low, high), LEVEL))
        del self._waiting[:stop]
        if self._known is not None:
            self._known = Known(self._known.counts[stop:], self._known.sizes[stop:], self._known.widths[stop:])

    def write(self, writer: ContainerWriter, name: str) -> None:
        """Store the list."""
        self._close(len(self._waiting))
        writer.add(f"{name}.blocks", b"".join(self._blocks), "|u1")
        lengths = np.fromiter(map(len, self._blocks), np.int64, len(self._blocks))
        put(writer, f"{name}.at", np.append(starts_of(lengths), self._count))
        put_bytes(writer, f"{name}.first", b"".join(self._firsts))
        put(writer, f"{name}.first_at", starts_of(np.fromiter(map(len, self._firsts), np.int64, len(self._firsts))))


def write_terms(writer: ContainerWriter, name: str, terms: Sequence[bytes]) -> None:
    """Store terms, which are sorted already where they are to be searched."""
    whole = TermsWriter()
    whole.add(terms)
    whole.write(writer, name)


def _block(terms: Sequence[bytes], known: Known | None, start: int, stop: int) -> bytes:
    """Give the bytes of a block."""
    text = SEPARATOR.join(terms)
    if known is None:
        return HEADER.pack(len(terms), 0, 0, len(text)) + text
    counts, sizes = smallest(known.counts[start:stop]), smallest(known.sizes[start:stop])
    head = HEADER.pack(len(terms), counts.itemsize, sizes.itemsize, len(text))
    return b"".join((head, text, counts.tobytes(), sizes.tobytes(), known.widths[start:stop].tobytes()))
