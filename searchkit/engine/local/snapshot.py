"""What do all segments of a generation say together?

Segments' documents are numbered through, so that a plan runs over one row of
numbers.  Everything here is over live documents, and standard library only;
``vectors`` gives whole postings to numpy.
"""

from bisect import bisect_right
from collections.abc import Sequence

from searchkit.engine.local.fields import Field
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.terms import encode
from searchkit.typed import Any, NamedTuple

HELD_TERMS = 1 << 14  # whose places are remembered: planning, ranking and the bonus of a query ask for the same ones

Place = tuple[int, Field, int, int]
"""Number of a segment that has a term, the field there, the term's number in it, how many documents hold it, dead ones too."""


class TextStatistics(NamedTuple):
    """Of the live documents with text of one language in title or body: their number, and their mean length."""

    documents: int
    mean_length: float


class Snapshot:
    """The segments of a generation.

    Attributes:
        segments: oldest first.
        starts: (segments + 1,) number of the first document of each.
        count: of the documents, dead ones too.
        live_count: of the live ones.
        scratch: what executors remember of it, by their own names.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = list(segments)
        self.starts = [0]
        for segment in segments:
            self.starts.append(self.starts[-1] + segment.count)
        self.count = self.starts[-1]
        self.live_count = sum(segment.live_count for segment in segments)
        self.scratch: dict[str, Any] = {}
        self._statistics: dict[str, TextStatistics] = {}
        self._places: dict[tuple[str, str], list[Place]] = {}

    def locate(self, document: int) -> tuple[Segment, int]:
        """Give the segment of a document and its row there."""
        index = bisect_right(self.starts, document) - 1
        return self.segments[index], document - self.starts[index]

    def find(self, field: str, term: str) -> "list[Place]":
        """Give where a term stands; empty where no document holds it, dead or alive."""
        found = self._places.get((field, term))
        if found is None:
            if len(self._places) >= HELD_TERMS:
                self._places.clear()
            data = encode(term)
            found = []
            for number, segment in enumerate(self.segments):
                place = segment.find(field, data)
                if place is not None:
                    found.append((number, *place, place[0].count(place[1])))
            self._places[field, term] = found
        return found

    def statistics(self, field: str) -> TextStatistics:
        """Give ``N`` and mean length for a field."""
        part, _, language = field.split("_", 2)
        name = f"{part}_{language}"
        found = self._statistics.get(name)
        if found is None:
            pairs = [segment.text_statistics(name) for segment in self.segments]
            documents, total = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
            # A mean of 0 (words without width alone) would divide by zero; every length is 0 then as well.
            found = self._statistics[name] = TextStatistics(documents, total / documents if total else 1.0)
        return found
