"""How do pieces of a source become one text that still knows its lines?

A reader hands over pieces of text with the source line of each and asks for
blanks and breaks between them; out come the text (NFC) and its breakpoints.
No format is known here.
"""

from searchkit.text.normalize import nfc
from searchkit.text.sentences import LONG_LINE_CHARS, SHORT_LINE_CHARS


class TextBuilder:
    """Collects pieces of text.

    A breakpoint is set only after white space or at the start, so that a
    combining mark can never be composed across one: pieces are put into NFC
    between breakpoints and fit together as they are.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._marks: list[tuple[int, int]] = []  # (index of the piece, line)
        self._line = 0  # source line at the end of what was written; 0 before the start
        self._loose = True  # whether the text so far ends in white space
        self._breaks = 0
        self._joint = ""
        self._column = 0  # characters since the last line break

    def need_breaks(self, count: int) -> None:
        """Ask for at least so many line breaks before the next piece."""
        self._breaks = max(self._breaks, count)
        self._joint = ""

    def need_joint(self, joint: str = " ") -> None:
        """Ask for a blank (or a cell separator) before the next piece, unless a break comes first."""
        if len(joint) > len(self._joint) and not self._breaks:
            self._joint = joint

    def need_blank_line_end(self) -> None:
        """Ask for the blank that a line end of the source stands for.

        It stays a line end where ``text.sentences`` takes that for a soft
        break, so that lines can be counted inside the paragraph.
        """
        if self._joint in ("", " ") and not self._breaks and SHORT_LINE_CHARS < self._column < LONG_LINE_CHARS:
            self._joint = "\n"
        else:
            self.need_joint()

    def write(self, piece: str, line: int) -> None:
        """Append a piece that stands on one source line.

        Args:
            piece: without line breaks; an empty one is nothing.
            line: of the source, from 1.
        """
        if not piece:
            return
        self._close_gap()
        if line != self._line and not self._loose:
            # A word goes on over a line break of the source ("foo<b\n>bar"): the breakpoint waits for its end.
            head, blank, tail = piece.partition(" ")
            self._append(head + blank)
            if not tail:
                return
            piece = tail
        if line != self._line:
            self._marks.append((len(self._pieces), line))
            self._line = line
        self._append(piece)

    def finish(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Give the text and its breakpoints (``Document.lines``)."""
        text: list[str] = []
        lines: list[tuple[int, int]] = []
        offset = 0
        bounds = [index for index, _ in self._marks] + [len(self._pieces)]
        for (index, line), end in zip(self._marks, bounds[1:], strict=True):
            segment = nfc("".join(self._pieces[index:end]))
            lines.append((offset, line))
            text.append(segment)
            offset += len(segment)
        return "".join(text), tuple(lines) or ((0, 1),)

    def _close_gap(self) -> None:
        """Write the breaks or the blank that were asked for."""
        if self._pieces:
            if self._breaks:
                self._append("\n" * self._breaks)
                self._line += self._breaks
            elif self._joint and not self._loose:
                self._append(self._joint)
                self._line += self._joint == "\n"
        self._breaks, self._joint = 0, ""

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._column = 0 if piece[0] == "\n" else self._column + len(piece)
        self._loose = piece[-1] in " \n"
