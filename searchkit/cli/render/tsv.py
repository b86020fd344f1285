"""How are hits told to a table?

``tsv`` quotes nothing: what would break a row becomes a blank.  ``csv`` is
RFC 4180.  In a batch the column ``query_id`` comes last, so that the others
stay where they are.
"""

import csv
import io
import re

from searchkit.app.results import SearchHit, SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.terminal import Screen, sanitize, sanitize_line

COLUMNS = ("rank", "score", "lang", "path", "line", "title", "snippet")
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


def _row(hit: SearchHit) -> list[str]:
    snippet = hit.snippets[0].text if hit.snippets else ""
    return [str(hit.rank), f"{hit.score:.6f}", hit.lang, hit.path, str(hit.line), hit.title or "", snippet]


class Tsv:
    """Tab-separated values with a header, without quoting."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._begun = False

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print a row for each hit, the header before the first answer."""
        last = [asked.id] if asked.batch else []
        if not self._begun:
            self._begun = True
            self._print([*COLUMNS, *(["query_id"] if asked.batch else [])])
        for hit in result.hits:
            self._print([*_row(hit), *last])

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: a row is a hit."""

    def _print(self, row: list[str]) -> None:
        self._screen.write("\t".join(sanitize_line(_BREAKS.sub(" ", cell)) for cell in row) + "\n")


class Csv(Tsv):
    """Comma-separated values with a header, lines ended by CR LF."""

    def _print(self, row: list[str]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(
            [sanitize_line(cell) if at in _LINES else sanitize(cell) for at, cell in enumerate(row)]
        )
        self._screen.write(line.getvalue())


_LINES = {COLUMNS.index("path"), COLUMNS.index("title")}

RENDERERS: dict[str, type[Renderer]] = {"tsv": Tsv, "csv": Csv}
