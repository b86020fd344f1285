"""How are hits told to a person?

On a terminal in colour, wrapped to its width, places as hyperlinks; elsewhere
the same words, plain and unwrapped.
"""

from searchkit.app.results import SearchHit, SearchResult, Snippet
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.terminal import DETAIL, HEAD, MATCH, PLACE, RANK, TITLE, Screen, near_path, sanitize_line, text_width
from searchkit.cli.wrapping import cells, runs, wrap
from searchkit.engine.contract import Explanation

_NARROWEST = 16
"""Columns that a snippet gets at the least, whatever the terminal."""


class Text:
    """Rank, title, place, language, score and snippets of each hit."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._begun = False

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print the hits, a blank line between two of them."""
        screen = self._screen
        if asked.batch:
            self._separate()
            screen.write(screen.paint(sanitize_line(f"[{asked.id}] {asked.text}"), HEAD) + "\n")
        margin = len(f"{max((hit.rank for hit in result.hits), default=0)}. ")
        for hit in result.hits:
            self._separate()
            self._hit(hit, margin)

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: standard error tells the reason."""

    def _separate(self) -> None:
        if self._begun:
            self._screen.write("\n")
        self._begun = True

    def _hit(self, hit: SearchHit, margin: int) -> None:
        screen = self._screen
        rank = screen.paint(f"{hit.rank}.".rjust(margin - 1), RANK) + " "
        indent = " " * margin
        if hit.title:
            for at, line in enumerate(self._lines(sanitize_line(hit.title), margin)):
                screen.write((indent if at else rank) + screen.paint(line, TITLE) + "\n")
        shown = sanitize_line(f"{near_path(hit.path)}:{hit.line}")
        place = screen.link(screen.paint(shown, PLACE), hit.path)
        detail = f"{sanitize_line(hit.lang)}  {hit.score:.2f}"
        # A place is never broken, a click or a double click takes all of it; what follows it moves to the next line.
        fits = screen.width is None or margin + text_width(shown) + 2 + len(detail) <= screen.width
        between = "  " if fits else "\n" + indent
        screen.write((indent if hit.title else rank) + place + between + screen.paint(detail, DETAIL) + "\n")
        for snippet in hit.snippets:
            self._snippet(snippet, margin)
        if hit.explanation is not None:
            self._explanation(hit.explanation, indent)

    def _lines(self, text: str, margin: int) -> list[str]:
        if self._screen.width is None:
            return [text]
        lines = wrap(cells(text, ()), max(_NARROWEST, self._screen.width - margin))
        return ["".join(piece for piece, _ in line) for line in lines]

    def _snippet(self, snippet: Snippet, margin: int) -> None:
        screen = self._screen
        line = cells(snippet.text, snippet.highlights)
        lines = [line] if screen.width is None else wrap(line, max(_NARROWEST, screen.width - margin))
        for part in lines:
            screen.write(" " * margin + "".join(screen.paint(run, MATCH) if mark else run for run, mark in runs(part)) + "\n")

    def _explanation(self, explanation: Explanation, indent: str) -> None:
        self._screen.write(self._screen.paint(sanitize_line(f"{indent}{explanation.value:.6g}  {explanation.description}"), DETAIL) + "\n")
        for detail in explanation.details:
            self._explanation(detail, indent + "  ")


RENDERERS: dict[str, type[Renderer]] = {"text": Text}
