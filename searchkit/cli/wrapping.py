"""How does a marked text fall into the lines of a terminal?

Widths are those of ``cli.terminal``: a Hangul syllable takes two columns, a
combining mark none.
"""

from collections.abc import Sequence

from searchkit.cli.terminal import char_width, sanitize_line

Cell = tuple[str, bool]
"""A piece that is never divided (one character, or one escape), and whether it is marked."""


def cells(text: str, highlights: Sequence[tuple[int, int]]) -> list[Cell]:
    """Cut a text into sanitised characters, each with its mark."""
    marked = bytearray(len(text))
    for start, end in highlights:
        marked[start:end] = b"\x01" * (min(end, len(text)) - start)
    return [(sanitize_line(char), bool(mark)) for char, mark in zip(text, marked, strict=True)]


def wrap(line: Sequence[Cell], width: int) -> list[list[Cell]]:
    """Break cells into lines no wider than ``width``, at blanks where there are any.

    A word wider than a line (a Chinese sentence, an address) is broken where
    the line is full.  Blanks at a break are dropped.
    """
    lines: list[list[Cell]] = []
    current: list[Cell] = []
    used = 0
    for word in _words(line):
        blank = word[0][0] == " "
        wide = _width(word)
        if used + wide <= width:
            if current or not blank:
                current += word
                used += wide
            continue
        if blank:
            lines.append(current)
            current, used = [], 0
            continue
        if wide <= width:
            if current:
                lines.append(_stripped(current))
            current, used = list(word), wide
            continue
        for cell in word:
            columns = _width([cell])
            if used + columns > width and current:
                lines.append(_stripped(current))
                current, used = [], 0
            current.append(cell)
            used += columns
    return [*lines, _stripped(current)] if current else lines


def _words(line: Sequence[Cell]) -> list[list[Cell]]:
    words: list[list[Cell]] = []
    for cell in line:
        if words and (cell[0] == " ") == (words[-1][-1][0] == " "):
            words[-1].append(cell)
        else:
            words.append([cell])
    return words


def _stripped(line: list[Cell]) -> list[Cell]:
    end = len(line)
    while end and line[end - 1][0] == " ":
        end -= 1
    return line[:end]


def _width(line: Sequence[Cell]) -> int:
    return sum(char_width(char) for text, _ in line for char in text)


def runs(line: Sequence[Cell]) -> list[Cell]:
    """Join neighbouring cells of one mark."""
    joined: list[tuple[list[str], bool]] = []
    for text, mark in line:
        if joined and joined[-1][1] == mark:
            joined[-1][0].append(text)
        else:
            joined.append(([text], mark))
    return [("".join(texts), mark) for texts, mark in joined]
