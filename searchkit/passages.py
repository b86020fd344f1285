"""Which lines of a document answer?

Chunks are weighed by the query's words in them, rare words most; the best run
of chunks is cut down to the asked length around its marks.  Standard library
only; what a hit is, and how it is shown, is nobody's business here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from searchkit.engine.contract import Chunk, Key, Occurrence, Reader

Terms = Sequence[tuple[str, str]]
SATURATION = 0.5  # tf / (tf + this): a word said twice in a chunk counts little more than once
NEIGHBOUR = 0.35  # a word in the chunk beside adds so much of its weight: an answer often begins a sentence earlier
LONGEST_LINE_CHARS = 10_000  # how far back a column is counted; beyond, it is counted from there
SCANNED_CHUNKS = 64  # so many of the best chunks are re-cut at most; more would show nothing better


class Passage(NamedTuple):
    """A contiguous piece of a text.

    Attributes:
        start, end: span in the document's text, code points, half open.
        text: that span, white space collapsed, with ``…`` where it begins or ends inside the text.
        highlights: spans in ``text``.
        anchor: offset in the document of the first highlight, or of the start.
        line: source line of the anchor.
        column: of the anchor in its line, from 1.
    """

    start: int
    end: int
    text: str
    highlights: tuple[tuple[int, int], ...]
    anchor: int
    line: int
    column: int


class Asked(NamedTuple):
    """What to look for: for each word of the query its terms, and how much it says (its idf)."""

    words: tuple[Terms, ...]
    weights: tuple[float, ...]


def passages(reader: Reader, key: Key, asked: Asked, *, count: int = 1, context_chars: int = 200) -> list[Passage]:
    """Choose the best passages of a document, best first.

    Args:
        reader: holds the document.
        key: of the document.
        asked: the words of the query.
        count: how many passages at most; 0 for none.
        context_chars: about how long each is.

    Returns:
        Passages that do not overlap.  The first lines of the text where none
        of the words stands in it (a title alone matched); none for an empty text.
    """
    if count <= 0:
        return []
    chunks = reader.chunks(key)
    if not chunks:
        return []
    found = reader.matches(key, asked.words)
    order = _ranked(chunks, found, asked.weights)
    if not order:
        return [_cut(reader, key, chunks, 0, [], context_chars)]
    chosen: list[Passage] = []
    for number in order[:SCANNED_CHUNKS]:
        if len(chosen) == count:
            break
        if any(passage.start < chunks[number].end and chunks[number].start < passage.end for passage in chosen):
            continue
        spans = reader.occurrences(key, number, asked.words)
        chosen.append(_cut(reader, key, chunks, number, _best_window(spans, asked.weights, context_chars), context_chars))
    return chosen


def _ranked(chunks: list[Chunk], found: list[dict[int, int]], weights: tuple[float, ...]) -> list[int]:
    """Order the chunks that hold anything by what they hold, best first; the earlier one where they are even."""
    own: dict[int, list[float]] = {}
    for word, places in enumerate(found):
        for number, tf in places.items():
            own.setdefault(number, [0.0] * len(found))[word] = weights[word] * tf / (tf + SATURATION) * (1 + SATURATION)
    scores: dict[int, float] = {}
    for number, words in own.items():
        beside = [own[near] for near in (number - 1, number + 1) if near in own]
        scores[number] = sum(
            max(value, *(NEIGHBOUR * other[word] for other in beside)) if beside else value for word, value in enumerate(words)
        )
    return sorted(scores, key=lambda number: (-scores[number], chunks[number].start))


def _best_window(spans: list[Occurrence], weights: tuple[float, ...], context_chars: int) -> list[Occurrence]:
    """Choose those marks of a chunk that lie within the context and together say most."""
    best: list[Occurrence] = []
    best_value = -1.0
    for first, span in enumerate(spans):
        inside = [other for other in spans[first:] if other.end - span.start <= context_chars] or [span]
        value = sum(weights[word] for word in {other.word for other in inside}) + 0.01 * len(inside)
        if value > best_value:
            best, best_value = inside, value
    return best


def _cut(reader: Reader, key: Key, chunks: list[Chunk], number: int, marks: list[Occurrence], context_chars: int) -> Passage:
    """Cut a passage of about the asked length around some marks of a chunk."""
    chunk = chunks[number]
    first = max(0, number - 1 - context_chars // 200)
    last = min(len(chunks), number + 2 + context_chars // 200)
    low, high = chunks[first].start, chunks[last - 1].end
    text = reader.text(key, low, high)
    begin = (marks[0].start if marks else chunk.start) - low
    stop = (marks[-1].end if marks else min(chunk.end, chunk.start + context_chars)) - low
    start, end = _grown(text, begin, stop, chunk.start - low, chunk.end - low, context_chars)
    anchor = low + begin if marks else low + start
    line_start = text.rfind("\n", 0, anchor - low) + 1
    if not line_start and low:
        before_low = reader.text(key, max(0, low - LONGEST_LINE_CHARS), low)
        line_start = -(len(before_low) - before_low.rfind("\n") - 1)
    shown, spans = _collapsed(text, start, end, [(mark.start - low, mark.end - low) for mark in marks])
    before = "" if low + start <= chunks[0].start else "… "
    after = "" if low + end >= chunks[-1].end else " …"
    shift = len(before)
    line = chunks[first].line + text.count("\n", 0, anchor - low)
    for other in chunks[first:last]:
        if other.start <= anchor < other.end:
            line = other.line + text.count("\n", other.start - low, anchor - low)
    return Passage(
        low + start,
        low + end,
        before + shown + after,
        tuple((a + shift, b + shift) for a, b in spans),
        anchor,
        line,
        anchor - low - line_start + 1,
    )


def _grown(text: str, begin: int, stop: int, chunk_start: int, chunk_end: int, context_chars: int) -> tuple[int, int]:
    """Grow a span to about the asked length: to its chunk's edges first, then beyond; never through a word."""
    if chunk_end - chunk_start <= context_chars:
        begin, stop = min(begin, chunk_start), max(stop, chunk_end)
    room = max(0, context_chars - (stop - begin))
    start = max(0, begin - room // 3)
    end = min(len(text), stop + room - (begin - start))
    start = max(0, min(start, end - context_chars)) if end == len(text) else start
    while start > 0 and start < begin and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > stop and not text[end].isspace():
        end -= 1
    return start, end


def _collapsed(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Collapse the white space of ``text[start:end]``; give the marks' spans in the result."""
    out: list[str] = []
    where: dict[int, int] = {}
    edges = {offset for mark in marks for offset in mark}
    length = 0
    blank = True
    for offset in range(start, end):
        if offset in edges:
            where[offset] = length
        char = text[offset]
        if char.isspace():
            if blank:
                continue
            char = " "
        blank = char == " "
        out.append(char)
        length += 1
    where.update({offset: length for offset in edges if offset >= end})
    shown = "".join(out).rstrip()
    spans = [(where[a], min(where[b], len(shown))) for a, b in marks if a in where and b in where]
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        if merged and a < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        elif a < b:
            merged.append((a, b))
    return shown, merged
