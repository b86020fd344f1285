"""Which lines of a document answer?

Chunks are weighed by the query's words in them, rare words most; the best run
of chunks is cut down to the asked length around its marks.  Standard library
only; what a hit is, and how it is shown, is nobody's business here.
"""

from collections.abc import Sequence

from searchkit.engine.contract import Chunk, Key, Occurrence, Reader
from searchkit.text.sentences import paragraphs
from searchkit.typed import NamedTuple

Terms = Sequence[tuple[str, str]]
Span = tuple[int, int]
SATURATION = 0.5  # tf / (tf + this): a word said twice in a chunk counts little more than once
NEIGHBOUR = 0.35  # a word in the chunk beside adds so much of its weight: an answer often begins a sentence earlier
LONGEST_LINE_CHARS = 10_000  # how far back a column is counted; beyond, it is counted from there
BLOCK = 0.35  # a word elsewhere in the paragraph adds so much of its weight
HEADING_SHARE = 3  # a paragraph under a third of the asked length is shown with what follows it: a heading says little alone
SHORT_CONTEXT_CHARS = 200
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


class _Piece(NamedTuple):
    """The text around a chunk: where it begins, and the chunks ``first`` to before ``last`` that it covers."""

    low: int
    text: str
    first: int
    last: int


def passages(reader: Reader, key: Key, asked: Asked, *, count: int = 1, context_chars: int = 200) -> list[Passage]:
    """Choose the best passages of a document, best first.

    Args:
        reader: holds the document.
        key: of the document.
        asked: the words of the query.
        count: how many passages at most; 0 for none.
        context_chars: about how long each is.

    Returns:
        Passages that do not overlap, each in one paragraph (a short one is
        shown with what follows it).  The first lines of the text where none
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
        piece = _piece(reader, key, chunks, 0, context_chars)
        blocks = _blocks(piece, [], context_chars)
        if not blocks:  # a forged index may say that a chunk is where only blanks are
            return []
        block = blocks[0]
        return [_cut(reader, key, chunks, piece, [], _grown(piece, (block[0], block[0]), block, context_chars))]
    chosen: list[Passage] = []
    for number in order[:SCANNED_CHUNKS]:
        if len(chosen) == count:
            break
        if any(passage.start < chunks[number].end and chunks[number].start < passage.end for passage in chosen):
            continue
        piece = _piece(reader, key, chunks, number, context_chars)
        near = [other for other in (number - 1, number, number + 1) if any(other in places for places in found)]
        spans = [span for other in near for span in reader.occurrences(key, other, asked.words)]
        window = _best_window(spans, _blocks(piece, chosen, context_chars), asked.weights, context_chars)
        if window:
            chosen.append(_cut(reader, key, chunks, piece, spans, _grown(piece, *window, context_chars)))
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


def _piece(reader: Reader, key: Key, chunks: list[Chunk], number: int, context_chars: int) -> _Piece:
    """Fetch the text around a chunk: more than a passage of it can reach."""
    reach = 2 + context_chars // SHORT_CONTEXT_CHARS
    first, last = max(0, number - reach), min(len(chunks), number + reach + 1)
    low = chunks[first].start
    return _Piece(low, reader.text(key, low, chunks[last - 1].end), first, last)


def _blocks(piece: _Piece, chosen: list[Passage], context_chars: int) -> list[Span]:
    """Give the spans that a passage must not leave: paragraphs, short ones together with what follows, without what is shown already."""
    blocks: list[Span] = []
    for start, end in [(start + piece.low, end + piece.low) for start, end in paragraphs(piece.text)]:
        if blocks:
            begin, stop = blocks[-1]
            blank_line = piece.text.count("\n", stop - piece.low, start - piece.low) > 1
            if stop - begin < (context_chars // HEADING_SHARE if blank_line else context_chars):
                blocks[-1] = begin, end
                continue
        blocks.append((start, end))
    for passage in chosen:
        parts = [((start, min(end, passage.start)), (max(start, passage.end), end)) for start, end in blocks]
        blocks = [(start, end) for pair in parts for start, end in pair if start < end]
    return blocks


def _best_window(spans: list[Occurrence], blocks: list[Span], weights: tuple[float, ...], context_chars: int) -> tuple[Span, Span] | None:
    """Choose where the marks of a block that lie within the context together say most: from mark to mark, and the block."""
    best: tuple[Span, Span] | None = None
    best_value = -1.0
    for block in blocks:
        own = [span for span in spans if block[0] <= span.start and span.end <= block[1]]
        whole = sum(weights[word] for word in {span.word for span in own})
        for first, span in enumerate(own):
            inside = [other for other in own[first:] if other.end - span.start <= context_chars] or [span]
            value = sum(weights[word] for word in {other.word for other in inside})
            value += BLOCK * (whole - value) + 0.01 * len(inside)
            if value > best_value:
                best, best_value = ((span.start, inside[-1].end), block), value
    return best


def _grown(piece: _Piece, marked: Span, block: Span, context_chars: int) -> Span:
    """Grow a span to about the asked length, a third of it before, but not out of its block and never through a word."""
    if block[1] - block[0] <= context_chars:
        return block
    begin, stop = marked
    room = max(0, context_chars - (stop - begin))
    start = max(block[0], begin - room // 3)
    end = min(block[1], stop + room - (begin - start))
    start = max(block[0], min(start, end - context_chars))
    while block[0] < start < begin and not piece.text[start - 1 - piece.low].isspace():
        start += 1
    while stop < end < block[1] and not piece.text[end - piece.low].isspace():
        end -= 1
    return start, end


def _cut(reader: Reader, key: Key, chunks: list[Chunk], piece: _Piece, spans: list[Occurrence], where: Span) -> Passage:
    """Cut out a passage, with all the marks that lie in it."""
    (start, end), low, text = where, piece.low, piece.text
    marks = [(span.start - low, span.end - low) for span in spans if start <= span.start and span.end <= end]
    anchor = low + marks[0][0] if marks else start
    line_start = text.rfind("\n", 0, anchor - low) + 1
    if not line_start and low:
        before_low = reader.text(key, max(0, low - LONGEST_LINE_CHARS), low)
        line_start = -(len(before_low) - before_low.rfind("\n") - 1)
    shown, highlights = _collapsed(text, start - low, end - low, marks)
    before = "" if start <= chunks[0].start else "… "
    after = "" if end >= chunks[-1].end else " …"
    line = chunks[piece.first].line
    for other in chunks[piece.first : piece.last]:
        if other.start <= anchor < other.end:
            line = other.line + text.count("\n", other.start - low, anchor - low)
    shifted = tuple((a + len(before), b + len(before)) for a, b in highlights)
    return Passage(start, end, before + shown + after, shifted, anchor, line, anchor - low - line_start + 1)


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
