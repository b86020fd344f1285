"""How is a hit told to a program, one line of JSON each?"""

from searchkit.app.results import SearchHit, SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.terminal import Screen
from searchkit.engine.contract import Explanation
from searchkit.typed import Any


def hit_record(hit: SearchHit) -> dict[str, Any]:
    """Give the fields of a hit, in the order in which they are printed."""
    record: dict[str, Any] = {
        "rank": hit.rank,
        "score": hit.score,
        "id": hit.id,
        "path": hit.path,
        "line": hit.line,
        "title": hit.title,
        "lang": hit.lang,
        "date": hit.date,
        "snippets": [
            {"text": snippet.text, "highlights": [list(span) for span in snippet.highlights], "line": snippet.line}
            for snippet in hit.snippets
        ],
        "matched": list(hit.matched),
    }
    if hit.explanation is not None:
        record["explanation"] = explanation_record(hit.explanation)
    return record


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """Give an explanation as nested records."""
    record: dict[str, Any] = {"value": explanation.value, "description": explanation.description}
    if explanation.details:
        record["details"] = [explanation_record(detail) for detail in explanation.details]
    return record


class JsonLines:
    """A line a hit."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print a line for each hit."""
        head: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
        if asked.batch:
            head |= {"query_id": asked.id, "query": asked.text}
        for hit in result.hits:
            self._screen.write(json_text(head | hit_record(hit), ascii_only=self._screen.ascii_only) + "\n")

    def failure(self, asked: Asked, reason: str) -> None:
        """Print nothing: a line is a hit."""


RENDERERS: dict[str, type[Renderer]] = {"jsonl": JsonLines}
