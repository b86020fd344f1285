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


def write_terms(writer: ContainerWriter, name: str, terms: Sequence[bytes], known: Known | None = None) -> None:
    """Store terms, which are sorted already where they are to be searched."""
    writer.begin(f"{name}.blocks", "|u1")
    lengths: list[int] = []
    firsts: list[bytes] = []
    for start in range(0, len(terms), BLOCK_TERMS):
        stop = min(start + BLOCK_TERMS, len(terms))
        block = zlib.compress(_block(terms[start:stop], known, start, stop), LEVEL)
        writer.part(block)
        lengths.append(len(block))
        firsts.append(terms[start])
    put(writer, f"{name}.at", np.append(starts_of(np.array(lengths, np.int64)), len(terms)))
    put_bytes(writer, f"{name}.first", b"".join(firsts))
    put(writer, f"{name}.first_at", starts_of(np.fromiter(map(len, firsts), np.int64, len(firsts))))


def _block(terms: Sequence[bytes], known: Known | None, start: int, stop: int) -> bytes:
    """Give the bytes of a block."""
    text = SEPARATOR.join(terms)
    if known is None:
        return HEADER.pack(len(terms), 0, 0, len(text)) + text
    counts, sizes = smallest(known.counts[start:stop]), smallest(known.sizes[start:stop])
    head = HEADER.pack(len(terms), counts.itemsize, sizes.itemsize, len(text))
    return b"".join((head, text, counts.tobytes(), sizes.tobytes(), known.widths[start:stop].tobytes()))
