"""Which formats are there, and what do they owe their caller?

A new format adds a module and a row; its module is imported when it is asked
for.
"""

from searchkit.app.results import SearchResult
from searchkit.cli.terminal import Screen
from searchkit.typed import NamedTuple, Protocol


class Asked(NamedTuple):
    """A query as it was put.

    Attributes:
        id: of the query; counted from 1 where it has none of its own.
        text: the query.
        batch: whether it is one of several.
    """

    id: str
    text: str
    batch: bool = False


class Renderer(Protocol):
    """A format: prints the answers to queries, one after the other."""

    def __init__(self, screen: Screen) -> None: ...

    def answer(self, asked: Asked, result: SearchResult) -> None:
        """Print the answer to a query."""

    def failure(self, asked: Asked, reason: str) -> None:
        """Print that a query of a batch failed, where the format has a place for it."""


class Format(NamedTuple):
    """Where a format is written, and what it prints of a hit: nobody looks for what is not shown.

    Attributes:
        module: of this room.
        snippets: whether it prints snippets (finding them costs ten times the ranking).
        matched: whether it prints which words matched.
        hits: whether it prints hits at all.
    """

    module: str
    snippets: bool = True
    matched: bool = False
    hits: bool = True


KINDS = {
    "text": Format("text"),
    "json": Format("objects", matched=True),
    "jsonl": Format("jsonl", matched=True),
    "tsv": Format("tsv"),
    "csv": Format("tsv"),
    "trec": Format("trec", snippets=False),
    "paths": Format("paths", snippets=False),
    "paths0": Format("paths", snippets=False),
    "count": Format("count", snippets=False, hits=False),
    "grep": Format("grep"),
}
FORMATS = ("auto", "text", "json", "jsonl", "tsv", "csv", "trec", "paths", "grep")
"""Those that ``--format`` takes."""


def renderer(name: str, screen: Screen) -> Renderer:
    """Make the renderer of a format."""
    module = __import__(f"searchkit.cli.render.{KINDS[name].module}", fromlist=["RENDERERS"])  # importlib would import warnings
    made: Renderer = module.RENDERERS[name](screen)
    return made
