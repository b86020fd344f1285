"""What does a plain text say?

Everything in it: source code, tables of values, logs and letters are kept as
they are.  A plain text has no title; none is made up.
"""

from searchkit.documents.model import Document
from searchkit.text.normalize import nfc


def read_plain(path: str, source: str) -> Document | None:
    """Read a plain text; None if it holds nothing but white space.

    Args:
        path: absolute path of the file.
        source: its text, LF line ends.
    """
    # NFC never joins or splits a line, so one breakpoint is enough.
    return Document(id=path, path=path, title=None, text=nfc(source)) if source.strip("\ufeff \t\n\r\f\v\xa0") else None
