"""How are hits told to an editor that jumps to a place?"""

from searchkit.app.results import SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.terminal import MATCH, PLACE, Screen, near_path, sanitize_line
from searchkit.cli.wrapping import cells, runs


class Grep:
    """``path:line:column:text`` of every snippet."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print a line for each snippet."""
        del asked
        screen = self._screen
        for hit in result.hits:
            path = screen.paint(sanitize_line(near_path(hit.path)), PLACE)
            for snippet in hit.snippets:
                text = "".join(screen.paint(run, MATCH) if mark else run for run, mark in runs(cells(snippet.text, snippet.highlights)))
                screen.write(f"{path}:{snippet.line}:{snippet.column}:{text}\n")

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: a line is a place."""


RENDERERS: dict[str, type[Renderer]] = {"grep": Grep}
