"""Which terms does the index hold, and which words does it know?"""

from collections import Counter
from collections.abc import Iterator

from searchkit.engine.local.segment import Segment
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import decode, encode


class LocalLexicon:
    """The lexicon of a generation; see ``contract.Lexicon``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lemmas: dict[str, list[str]] = {}

    def fields(self) -> list[str]:
        """Name the fields that hold any term, sorted."""
        return sorted({name for segment in self._snapshot.segments for name in segment.fields})

    def frequency(self, field: str, term: str) -> int:
        """Count the live documents that hold the term in the field."""
        data = encode(term)
        return sum(self._count(segment, field, data) for segment in self._snapshot.segments)

    @staticmethod
    def _count(segment: Segment, field: str, term: bytes) -> int:
        if segment.dead is not None:
            return int((~segment.dead[segment.postings(field, term).documents]).sum())
        found = segment.field(field)
        place = -1 if found is None else found.terms.find(term)
        return 0 if found is None or place < 0 else int(found.counts(place, place + 1)[0])

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Give the terms of a field that begin so, sorted by code points, with the documents that hold each."""
        lists = []
        for segment in self._snapshot.segments:
            found = segment.field(field)
            if found is not None:
                start, stop = found.terms.prefix_range(encode(prefix))
                lists.append(list(zip(found.terms.slice(start, stop), found.counts(start, stop).tolist(), strict=True)))
        if len(lists) > 1:
            total: Counter[bytes] = Counter()
            for pairs in lists:
                total.update(dict(pairs))
            lists = [sorted(total.items())]
        return ((decode(term), count) for pairs in lists for term, count in pairs)

    def knows(self, language: str, lemma: str) -> bool:
        """Tell whether any form of that language had this lemma."""
        data = encode(lemma)
        lists = (segment.lemmas(language) for segment in self._snapshot.segments)
        return any(found is not None and found.find(data) >= 0 for found in lists)

    def lemmas(self, language: str) -> list[str]:
        """Give all lemmas of a language, sorted; cached, not to be changed."""
        if language not in self._lemmas:
            union: set[bytes] = set()
            for segment in self._snapshot.segments:
                found = segment.lemmas(language)
                if found is not None:
                    union.update(found.slice(0, len(found)))
            self._lemmas[language] = [decode(lemma) for lemma in sorted(union)]
        return self._lemmas[language]

    def documents(self, field: str) -> int:
        """Count the live documents that have text in a field's language, in its title or body."""
        return self._snapshot.statistics(field).documents
