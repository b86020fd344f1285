"""What does a use case give back?

Frozen records; nothing here prints.  Field names are those of the JSON output.
"""

from searchkit.documents.model import Problem
from searchkit.engine.contract import Explanation
from searchkit.typed import NamedTuple


class Snippet(NamedTuple):
    """A contiguous piece of a text, white space collapsed, ``…`` only at its ends.

    Attributes:
        text: the piece.
        highlights: spans in ``text`` that matched, code points, half open, in order, not overlapping.
        line: source line of the first highlight (of the first character, where there is none).
        column: of the same place in its source line, from 1, in code points.
    """

    text: str
    highlights: tuple[tuple[int, int], ...]
    line: int
    column: int = 1


class SearchHit(NamedTuple):
    """One document found.  ``line``: of the first mark of the first snippet, or of the record."""

    rank: int
    score: float
    id: str
    path: str
    line: int
    title: str | None
    lang: str
    date: str | None
    snippets: tuple[Snippet, ...] = ()
    matched: tuple[str, ...] = ()
    explanation: Explanation | None = None


class Correction(NamedTuple):
    """A word that the index does not know.

    Attributes:
        word: as the user wrote it.
        suggestions: up to five, best first.
        used: whether the search looked for them as well.
    """

    word: str
    suggestions: tuple[str, ...]
    used: bool


class Interpretation(NamedTuple):
    """What was made of a query.

    Attributes:
        languages: under which the query was analysed, most likely first.
        match: ``all`` or ``any``, as it was applied.
        syntax: ``plain`` or ``full``.
        corrections: of unknown words.
        limits: what was cut short, in words.
        guessed: whether the language was a guess worth telling.
    """

    languages: tuple[str, ...] = ()
    match: str = "all"
    syntax: str = "plain"
    corrections: tuple[Correction, ...] = ()
    limits: tuple[str, ...] = ()
    guessed: bool = False


class SearchResult(NamedTuple):
    """The answer to one query; ``total`` counts all hits, whatever the limit."""

    query: str
    total: int
    seconds: float
    interpretation: Interpretation
    hits: tuple[SearchHit, ...]


class IndexReport(NamedTuple):
    """What an indexing run did; counts are documents (``skipped``, ``failed``: files or records).

    Attributes:
        actions: of ``--dry-run``: ``(what, path)`` pairs, ``what`` is ``add``, ``update`` or ``remove``.
        vanished: sources that are gone altogether; nothing of theirs was removed.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: int = 0
    failed: int = 0
    documents: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    vanished: tuple[str, ...] = ()


class Progress(NamedTuple):
    """Where an indexing run stands: files done of those to do, documents so far, the file at hand."""

    done: int
    total: int
    documents: int
    path: str


class SourceStatus(NamedTuple):
    """A remembered source: its path, its options as given, its documents."""

    path: str
    documents: int
    options: dict[str, str] = {}  # noqa: RUF012 -- never changed; a NamedTuple has no default_factory


class IndexStatus(NamedTuple):
    """``searchkit status``.  ``outdated``: languages whose analyser has changed since the index was written."""

    path: str
    documents: int
    languages: dict[str, int]
    size_bytes: int
    sources: tuple[SourceStatus, ...]
    generation: int
    segments: int
    updated: str
    analyzers: dict[str, int]
    outdated: tuple[str, ...] = ()


class ShownDocument(NamedTuple):
    """``searchkit show``."""

    id: str
    path: str
    line: int
    title: str | None
    lang: str
    date: str | None
    text: str
    metadata: dict[str, str] = {}  # noqa: RUF012 -- never changed; a NamedTuple has no default_factory


class AnalyzedToken(NamedTuple):
    """One written word of ``searchkit analyze``.

    Attributes:
        text: as written.
        start, end: span in the text, code points.
        lang: whose analyser looked at it.
        position: of the word in the ``word`` channel.
        terms: channel -> ``(term, position)`` pairs.
    """

    text: str
    start: int
    end: int
    lang: str
    position: int
    terms: dict[str, tuple[tuple[str, int], ...]]
