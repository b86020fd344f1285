"""How many documents were found?"""

from searchkit.app.results import SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.terminal import Screen, sanitize_line


class Count:
    """The number of all hits; in a batch ``ID<TAB>N``."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print the number, whatever the limit."""
        head = f"{sanitize_line(asked.id)}\t" if asked.batch else ""
        self._screen.write(f"{head}{result.total}\n")

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: a failure is no number."""


RENDERERS: dict[str, type[Renderer]] = {"count": Count}
