"""What do the segments of a generation hold, as numpy's arrays?

Postings of terms over all segments, live documents only; flags and lengths.
``segment`` and ``snapshot`` tell the same number by number.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.local.packing import Ints, Numbers, get, put_bytes
from searchkit.engine.local.postings import Postings, read
from searchkit.engine.local.segment import Segment, Texts
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.storage import ContainerWriter, Disk, FileFact
from searchkit.typed import NamedTuple

Flags = NDArray[np.bool_]
CACHE_BYTES = 48 << 20  # of postings that were read last, in a segment
NO_POSTINGS = Postings(*(np.zeros(0, np.int64) for _ in range(4)))


class Leaf(NamedTuple):
    """Live documents that hold a term: number, frequency, and length as the term's field counts it."""

    documents: Ints
    frequencies: Ints
    lengths: Ints


class _Held:
    """The postings of a segment that were read last."""

    def __init__(self) -> None:
        self.postings: dict[tuple[str, bytes], Postings] = {}
        self.size_bytes = 0


def dead_of(segment: Segment) -> Flags | None:
    """Tell for each document whether it has been deleted; None where all are alive."""
    if segment.dead_bits is None:
        return None
    dead: Flags | None = segment.scratch.get("dead")
    if dead is None:
        bits = np.frombuffer(segment.dead_bits, np.uint8)
        dead = segment.scratch["dead"] = np.unpackbits(bits, count=segment.count).astype(bool)
    return dead


def lengths_of(segment: Segment, field: str) -> Numbers:
    """Give the lengths of all documents of a segment, as a field counts them."""
    return np.asarray(segment.length_column(field))


def present(segment: Segment, name: str) -> Flags:
    """Tell for each document, dead or alive, whether it has text of a ``{part}_{language}``."""
    if name not in segment.presence_names:
        return np.zeros(segment.count, bool)
    return np.unpackbits(get(segment.container, f"present/{name}"), count=segment.count).astype(bool)


def postings_of(segment: Segment, name: str, term: bytes) -> Postings:
    """Give the postings of a term, dead documents too; empty where there is none.  The last ones are remembered."""
    cache: _Held = segment.scratch.setdefault("postings", _Held())
    held = cache.postings.get((name, term))
    if held is not None:
        return held
    place = segment.find(name, term)
    postings = NO_POSTINGS if place is None else read(place[0], place[1], place[1] + 1, positions=True)
    cache.size_bytes += _size(postings)
    cache.postings[name, term] = postings
    while cache.size_bytes > CACHE_BYTES and len(cache.postings) > 1:
        cache.size_bytes -= _size(cache.postings.pop(next(iter(cache.postings))))
    return postings


def _size(postings: Postings) -> int:
    return 8 * (len(postings.documents) * 2 + len(postings.positions)) + 200


def live_of(snapshot: Snapshot) -> Ints:
    """Give the numbers of all live documents."""
    parts = [np.zeros(0, np.int64)]
    for segment, start in zip(snapshot.segments, snapshot.starts, strict=False):
        dead = dead_of(segment)
        parts.append(start + (np.arange(segment.count) if dead is None else np.flatnonzero(~dead)))
    return np.concatenate(parts)


def split(snapshot: Snapshot, documents: Ints) -> list[tuple[Segment, int, Ints]]:
    """Give, for each segment that has any of these documents, the segment, its first number and the rows there."""
    if len(snapshot.segments) == 1:
        return [(snapshot.segments[0], 0, documents)] if len(documents) else []
    result = []
    bounds = np.searchsorted(documents, snapshot.starts) if _rising(documents) else None
    for index, segment in enumerate(snapshot.segments):
        start, stop = snapshot.starts[index], snapshot.starts[index + 1]
        inside = (documents >= start) & (documents < stop) if bounds is None else slice(bounds[index], bounds[index + 1])
        chosen = documents[inside]
        if len(chosen):
            result.append((segment, start, chosen - start))
    return result


def live_leaf(segment: Segment, start: int, field: str, rows: Ints, frequencies: Ints) -> Leaf:
    """Make a leaf of some postings of a segment."""
    dead = dead_of(segment)
    if dead is not None:
        alive = ~dead[rows]
        rows, frequencies = rows[alive], frequencies[alive]
    return Leaf(rows + start, frequencies, lengths_of(segment, field)[rows].astype(np.int64))


def joined(parts: Sequence[Leaf]) -> Leaf:
    """Put the leaves of several segments one after the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        empty = np.zeros(0, np.int64)
        return Leaf(empty, empty, empty)
    return Leaf(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def document_lengths(snapshot: Snapshot, field: str, documents: Ints) -> Ints:
    """Give the lengths of documents, in rising order of number, as a field counts them."""
    parts = [np.zeros(0, np.int64)]
    parts += [lengths_of(segment, field)[rows].astype(np.int64) for segment, _, rows in split(snapshot, documents)]
    return np.concatenate(parts)


def _rising(documents: Ints) -> bool:
    return bool((documents[1:] > documents[:-1]).all())


def write_dead(disk: Disk, path: str, segment: Segment) -> FileFact:
    """Write a file of deletions, with the statistics of the texts that are left."""
    dead = dead_of(segment)
    if dead is None:
        raise ValueError("no document is dead")
    texts: Texts = {}
    for name in segment.presence_names:
        chosen = present(segment, name) & ~dead
        texts[name] = (int(chosen.sum()), int(lengths_of(segment, name)[chosen].sum(dtype=np.int64)))
    writer = ContainerWriter(disk, path)
    try:
        put_bytes(writer, "dead", np.packbits(dead))
        return writer.finish({"texts": texts})
    except BaseException:
        writer.abandon()
        raise
