"""How are queries answered one after the other, and with which status does that end?

Without Click: a plain search does not wait for it.
"""

from collections.abc import Iterator, Mapping

from searchkit.app.results import SearchResult
from searchkit.cli.render.formats import KINDS, Asked, Format, Renderer, renderer
from searchkit.cli.terminal import Screen, sanitize_line, tell
from searchkit.cli.told import Common
from searchkit.errors import QueryError, SearchkitError
from searchkit.settings import SearchSettings
from searchkit.typed import Any

HIT, NOTHING, FAILED = 0, 1, 2


def _settings(given: Mapping[str, Any], shown: Format | None) -> SearchSettings:
    chosen = {name: given[name] for name in SearchSettings._fields if name in given}
    chosen["syntax"] = given["syntax"] or ("plain" if given["queries"] is not None else "auto")
    if given["timeout_seconds"] is None:  # nobody waits for a file of topics
        del chosen["timeout_seconds"]
        chosen |= {} if given["queries"] is None else {"timeout_seconds": 0.0}
    chosen["matched"] = bool(shown and shown.matched)
    if not (shown and shown.snippets):
        chosen["snippets"] = 0
    if not (shown and shown.hits):
        chosen |= {"limit": 1, "offset": 0, "explain": False}
    return SearchSettings(**chosen)


class Session:
    """One call of the command: queries in, answers out, a status in the end."""

    def __init__(self, common: Common, given: Mapping[str, Any], screen: Screen) -> None:
        self._common = common
        self._screen = screen
        self._format = _format(given)
        self._renderer: Renderer | None = None if common.quiet else renderer(self._format, screen)
        self._settings = _settings(given, None if common.quiet else KINDS[self._format])
        self._found = self._failed = False

    def run(self, queries: Iterator[Asked]) -> int:
        """Answer queries; gives the status: found, nothing found, or failed."""
        from searchkit.app.searching import Searcher

        with Searcher(self._common.index, trust=self._common.trust) as searcher:
            for asked in queries:
                self._ask(searcher, asked)
                self._screen.flush()
        if self._failed:
            return FAILED
        return HIT if self._found else NOTHING

    def _ask(self, searcher: Any, asked: Asked) -> None:
        try:
            result = searcher.search(asked.text, self._settings)
        except Exception as error:
            # A batch goes on; a single query's error is told by cli.process, with its position.
            if not asked.batch:
                raise
            self._failed = True
            self._tell_failure(asked, error)
            return
        self._found = self._found or result.total > 0
        if self._renderer is not None:
            self._renderer.answer(asked, result)
            if self._format == "text":
                self._screen.flush()
                self._tell_notes(asked, result)

    def _tell_failure(self, asked: Asked, error: Exception) -> None:
        reason = _reason(error)
        tell(sanitize_line(f"searchkit: query {asked.id}: {reason}"))
        if self._common.debug:
            import traceback

            tell("".join(traceback.format_exception(error)).rstrip())
        if self._renderer is not None:
            self._renderer.failure(asked, reason)

    def _tell_notes(self, asked: Asked, result: SearchResult) -> None:
        from searchkit.cli.notes import search_notes

        name = f"query {asked.id}: " if asked.batch else ""
        for line in search_notes(result, self._settings):
            tell(f"searchkit: {name}{line}")


def _reason(error: Exception) -> str:
    """Say in one line what is wrong with a query of a batch."""
    if not isinstance(error, SearchkitError):
        return f"internal error: {type(error).__name__}: {error}"
    place = f", at character {error.position + 1}" if isinstance(error, QueryError) else ""
    return f"{error.message}{place}; {error.hint}" if error.hint else f"{error.message}{place}"


def _format(given: Mapping[str, Any]) -> str:
    if given["only_count"]:
        return "count"
    if given["null"]:
        return "paths0"
    if given["only_paths"]:
        return "paths"
    return "text" if given["format_"] == "auto" else str(given["format_"])
