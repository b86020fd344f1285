"""Where in a document do the words stand that were asked for?

Positions of postings are turned back to written words by the chunk table, and
to offsets by cutting the chunk's text again.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from searchkit.engine.contract import Occurrence
from searchkit.engine.local.documents import ChunkTable
from searchkit.engine.local.fields import Record
from searchkit.engine.local.segment import Segment
from searchkit.engine.local.terms import encode
from searchkit.errors import IndexDamagedError
from searchkit.text.words import word_spans

PATTERN_TERMS = 10_000  # of one pattern, in lexicon order: as many as a search takes
# Of the terms of one query, asked for each of its hits: some megabytes; word~2 has a thousand terms of few documents.
HELD_DOCUMENTS = 1 << 18


def matches(segment: Segment, row: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[dict[int, int]]:
    """Count, for each asked word, the written words that match it, chunk by chunk."""
    table = segment.documents.chunk_table(row)
    results: list[dict[int, int]] = []
    for terms in words:
        found: dict[int, set[int]] = {}
        for channel, positions in _positions(segment, row, terms):
            for chunk, inside in _by_chunk(table, channel, positions):
                found.setdefault(chunk, set()).update(_written(segment, table, chunk, channel, inside))
        results.append({chunk: len(found[chunk]) for chunk in sorted(found) if found[chunk]})
    return results


def occurrences(segment: Segment, row: int, chunk: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[Occurrence]:
    """Give the written words of a chunk that match, in order of place and asked word."""
    table = segment.documents.chunk_table(row)
    if not 0 <= chunk < len(table.start):
        raise IndexError(chunk)
    start = table.start[chunk]
    text = segment.documents.text(row, start, start + table.size[chunk])
    spans = word_spans(text)
    result: set[tuple[int, int]] = set()
    for number, terms in enumerate(words):
        for channel, positions in _positions(segment, row, terms):
            bases = _bases(table, channel)
            low, high = (bisect_left(positions, base) for base in (bases[chunk], _next_base(bases, chunk)))
            places = _written(segment, table, chunk, channel, positions[low:high])
            result.update((place, number) for place in places if place < len(spans))
    return [Occurrence(start + spans[place][0], start + spans[place][1], number) for place, number in sorted(result)]


def _positions(segment: Segment, row: int, terms: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[int]]]:
    """Give the positions of terms in a document, with the channel that counts them."""
    for field, text in terms:
        part, channel, _ = field.split("_", 2)
        if part != "body" or channel == "gram":
            continue
        positions = _held_positions(segment, row, field, text)
        if positions:
            # A fold term stands where its word stands in the word channel.
            yield ("stem" if channel == "stem" else "word", positions)


def _held_positions(segment: Segment, row: int, field: str, text: str) -> list[int]:
    """Give the positions of a term or pattern in a document; those of one document are remembered.

    For its best passages they are asked for four times over: of eight patterns
    like ``a*`` that took .4 s for each hit.
    """
    of_row, held = segment.scratch.get("positions", (-1, {}))
    if of_row != row:
        held = {}
        segment.scratch["positions"] = row, held
    found: list[int] | None = held.get((field, text))
    if found is None:
        found = held[field, text] = _read_positions(segment, row, field, text)
    return found


def _read_positions(segment: Segment, row: int, field: str, text: str) -> list[int]:
    positions: set[int] = set()
    for term in _meant(segment, field, text, row):
        held = _record(segment, field, term)
        if held is None:
            continue
        record, rows = held
        index = bisect_left(rows, row)
        if index < len(rows) and rows[index] == row:
            try:
                positions.update(record.positions(index))
            except ValueError as error:
                raise IndexDamagedError(segment.container.path, f"{field}: {error}") from error
    return sorted(positions)


def _meant(segment: Segment, field: str, text: str, row: int) -> list[bytes]:
    """Give the terms that a text means: itself, or those of a pattern."""
    if "*" not in text and "?" not in text:
        return [encode(text)]
    from searchkit.engine.local.expansion import held_terms

    return held_terms(segment, field, text, row, PATTERN_TERMS)


def _record(segment: Segment, name: str, term: bytes) -> tuple[Record, list[int]] | None:
    """Give the record of a term, and its documents."""
    held: dict[tuple[str, bytes], tuple[Record, list[int]] | None] = segment.scratch.setdefault("records", {})
    if (name, term) not in held:
        place = segment.find(name, term)
        record = place[0].record(place[1]) if place else None
        found = (record, record.documents()) if record else None
        size = segment.scratch.get("record_documents", 0) + 1 + (len(found[1]) if found else 0)
        if size > HELD_DOCUMENTS:
            held.clear()
            size = 0
        segment.scratch["record_documents"] = size
        held[name, term] = found
    return held[name, term]


def _bases(table: ChunkTable, channel: str) -> list[int]:
    """Give at which position each chunk begins."""
    return table.stem_base if channel == "stem" else table.word_base


def _next_base(bases: list[int], chunk: int) -> int:
    """Give where the chunk after one begins.  Of several chunks with the same base all but the last one are empty."""
    return bases[chunk + 1] if chunk + 1 < len(bases) else sys.maxsize


def _by_chunk(table: ChunkTable, channel: str, positions: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Share positions out to the chunks they lie in; those of the title lie in none."""
    bases = _bases(table, channel)
    place = bisect_left(positions, bases[0]) if bases else len(positions)
    while place < len(positions):
        chunk = bisect_right(bases, positions[place]) - 1
        stop = max(place + 1, bisect_left(positions, _next_base(bases, chunk), place))  # bases of a forged index may fall
        yield chunk, positions[place:stop]
        place = stop


def _written(segment: Segment, table: ChunkTable, chunk: int, channel: str, positions: list[int]) -> list[int]:
    """Give which written words of a chunk stand at these positions, which rise."""
    if not table.widths[chunk]:  # every word is one position wide, as in most chunks
        base, count = _bases(table, channel)[chunk], table.words[chunk]
        return [position - base for position in positions if base <= position < base + count]
    word_widths, stem_widths = segment.documents.widths(table, chunk)
    ends = list(accumulate(stem_widths if channel == "stem" else word_widths, initial=_bases(table, channel)[chunk]))
    starts = ends[:-1]
    words = {bisect_right(starts, position) - 1 for position in positions if position < ends[-1]}
    return sorted(word for word in words if word >= 0)
