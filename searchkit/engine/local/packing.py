"""How do many small numbers take up few bytes?

Arrays in the smallest type that holds them, bytes of seven bits for numbers
that are mostly small, and the index arithmetic that keeps Python out of the
loops.  What the numbers mean is not known here.
"""

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.arrays import view
from searchkit.engine.local.storage import Container, ContainerWriter
from searchkit.errors import IndexDamagedError
from searchkit.typed import Any

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Numbers = NDArray[Any]

_TYPES = (np.dtype("<u1"), np.dtype("<u2"), np.dtype("<u4"), np.dtype("<u8"))


def smallest(values: Numbers) -> Numbers:
    """Give the same numbers, none below 0, in the smallest type that holds them."""
    top = int(values.max(initial=0))
    for kind in _TYPES:
        if top < 1 << (8 * kind.itemsize):
            return values.astype(kind)
    raise ValueError(f"too large: {top}")


def put(writer: ContainerWriter, name: str, values: Numbers) -> None:
    """Store numbers, none below 0."""
    small = smallest(values)
    writer.add(name, small.data.cast("B") if len(small) else b"", small.dtype.str)


def put_bytes(writer: ContainerWriter, name: str, values: Bytes | bytes) -> None:
    """Store bytes as they are."""
    writer.add(name, values if isinstance(values, bytes) else values.tobytes(), "|u1")


def get(container: Container, name: str, start: int = 0, stop: int | None = None) -> Numbers:
    """Give numbers ``start`` to ``stop`` of an array; a view of the file, checked.

    Raises:
        IndexDamagedError: they are not what was written.
    """
    return np.frombuffer(view(container, name, start, stop), np.dtype(container.kind(name)))


def runs(starts: Numbers, counts: Numbers) -> Ints:
    """Give ``starts[0], starts[0] + 1, …`` (``counts[0]`` numbers), then the same of the next, and so on.

    >>> runs(np.array([5, 10]), np.array([2, 3])).tolist()
    [5, 6, 10, 11, 12]
    """
    lengths = counts.astype(np.int64)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts.astype(np.int64) - (ends - lengths), lengths) + np.arange(total)


def starts_of(counts: Numbers) -> Ints:
    """Give where each run begins, and where the last one ends.

    >>> starts_of(np.array([2, 3])).tolist()
    [0, 2, 5]
    """
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def order_of(keys: Numbers) -> Ints:
    """Sort stably, by 16 bits at a time: numpy sorts those by counting.

    8.8 million keys below 2**20: 0.25 s, one stable argsort of int64 0.8 s.
    """
    top = int(keys.max(initial=0))
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    shift = 16
    while top >> shift:
        order = order[np.argsort(((keys[order] >> shift) & 0xFFFF).astype(np.uint16), kind="stable")]
        shift += 16
    return order


def varint_lengths(values: Ints) -> Ints:
    """Give how many bytes each number takes up."""
    lengths = np.ones(len(values), np.int64)
    for shift in (7, 14, 21, 28, 35):
        over = values >= 1 << shift
        if not over.any():
            break
        lengths += over
    return lengths


def varint_put(out: Bytes, at: Ints, values: Ints, lengths: Ints) -> None:
    """Write numbers at these places, seven bits a byte, the lowest first; all bytes but the last have the eighth bit."""
    for index in range(int(lengths.max(initial=0))):
        chosen = lengths > index
        if chosen.all():
            more = lengths > index + 1
            out[at + index] = ((values >> (7 * index)) & 127) | (more << 7)
        else:
            more = lengths[chosen] > index + 1
            out[at[chosen] + index] = ((values[chosen] >> (7 * index)) & 127) | (more << 7)


def varint_get(data: Bytes) -> Ints:
    """Read all numbers of a stretch of bytes.

    Raises:
        ValueError: it ends inside a number, or a number is longer than ten bytes.
    """
    ends = np.flatnonzero(data < 128)  # noqa: PLR2004 -- the eighth bit
    if len(data) and (not len(ends) or ends[-1] != len(data) - 1):
        raise ValueError("ends inside a number")
    if len(ends) == len(data):
        return data.astype(np.int64)
    starts = np.empty(len(ends), np.int64)
    starts[:1] = 0
    starts[1:] = ends[:-1] + 1
    lengths = ends - starts + 1
    longest = int(lengths.max())
    if longest > 9:  # noqa: PLR2004 -- 63 bits
        raise ValueError("a number is too long")
    values = (data[starts] & 127).astype(np.int64)
    for index in range(1, longest):
        chosen = np.flatnonzero(lengths > index)
        values[chosen] |= (data[starts[chosen] + index] & 127).astype(np.int64) << (7 * index)
    return values


def damaged(container: Container, what: str) -> IndexDamagedError:
    """Make the error for numbers that pass their checksum and still make no sense."""
    return IndexDamagedError(container.path, what)
