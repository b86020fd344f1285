"""How are hits told to an evaluation?  The line itself is ``evaluation/runs.py``'s."""

from searchkit.app.results import SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.terminal import Screen, sanitize_line
from searchkit.evaluation.runs import run_line


class Trec:
    """``QUERY_ID Q0 DOC_ID RANK SCORE RUN``."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print a line for each hit."""
        for hit in result.hits:
            self._screen.write(sanitize_line(run_line(asked.id, hit.id, hit.rank, hit.score)) + "\n")

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: a line is a hit."""


RENDERERS: dict[str, type[Renderer]] = {"trec": Trec}
