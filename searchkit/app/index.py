"""What can four lines of Python do?  What the command line can.

``Index`` joins the use cases under one name; options have the names of the
command line's, and nothing is printed.
"""

import os
from collections.abc import Iterable

from searchkit.app.indexing import forget, update
from searchkit.app.inspecting import status
from searchkit.app.options import index_settings, search_settings, source_paths
from searchkit.app.results import IndexReport, IndexStatus, SearchResult
from searchkit.app.searching import Searcher
from searchkit.app.verifying import verify
from searchkit.engine.contract import Fault
from searchkit.settings import IndexSettings
from searchkit.typed import Any, Self

Path = str | os.PathLike[str]


class Index:
    """An index folder.

    Args:
        path: of the folder; it need not exist before the first ``update``.
        trust: open it though it belongs to another user.
    """

    def __init__(self, path: Path, *, trust: bool = False) -> None:
        self.path = os.fspath(path)
        self._trust = trust
        self._searcher: Searcher | None = None

    @classmethod
    def open(cls, path: Path, *, trust: bool = False) -> Self:
        """Give the index in a folder."""
        return cls(path, trust=trust)

    def update(self, sources: Path | Iterable[Path] | None = None, **options: Any) -> IndexReport:
        """Bring the index up to date with some folders and files; without any, with all it remembers.

        Args:
            sources: a path or several; they are remembered.
            options: as on the command line (``glob="*.md"``), or fields of ``settings.IndexSettings``.

        Raises:
            SearchkitError: the index cannot be written, a source has vanished.
        """
        self.close()
        return update(self.path, source_paths(sources), index_settings(options), trust=self._trust)

    def forget(self, path: Path) -> IndexReport:
        """Drop a source and its documents."""
        self.close()
        return forget(self.path, os.fspath(path), IndexSettings(), trust=self._trust)

    def search(self, query: str, **options: Any) -> SearchResult:
        """Answer a query from the last committed state.

        Args:
            query: any text, or an expression of the query language.
            options: as on the command line (``path="news/**"``; ``in_`` for ``--in``), or fields of ``settings.SearchSettings``.

        Raises:
            SearchkitError: no index, a damaged one, or an impossible expression.
        """
        if self._searcher is None:
            self._searcher = Searcher(self.path, trust=self._trust)
        return self._searcher.search(query, search_settings(options))

    def status(self) -> IndexStatus:
        """Give the figures of the index."""
        return status(self.path, trust=self._trust)

    def verify(self) -> list[Fault]:
        """Check the index; an empty list, or harmless faults alone, means sound."""
        return verify(self.path, trust=self._trust)

    def close(self) -> None:
        """Let go of the state that was searched; the next search opens the newest."""
        if self._searcher is not None:
            self._searcher.close()
            self._searcher = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
