"""What may be shown, how wide is it, and in which colours?

Everything that comes from a document, a path or a query passes ``sanitize``
or ``sanitize_line`` before it is printed.  Wrapping is ``cli/wrapping.py``.
"""

import os
import sys
from functools import lru_cache

from searchkit.text.patterns import lazy_pattern
from searchkit.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import TextIO

# C0 but newline and tab, DEL, C1, bidirectional controls (a document could
# reverse the rest of a terminal's line), and lone surrogates (undecodable bytes).
_UNSAFE = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_CONTROL = lazy_pattern(f"[{_UNSAFE}]")
_CONTROL_LINE = lazy_pattern(f"[{_UNSAFE}\t\n\u2028\u2029]")
_NAMED = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}

RANK, TITLE, PLACE, DETAIL, MATCH, WRONG, HEAD = "1;32", "1", "36", "2", "1;33", "1;31", "1;35"
"""SGR parameters by what they mark."""


def _escaped(match: "re.Match[str]") -> str:
    char = match[0]
    code = ord(char)
    return _NAMED.get(char) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")  # noqa: PLR2004 - the reach of \x


def sanitize(text: str) -> str:
    """Make control characters visible as backslash escapes; newline and tab stay."""
    # Most texts are printable as they are, and then no pattern is compiled.
    return text if text.isprintable() else _CONTROL.sub(_escaped, text)


def sanitize_line(text: str) -> str:
    """As ``sanitize``, for one line: newline and tab are escaped as well."""
    return text if text.isprintable() else _CONTROL_LINE.sub(_escaped, text)


@lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """Give the terminal columns of a character: 0 for marks and joiners, 2 for wide ones, else 1."""
    if char.isascii():
        return 1
    import unicodedata

    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    # Vowels and finals of a decomposed Hangul syllable join the leading consonant.
    if "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Give the terminal columns of a text without control characters."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def is_terminal(stream: "TextIO | None") -> bool:
    """Tell whether a stream is a terminal; a closed or missing one is none."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def has_color(choice: str, stream: "TextIO | None") -> bool:
    """Decide on colour: a given ``always`` or ``never`` wins, then ``NO_COLOR``, ``TERM=dumb`` and what the stream is."""
    if choice != "auto":
        return choice == "always"
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: str) -> str:
    """Wrap a text in an SGR colour."""
    return f"\x1b[{style}m{text}\x1b[0m" if text else text


class Screen:
    """Where data is printed, and what that place can show.

    Attributes:
        color: whether our colours may be used.
        links: whether file hyperlinks may be used.
        stream: where it is printed.
        width: columns to wrap at; None on anything but a terminal.
        ascii_only: whether the stream can say no more than ASCII.
    """

    __slots__ = ("ascii_only", "color", "links", "stream", "width")

    def __init__(self, color: str = "auto", stream: "TextIO | None" = None) -> None:
        self.stream: TextIO = stream or sys.stdout
        terminal = is_terminal(self.stream)
        self.color = has_color(color, self.stream)
        self.links = terminal and color != "never" and os.environ.get("TERM") != "dumb"
        self.width = columns(self.stream)
        encoding = (getattr(self.stream, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
        self.ascii_only = not encoding.startswith("utf")

    def write(self, text: str) -> None:
        """Print a text as it is: sanitised by the caller."""
        self.stream.write(text)

    def write_bytes(self, data: bytes) -> None:
        """Print exact bytes."""
        self.stream.flush()
        self.stream.buffer.write(data)
        self.stream.buffer.flush()

    def flush(self) -> None:
        """Hand on what was printed so far."""
        self.stream.flush()

    def paint(self, text: str, style: str) -> str:
        """Colour a text, where colour is wanted."""
        return paint(text, style) if self.color else text

    def link(self, text: str, path: str) -> str:
        """Make a text a hyperlink to a file, where the place can show one."""
        if not self.links or not path.startswith("/"):
            return text
        from urllib.parse import quote

        return f"\x1b]8;;file://{quote(os.fsencode(path))}\x1b\\{text}\x1b]8;;\x1b\\"


def columns(stream: "TextIO | None") -> int | None:
    """Give the width of a terminal, ``$COLUMNS`` first; None for anything else."""
    if stream is None or not is_terminal(stream):
        return None
    # As shutil.get_terminal_size() does it, without its import of every kind of archive.
    wished = os.environ.get("COLUMNS", "")
    if wished.isascii() and wished.isdigit() and int(wished):
        return max(20, int(wished))
    try:
        return max(20, os.get_terminal_size(stream.fileno()).columns or 80)
    except (OSError, ValueError):
        return 80


def near_path(path: str) -> str:
    """Give a path relative to the current folder where it lies below it, else as it is."""
    try:
        here = os.getcwd()
    except OSError:  # the folder has been removed under us
        return path
    below = here.rstrip("/") + "/"
    return path[len(below) :] if path.startswith(below) and len(path) > len(below) else path


def tell(message: str) -> None:
    """Say one line on standard error; whoever has closed it does not want to know."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(sanitize(message) + "\n")
        stream.flush()
    except (OSError, ValueError):
        pass
