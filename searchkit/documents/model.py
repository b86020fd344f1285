"""What is a document, once its file has been read?

Plain records: no reader, no language, no index.
"""

from searchkit.typed import NamedTuple


class Document(NamedTuple):
    r"""One document, as text.

    Attributes:
        id: the record's id in its file, or else the absolute path.
        path: absolute path of the source file (undecodable bytes as surrogates).
        title: of the front matter, the HTML title, the record or the first
            heading; None if there is none.  NFC, one line.
        text: what a reader reads, NFC, line breaks as ``\n``, a blank line
            between blocks; the title's own line is part of it where it stands in the body.
        language: ISO 639-1 code that the document states of itself, or "".
        date: ``YYYY-MM-DD`` (or ``YYYY-MM``, ``YYYY``), or None.
        lines: ``(offset, line)`` breakpoints, by rising offset, the first at 0:
            the text at ``offset`` stands on source line ``line`` (from 1), and
            from there every ``\n`` in the text is one line further, up to the next breakpoint.
        line: the source line of the record itself (JSON Lines), else 1.
        metadata: further facts as the file gives them (``url``, ``encoding``, …), strings only.
    """

    id: str
    path: str
    title: str | None
    text: str
    language: str = ""
    date: str | None = None
    lines: tuple[tuple[int, int], ...] = ((0, 1),)
    line: int = 1
    metadata: dict[str, str] = {}  # noqa: RUF012  # never changed: a document with more is another one


class Problem(NamedTuple):
    """A file or record that could not be read: a value, not an exception.

    Attributes:
        path: of the file.
        reason: one line, without the path.
        line: of the record in the file, or None.
    """

    path: str
    reason: str
    line: int | None = None


class FoundFile(NamedTuple):
    """A file to be read, as the folder walk saw it.

    Attributes:
        path: absolute.
        size: in bytes.
        mtime_ns, ctime_ns, inode: of ``os.stat``.
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Skipped(NamedTuple):
    """A file or folder that is passed over on purpose, and why."""

    path: str
    reason: str
