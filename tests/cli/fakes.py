"""Stand-ins for the use cases of ``searchkit.app``: known answers, and a note of what was asked."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from searchkit.app.results import (
    AnalyzedToken,
    Correction,
    IndexReport,
    IndexStatus,
    Interpretation,
    Progress,
    SearchHit,
    SearchResult,
    ShownDocument,
    Snippet,
    SourceStatus,
)
from searchkit.documents.model import Problem
from searchkit.engine.contract import Explanation, Fault
from searchkit.errors import NotFoundError, QueryError
from searchkit.settings import IndexSettings, SearchSettings

NASTY = "a\x1b[31m\x07\x9b\x7f\u202eb\udcff"
"""Terminal escapes, a bell, C1, DEL, a bidirectional override and a byte that is no UTF-8."""


def hit(rank: int = 1, **given: object) -> SearchHit:
    """Give a hit; every field can be set."""
    path = str(given.get("path", f"/data/doc{rank}.txt"))
    fields = {
        "score": 10.0 / rank,
        "id": path,
        "path": path,
        "line": 17,
        "title": f"Title {rank}",
        "lang": "ko",
        "date": None,
        "snippets": (Snippet("… 과학기술 협력을 위해 …", ((2, 6), (7, 9)), 17, 5),),
        "matched": ("과학기술",),
        **given,
    }
    return SearchHit(rank=rank, **fields)  # type: ignore[arg-type]


class FakeSearcher:
    """Finds what ``hits`` holds for any query but ``nothing``; ``bad`` is no query and ``boom`` a fault of ours.

    Attributes:
        hits: what is found.
        asked: the queries and settings so far.
        indexes: the folders that were opened.
    """

    hits: Sequence[SearchHit] = (hit(1), hit(2))
    interpretation = Interpretation(("ko",))
    asked: list[tuple[str, SearchSettings]]
    indexes: list[str]

    def __init__(self, index: str, *, trust: bool) -> None:
        del trust
        type(self).indexes.append(index)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        del kind, value, trace

    def search(self, query: str, settings: SearchSettings) -> SearchResult:
        """Answer."""
        type(self).asked.append((query, settings))
        if query == "bad":
            raise QueryError("a bracket is not closed", query="한국 (bad", position=3, hint="write )")
        if query == "boom":
            raise KeyError("boom\x1b")
        if query == "void":
            return SearchResult(query, 0, 0.01, Interpretation(("en",)), ())
        if query == "nothing":
            told = Interpretation(("en",), corrections=(Correction("nothing", ("something", "nothings"), used=False),))
            return SearchResult(query, 0, 0.01, told, ())
        shown = self.hits[: settings.limit] if settings.limit else self.hits
        return SearchResult(query, len(self.hits), 0.01, self.interpretation, tuple(shown))


REPORT = IndexReport(
    added=2,
    failed=1,
    documents=5,
    seconds=0.5,
    problems=(Problem("/data/bad.jsonl", "no JSON", 3), Problem("/data/x\x1b.bin", "a binary file")),
    actions=(("add", "/data/new.txt"),),
)


class Indexing:
    """``app.indexing``: notes its calls and gives ``REPORT``."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, object, IndexSettings]] = []

    def update(
        self,
        index: str,
        paths: Sequence[str] | None,
        settings: IndexSettings,
        *,
        progress: Callable[[Progress], None] | None = None,
        trust: bool,
    ) -> IndexReport:
        """Note an update, and report some progress."""
        del trust
        self.calls.append((index, paths, settings))
        if progress:
            progress(Progress(1, 2, 1, "/data/a\x1b.txt"))
        return REPORT

    def forget(self, index: str, path: str, settings: IndexSettings, *, trust: bool) -> IndexReport:
        """Note a source that is dropped."""
        del trust
        self.calls.append((index, f"forget {path}", settings))
        return IndexReport(removed=3, documents=2)


def status(index: str, *, trust: bool) -> IndexStatus:
    """Give the figures of an index with one source."""
    del trust
    return IndexStatus(
        path=index,
        documents=3,
        languages={"ko": 2, "kk": 1},
        size_bytes=65536,
        sources=(SourceStatus("/data\x1b", 3, {"lang": "ko"}),),
        generation=4,
        segments=2,
        updated="2026-01-02T03:04:05Z",
        analyzers={"ko": 1},
        outdated=("kk",),
    )


def show(index: str, name: str, *, trust: bool) -> list[ShownDocument]:
    """Know ``r1`` and ``/data/doc.txt`` alone."""
    del index, trust
    if name not in {"r1", "/data/doc.txt"}:
        raise NotFoundError(f"no document {name}")
    return [ShownDocument(name, "/data/doc.txt", 2, "A title", "en", "2024-05-06", "Line one\nLine\x1b two\n", {"url": "https://x"})]


def analyze(text: str, lang: str = "auto") -> list[AnalyzedToken]:
    """Give one token."""
    return [AnalyzedToken(text, 0, len(text), "ko" if lang == "auto" else lang, 0, {"word": ((text, 0),), "stem": (), "gram": ()})]


def verify(index: str, *, trust: bool) -> list[Fault]:
    """Find nothing but left-overs, and a fault in the index ``broken``."""
    del trust
    left = [Fault("g3.tmp", "left behind", harmless=True)]
    return [*left, Fault("g4.post", "block 7: checksum\x1b")] if index == "broken" else left


EXPLANATION = Explanation(10.0, "sum of", (Explanation(10.0, "협력 in body_stem_ko"),))
