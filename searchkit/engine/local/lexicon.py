"""Which terms does the index hold, and which words does it know?"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from searchkit.engine.local.fields import Field
from searchkit.engine.local.snapshot import Snapshot
from searchkit.engine.local.terms import decode_all, encode

HELD_COUNTS = 1 << 14  # of terms that were asked for: a query asks for each of its own several times


def _named(contents: Iterable[str]) -> str:
    """Name some contents in 16 digits; ``hashlib`` would take two milliseconds to import."""
    text = "\n".join(contents).encode()
    return f"{zlib.crc32(text):08x}{zlib.crc32(text[::-1]):08x}"


class LocalLexicon:
    """The lexicon of a generation; see ``contract.Lexicon``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.state = _named(f"{segment.container.name} {segment.container.seal}" for segment in snapshot.segments)
        self._lemmas: dict[str, list[str]] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    def fields(self) -> list[str]:
        """Name the fields that hold any term, sorted."""
        return sorted({name for segment in self._snapshot.segments for name in segment.fields})

    def frequency(self, field: str, term: str) -> int:
        """Count the live documents that hold the term in the field."""
        found = self._frequencies.get((field, term))
        if found is None:
            if len(self._frequencies) >= HELD_COUNTS:
                self._frequencies.clear()
            found = sum(self._live(*place) for place in self._snapshot.find(field, term))
            self._frequencies[field, term] = found
        return found

    def _live(self, number: int, field: Field, place: int, count: int) -> int:
        segment = self._snapshot.segments[number]
        return count if segment.dead_bits is None else sum(map(segment.is_live, field.record(place).documents()))

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Give the terms of a field that begin so, sorted by code points, with the documents that hold each."""
        total: dict[str, int] = {}
        for segment in self._snapshot.segments:
            found = segment.field(field)
            if found is not None:
                start, stop = found.terms.prefix_range(encode(prefix))
                terms, counts = found.terms.counted(start, stop)
                if total:
                    for term, count in zip(terms, counts, strict=True):
                        total[term] = total.get(term, 0) + count
                    # Two sorted runs, which sorting finds; as pairs with the counts they took twice the time.
                    total = {term: total[term] for term in sorted(total)}
                else:
                    total = dict(zip(terms, counts, strict=True))
        return iter(total.items())

    def knows(self, language: str, lemma: str) -> bool:
        """Tell whether any form of that language had this lemma."""
        data = encode(lemma)
        lists = (segment.lemmas(language) for segment in self._snapshot.segments)
        return any(found is not None and found.find(data) >= 0 for found in lists)

    def lemmas(self, language: str) -> list[str]:
        """Give all lemmas of a language, sorted; cached, not to be changed."""
        if language not in self._lemmas:
            lists = [found.slice(0, len(found)) for segment in self._snapshot.segments if (found := segment.lemmas(language)) is not None]
            self._lemmas[language] = decode_all(lists[0] if len(lists) == 1 else sorted(dict.fromkeys(chain.from_iterable(lists))))
        return self._lemmas[language]

    def documents(self, field: str) -> int:
        """Count the live documents that have text in a field's language, in its title or body."""
        return self._snapshot.statistics(field).documents
