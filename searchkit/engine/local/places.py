"""Where in a document do the words stand that were asked for?

Positions of postings are turned back to written words by the chunk table, and
to offsets by cutting the chunk's text again.
"""

from collections.abc import Sequence

import numpy as np

from searchkit.engine.contract import Occurrence
from searchkit.engine.local.documents import ChunkTable
from searchkit.engine.local.expansion import held_terms
from searchkit.engine.local.packing import Ints
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.terms import encode
from searchkit.engine.local.wildcards import is_pattern
from searchkit.text.words import word_spans

PATTERN_TERMS = 10_000  # of one pattern, in lexicon order: as many as a search takes


def matches(segment: Segment, row: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[dict[int, int]]:
    """Count, for each asked word, the written words that match it, chunk by chunk."""
    table = segment.documents.chunk_table(row)
    results: list[dict[int, int]] = []
    for terms in words:
        found: dict[int, set[int]] = {}
        for channel, positions in _positions(segment, row, terms):
            for chunk, inside in _by_chunk(table, channel, positions):
                found.setdefault(chunk, set()).update(_written(segment, table, chunk, channel, inside).tolist())
        results.append({chunk: len(found[chunk]) for chunk in sorted(found) if found[chunk]})
    return results


def occurrences(segment: Segment, row: int, chunk: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[Occurrence]:
    """Give the written words of a chunk that match, in order of place and asked word."""
    table = segment.documents.chunk_table(row)
    if not 0 <= chunk < len(table.start):
        raise IndexError(chunk)
    start = int(table.start[chunk])
    text = segment.documents.text(row, start, start + int(table.size[chunk]))
    spans = word_spans(text)
    result: set[tuple[int, int]] = set()
    for number, terms in enumerate(words):
        for channel, positions in _positions(segment, row, terms):
            for found, inside in _by_chunk(table, channel, positions):
                if found == chunk:
                    places = _written(segment, table, chunk, channel, inside)
                    result.update((place, number) for place in places.tolist() if place < len(spans))
    return [Occurrence(start + spans[place][0], start + spans[place][1], number) for place, number in sorted(result)]


def _positions(segment: Segment, row: int, terms: Sequence[tuple[str, str]]) -> list[tuple[str, Ints]]:
    """Give the positions of terms in a document, with the channel that counts them."""
    result = []
    for field, text in terms:
        part, channel, _ = field.split("_", 2)
        if part != "body" or channel == "gram":
            continue
        meant = held_terms(segment, field, text, row, PATTERN_TERMS) if is_pattern(text) else [encode(text)]
        positions = []
        for term in meant:
            postings = segment.postings(field, term, positions=True)
            place = int(np.searchsorted(postings.documents, row))
            if place < len(postings.documents) and postings.documents[place] == row:
                start = int(postings.frequencies[:place].sum())
                positions.append(postings.positions[start : start + int(postings.frequencies[place])])
        if positions:
            # A fold term stands where its word stands in the word channel.
            result.append(("stem" if channel == "stem" else "word", np.unique(np.concatenate(positions))))
    return result


def _by_chunk(table: ChunkTable, channel: str, positions: Ints) -> list[tuple[int, Ints]]:
    """Share positions out to the chunks they lie in; those of the title lie in none."""
    bases = table.stem_base if channel == "stem" else table.word_base
    if not len(bases):
        return []
    # Of several chunks with the same base all but the last one are empty.
    chunk = np.searchsorted(bases, positions, "right") - 1
    inside = chunk >= 0
    chunk, positions = chunk[inside], positions[inside]
    cuts = np.flatnonzero(np.diff(chunk)) + 1
    return [
        (int(numbers[0]), places) for numbers, places in zip(np.split(chunk, cuts), np.split(positions, cuts), strict=True) if len(numbers)
    ]


def _written(segment: Segment, table: ChunkTable, chunk: int, channel: str, positions: Ints) -> Ints:
    """Give which written words of a chunk stand at these positions."""
    word_widths, stem_widths = segment.documents.widths(table, chunk)
    widths, bases = (stem_widths, table.stem_base) if channel == "stem" else (word_widths, table.word_base)
    starts = int(bases[chunk]) + np.cumsum(widths) - widths
    words = np.searchsorted(starts, positions, "right") - 1
    result: Ints = np.unique(words[(words >= 0) & (positions < int(bases[chunk]) + int(widths.sum()))])
    return result
