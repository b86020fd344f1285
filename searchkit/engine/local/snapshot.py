"""What do all segments of a generation say together?

Segments' documents are numbered through, so that a plan runs over one row of
numbers.  Everything here is over live documents, and standard library only;
``vectors`` gives whole postings to numpy.
"""

from bisect import bisect_right
from collections.abc import Sequence

from searchkit.engine.local.segment import Segment
from searchkit.typed import Any, NamedTuple


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

    def locate(self, document: int) -> tuple[Segment, int]:
        """Give the segment of a document and its row there."""
        index = bisect_right(self.starts, document) - 1
        return self.segments[index], document - self.starts[index]

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
