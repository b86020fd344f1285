"""Where do paragraphs and sentences end?

A blank line ends a paragraph.  A single line break does too where lines are
paragraphs (long ones, or one that ends a sentence); elsewhere it is a soft
break inside a sentence, as in mail and hard-wrapped files.
"""

from searchkit.text.patterns import lazy_pattern

_BLANK = lazy_pattern(r"\n[^\S\n]*\n\s*")
_ENDS = ".!?\u2026\u3002\uff01\uff1f"
_CLOSES = "\"'\u201c\u201d\u2019\u00ab\u00bb)\\]\u300d\u300f"
# A whole run of signs or nothing: begun anew at each of them, 40,000 dots in a row took 7 s.
_END = lazy_pattern(f"(?<![{_ENDS}{_CLOSES}\u061f\u0964])[{_CLOSES}]*+[{_ENDS}\u061f\u0964][{_ENDS}{_CLOSES}\u061f\u0964]*+(?=\\s)")
_FINAL = lazy_pattern("[.!?\u2026\u3002\uff01\uff1f:;|][\"'\u201c\u201d\u2019\u00ab\u00bb)\\]\u300d\u300f]*\\s*$")
LONG_LINE_CHARS = 100  # hard-wrapped prose stays under it (72 to 80), one-line paragraphs do not
SHORT_LINE_CHARS = 45  # a heading, a list item, a table cell: the next line does not go on with it


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Give the spans of the paragraphs of a text, without the white space between them."""
    spans: list[tuple[int, int]] = []
    at = 0
    for gap in [*_BLANK.finditer(text), None]:
        stop = gap.start() if gap else len(text)
        spans.extend(_by_lines(text, at, stop))
        at = gap.end() if gap else stop
    return spans


def _by_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a block without blank lines where a line is a paragraph of its own."""
    spans: list[tuple[int, int]] = []
    begin = start
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if stop == end or len(line) >= LONG_LINE_CHARS or len(line) <= SHORT_LINE_CHARS or _FINAL.search(line):
            _append(spans, text, begin, stop)
            begin = stop + 1
        at = stop + 1
    _append(spans, text, begin, end)  # a last line of middling length whose line end ends the text
    return spans


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the spans of the sentences of ``text[start:end]``, in order, without outer white space."""
    spans: list[tuple[int, int]] = []
    at = start
    for match in _END.finditer(text, start, end):
        _append(spans, text, at, match.end())
        at = match.end()
    _append(spans, text, at, end)
    return spans


def ends_sentence(piece: str) -> bool:
    """Tell whether a sentence ends with a piece of text (without white space), if white space follows it."""
    return not piece[-1:].isalnum() and _END.search(piece + " ") is not None


def ends_line(piece: str) -> bool:
    """Tell whether a line that ends with this piece is the last one of its paragraph."""
    return not piece[-1:].isalnum() and _FINAL.search(piece) is not None


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Keep a span, trimmed of white space, where anything is left of it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    trimmed = piece.strip()
    if trimmed:
        spans.append((start + left, start + left + len(trimmed)))
