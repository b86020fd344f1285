"""How is a very long text analysed in little memory?

In parts that end with a paragraph, each like a document of its own; forms and
chunks are put together again.  What differs from the analysis in one piece:
no chunk reaches over the end of a part.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter

from searchkit.analysis import main_language, put_together
from searchkit.documents.model import Document
from searchkit.engine.contract import AnalyzedDocument, Chunk

Analyze = Callable[[Document, str], AnalyzedDocument]
_ENDS = ("\n\n", "\n", " ")  # of a part, best first


def analyze_long(document: Document, lang: str, part_chars: int, analyze: Analyze) -> AnalyzedDocument:
    """Analyse a document part by part.

    Args:
        document: of any length.
        lang: its language unless it states its own; ``auto`` lets the text decide.
        part_chars: about how long a part is.
        analyze: analyses one part, in the language given.
    """
    code = main_language(document, lang)
    title_forms, forms = array("I"), array("I")
    chunks: list[Chunk] = []
    for start, end in _parts(document.text, part_chars):
        part = document._replace(
            title=None if start else document.title, text=document.text[start:end], language=code, lines=_lines(document, start, end)
        )
        found = analyze(part, code)
        title_forms += found.title_forms
        forms += found.forms
        chunks += [chunk._replace(start=chunk.start + start, end=chunk.end + start) for chunk in found.chunks]
    return put_together(document, code, title_forms, forms, chunks)


def _parts(text: str, part_chars: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > 2 * part_chars:
        low, high = start + part_chars, start + 2 * part_chars
        places = ((text.find(mark, low, high), len(mark)) for mark in _ENDS)
        at, width = next(((at, width) for at, width in places if at >= 0), (high, 0))
        yield start, at + width
        start = at + width
    yield start, len(text)


def _lines(document: Document, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Give the breakpoints of a part."""
    lines = document.lines
    place = max(bisect_right(lines, start, key=itemgetter(0)) - 1, 0)
    offset, line = lines[place]
    first = line + document.text.count("\n", offset, start)
    stop = bisect_right(lines, end - 1, key=itemgetter(0))
    return ((0, first), *((offset - start, line) for offset, line in lines[place + 1 : stop]))
