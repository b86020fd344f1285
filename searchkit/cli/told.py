"""What is every command told?  Without Click, which costs three empty interpreters."""

import os

DEFAULT_INDEX = "index"


class Common:
    """What every command was told.

    Attributes:
        given_index: the folder of ``--index``, or "".
        color: ``auto``, ``always`` or ``never``.
        quiet, debug, pager, trust: as the options of these names.
    """

    __slots__ = ("color", "debug", "given_index", "pager", "quiet", "trust")

    def __init__(self) -> None:
        self.given_index = ""
        self.color = "auto"
        self.quiet = self.debug = self.pager = self.trust = False

    @property
    def index(self) -> str:
        """The index folder: the option, else ``$SEARCHKIT_INDEX``, else ``index``."""
        return self.given_index or os.environ.get("SEARCHKIT_INDEX") or DEFAULT_INDEX
