"""How is a whole answer told to a program, one JSON object a query?"""

from searchkit.app.results import Interpretation, SearchResult
from searchkit.cli.render.formats import Asked, Renderer
from searchkit.cli.render.json_text import SCHEMA_VERSION, json_text
from searchkit.cli.render.jsonl import hit_record
from searchkit.cli.terminal import Screen
from searchkit.typed import Any


def interpretation_record(interpretation: Interpretation) -> dict[str, Any]:
    """Give what was made of a query."""
    return {
        "languages": list(interpretation.languages),
        "match": interpretation.match,
        "syntax": interpretation.syntax,
        "corrections": [
            {"word": correction.word, "suggestions": list(correction.suggestions), "used": correction.used}
            for correction in interpretation.corrections
        ],
        "limits": list(interpretation.limits),
    }


class JsonObjects:
    """One object; in a batch one a line for every query, whatever became of it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print the object of a query that was answered."""
        record = _head(asked) | {
            "total": result.total,
            "seconds": result.seconds,
            "interpretation": interpretation_record(result.interpretation),
            "hits": [hit_record(hit) for hit in result.hits],
        }
        self._print(record)

    def failure(self, asked: Asked, reason: str) -> None:
        """Print the object of a query that failed: its fields are there, empty, and ``error`` says why."""
        empty = {"total": 0, "seconds": 0.0, "interpretation": interpretation_record(Interpretation()), "hits": []}
        self._print(_head(asked) | empty | {"error": reason})

    def _print(self, record: dict[str, Any]) -> None:
        self._screen.write(json_text(record, ascii_only=self._screen.ascii_only) + "\n")


def _head(asked: Asked) -> dict[str, Any]:
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    if asked.batch:
        head["query_id"] = asked.id
    return head | {"query": asked.text}


RENDERERS: dict[str, type[Renderer]] = {"json": JsonObjects}
