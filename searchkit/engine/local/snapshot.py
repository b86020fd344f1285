"""What do all segments of a generation say together?

Segments' documents are numbered through, so that a plan runs over one row of
numbers.  Everything here is over live documents.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from searchkit.engine.local.packing import Ints
from searchkit.engine.local.segment import CACHE_BYTES, Segment
from searchkit.engine.local.terms import encode


class Leaf(NamedTuple):
    """Live documents that hold a term: number, frequency, and length as the term's field counts it."""

    documents: Ints
    frequencies: Ints
    lengths: Ints


class TextStatistics(NamedTuple):
    """Of the live documents with text of one language in title or body: their number, and their mean length."""

    documents: int
    mean_length: float


class Snapshot:
    """The segments of a generation."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = list(segments)
        self.starts = [0]
        for segment in segments:
            self.starts.append(self.starts[-1] + segment.count)
            segment.cache_bytes = CACHE_BYTES // len(segments)
        self._statistics: dict[str, TextStatistics] = {}

    @property
    def count(self) -> int:
        """Count the documents, dead ones too."""
        return self.starts[-1]

    @cached_property
    def live_count(self) -> int:
        """Count the live documents."""
        return sum(segment.live_count for segment in self.segments)

    @cached_property
    def live(self) -> Ints:
        """Give the numbers of all live documents."""
        parts = [np.zeros(0, np.int64)]
        for segment, start in zip(self.segments, self.starts, strict=False):
            parts.append(start + (np.arange(segment.count) if segment.dead is None else np.flatnonzero(~segment.dead)))
        return np.concatenate(parts)

    def locate(self, document: int) -> tuple[Segment, int]:
        """Give the segment of a document and its row there."""
        index = bisect_right(self.starts, document) - 1
        return self.segments[index], document - self.starts[index]

    def split(self, documents: Ints) -> list[tuple[Segment, int, Ints]]:
        """Give, for each segment that has any of these documents, the segment, its first number and the rows there."""
        if len(self.segments) == 1:
            return [(self.segments[0], 0, documents)] if len(documents) else []
        result = []
        bounds = np.searchsorted(documents, self.starts) if _rising(documents) else None
        for index, segment in enumerate(self.segments):
            start, stop = self.starts[index], self.starts[index + 1]
            inside = (documents >= start) & (documents < stop) if bounds is None else slice(bounds[index], bounds[index + 1])
            chosen = documents[inside]
            if len(chosen):
                result.append((segment, start, chosen - start))
        return result

    def leaf(self, field: str, term: str) -> Leaf:
        """Give the live documents that hold a term."""
        data = encode(term)
        parts = []
        for segment, start in zip(self.segments, self.starts, strict=False):
            postings = segment.postings(field, data)
            if len(postings.documents):
                parts.append(self.live_leaf(segment, start, field, postings.documents, postings.frequencies))
        return self.joined(parts)

    def live_leaf(self, segment: Segment, start: int, field: str, rows: Ints, frequencies: Ints) -> Leaf:
        """Make a leaf of some postings of a segment."""
        if segment.dead is not None:
            alive = ~segment.dead[rows]
            rows, frequencies = rows[alive], frequencies[alive]
        return Leaf(rows + start, frequencies, segment.lengths(field)[rows].astype(np.int64))

    @staticmethod
    def joined(parts: Sequence[Leaf]) -> Leaf:
        """Put the leaves of several segments one after the other."""
        if len(parts) == 1:
            return parts[0]
        if not parts:
            empty = np.zeros(0, np.int64)
            return Leaf(empty, empty, empty)
        return Leaf(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def positions(self, field: str, term: str) -> Ints:
        """Give the places of a term in live documents, rising: the document's number times 2**32, plus the position."""
        data = encode(term)
        parts = [np.zeros(0, np.int64)]
        for segment, start in zip(self.segments, self.starts, strict=False):
            postings = segment.postings(field, data, positions=True)
            rows = np.repeat(postings.documents, postings.frequencies)
            positions = postings.positions
            if segment.dead is not None:
                alive = ~segment.dead[rows]
                rows, positions = rows[alive], positions[alive]
            parts.append(((rows + start) << 32) + positions)
        return np.concatenate(parts)

    def lengths(self, field: str, documents: Ints) -> Ints:
        """Give the lengths of documents, in rising order of number, as a field counts them."""
        parts = [np.zeros(0, np.int64), *(segment.lengths(field)[rows].astype(np.int64) for segment, _, rows in self.split(documents))]
        return np.concatenate(parts)

    def statistics(self, field: str) -> TextStatistics:
        """Give ``N`` and mean length for a field."""
        part, _, language = field.split("_", 2)
        name = f"{part}_{language}"
        if name not in self._statistics:
            pairs = [segment.text_statistics(name) for segment in self.segments]
            documents, total = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
            # A mean of 0 (words without width alone) would divide by zero; every length is 0 then as well.
            self._statistics[name] = TextStatistics(documents, total / documents if total else 1.0)
        return self._statistics[name]


def _rising(documents: Ints) -> bool:
    return bool((documents[1:] > documents[:-1]).all())
