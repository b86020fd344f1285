"""What can four lines of Python do?  What the command line can.

``Index`` joins the use cases under one name; options have the names of the
command line's, and nothing is printed.
"""

from collections.abc import Sequence
from typing import Any, Self

from searchkit.app.indexing import forget, update
from searchkit.app.inspecting import status
from searchkit.app.results import IndexReport, IndexStatus, SearchResult
from searchkit.app.searching import Searcher
from searchkit.app.verifying import verify
from searchkit.engine.contract import Fault
from searchkit.settings import IndexSettings, SearchSettings


class Index:
    """An index folder.

    Args:
        path: of the folder; it need not exist before the first ``update``.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._searcher: Searcher | None = None

    @classmethod
    def open(cls, path: str) -> Self:
        """Give the index in a folder."""
        return cls(path)

    def update(self, sources: Sequence[str] | None = None, **options: Any) -> IndexReport:
        """Bring the index up to date with some folders and files; without any, with all it remembers.

        Args:
            sources: paths; they are remembered.
            options: fields of ``settings.IndexSettings``.

        Raises:
            SearchkitError: the index cannot be written, a source has vanished.
        """
        self.close()
        return update(self.path, sources, IndexSettings(**options))

    def forget(self, path: str) -> IndexReport:
        """Drop a source and its documents."""
        self.close()
        return forget(self.path, path, IndexSettings())

    def search(self, query: str, **options: Any) -> SearchResult:
        """Answer a query from the last committed state.

        Args:
            query: any text, or an expression of the query language.
            options: fields of ``settings.SearchSettings``.

        Raises:
            SearchkitError: no index, a damaged one, or an impossible expression.
        """
        if self._searcher is None:
            self._searcher = Searcher(self.path)
        return self._searcher.search(query, SearchSettings(**options))

    def status(self) -> IndexStatus:
        """Give the figures of the index."""
        return status(self.path)

    def verify(self) -> list[Fault]:
        """Check the index; an empty list, or harmless faults alone, means sound."""
        return verify(self.path)

    def close(self) -> None:
        """Let go of the state that was searched; the next search opens the newest."""
        if self._searcher is not None:
            self._searcher.close()
            self._searcher = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
