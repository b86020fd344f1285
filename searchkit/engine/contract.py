"""What does an engine take, and what does it give?

Plain data goes in (documents, already analysed, and the table of their
forms), plain data comes out (hits, statistics, spans).  Nothing here hands
out an engine's own objects, document numbers or file names, so that the same
contract fits a folder on this disk and a cluster.  A document's key is
``(path, id)``.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence

from searchkit.engine.plan import Plan
from searchkit.typed import NamedTuple, Protocol, Self

Key = tuple[str, str]
"""``(path, id)`` of a document."""

CHANNELS = ("word", "stem", "gram", "fold")
TITLE_GAP = 100
"""Positions left free between title and text, in ``body`` fields of documents with words in their title: no phrase reaches across."""


class Form(NamedTuple):
    """One row of a table of forms: a written word, analysed once.

    Attributes:
        language: code of the analyser; the fields are ``…_{language}``.
        surface: the written word.
        words, stems: ``(term, inner)`` of the ``word`` and ``stem`` channel.
        grams, folds: terms of those channels.
        lemmas: what the word is known under (see ``Lexicon.knows``); uncut.
        word_width, stem_width: positions it takes up in either channel; 0 or more.
    """

    language: str
    surface: str
    words: tuple[tuple[str, int], ...]
    stems: tuple[tuple[str, int], ...]
    grams: tuple[str, ...]
    folds: tuple[str, ...]
    lemmas: tuple[str, ...]
    word_width: int
    stem_width: int


class Chunk(NamedTuple):
    """A piece of a document's text: some sentences; the unit of finding passages again.

    Attributes:
        start, end: span in the text, code points, half open; chunks are in
            order and do not overlap; between them stands white space alone.
        line: source line of ``start``.
        words: how many written words (entries of ``forms``) it holds.
    """

    start: int
    end: int
    line: int
    words: int


class AnalyzedDocument:
    """A document as an engine takes it.

    Attributes:
        key: ``(path, id)``.
        title, text, language, date, line, metadata: as in ``documents.Document``, language decided.
        title_forms: (title words,) rows of the batch's form table, in order.
        forms: (text words,) the same for the text, chunk after chunk.
        chunks: of the text.
    """

    __slots__ = ("chunks", "date", "forms", "key", "language", "line", "metadata", "text", "title", "title_forms")

    def __init__(
        self,
        key: Key,
        *,
        title: str | None,
        text: str,
        language: str,
        date: str | None,
        line: int,
        metadata: dict[str, str],
        title_forms: "array[int]",
        forms: "array[int]",
        chunks: Sequence[Chunk],
    ) -> None:
        self.key, self.title, self.text, self.language, self.date = key, title, text, language, date
        self.line, self.metadata, self.title_forms, self.forms, self.chunks = line, metadata, title_forms, forms, chunks


class Hit(NamedTuple):
    """A document that was found. ``score`` is not comparable between queries."""

    key: Key
    score: float


class Hits(NamedTuple):
    """What a plan found.

    Attributes:
        hits: the page asked for, best first; ties by path, line, id.
        total: of all that was found.
        limits: what was cut short, in words; empty if nothing was.
        led: False if the core of a ``Leading`` found nothing, so that everything was found instead.
    """

    hits: list[Hit]
    total: int
    limits: list[str]
    led: bool = True


class Explanation(NamedTuple):
    """How a number came about: ``value`` is made of ``details`` in the way that ``description`` says."""

    value: float
    description: str
    details: "tuple[Explanation, ...]" = ()


class Stored(NamedTuple):
    """What an index keeps of a document beside its text; ``length`` in code points of the text."""

    key: Key
    title: str | None
    language: str
    date: str | None
    line: int
    metadata: dict[str, str]
    length: int


class Occurrence(NamedTuple):
    """A written word of a text that matched: its span, and which of the asked words it matched."""

    start: int
    end: int
    word: int


class Statistics(NamedTuple):
    """Of a whole index; live documents only.

    Attributes:
        documents: live documents.
        languages: documents by main language, most first.
        generation: goes up by one with every commit.
        segments: number of them.
        size_bytes: of all files that the generation names.
        updated: ISO 8601 time of the commit, UTC.
        versions: analyser versions that the index was written with, by language code.
    """

    documents: int
    languages: dict[str, int]
    generation: int
    segments: int
    size_bytes: int
    updated: str
    versions: dict[str, int]


class Fault(NamedTuple):
    """Something that ``verify`` found.  ``harmless``: left behind by an interrupted write; no fault."""

    file: str
    reason: str
    harmless: bool = False


class Lexicon(Protocol):
    """Which terms does an index hold?  Live and deleted documents alike (a dead term finds nothing).

    Attributes:
        state: names what ``terms`` and ``lemmas`` say: the same name, the same words; letters and digits.
    """

    state: str

    def fields(self) -> list[str]:
        """Name the fields that hold any term, sorted."""

    def frequency(self, field: str, term: str) -> int:
        """Count the live documents that hold the term in the field."""

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Give the terms of a field that begin so, sorted by code points, with the documents (dead ones too) that hold each."""

    def knows(self, language: str, lemma: str) -> bool:
        """Tell whether any form of that language had this lemma."""

    def lemmas(self, language: str) -> list[str]:
        """Give all lemmas of a language, sorted; cached, not to be changed."""

    def documents(self, field: str) -> int:
        """Count the live documents that have text in a field's language, in its title or body."""


class Reader(Protocol):
    """One committed state of an index.  It does not change; a later commit needs a new reader."""

    lexicon: Lexicon

    def search(self, plan: Plan, *, limit: int = 10, offset: int = 0, sort: str = "score") -> Hits:
        """Run a plan.

        Args:
            plan: the question.
            limit: how many hits; 0 for all.
            offset: how many of the best to leave out.
            sort: ``score``; ``date``: newest first, undated last; ``path``: by path, line, id.

        Returns:
            Hits with float64 scores, terms added in plan order.

        Raises:
            IndexDamagedError: a block that was touched is not what it should be.
        """

    def explain(self, plan: Plan, key: Key) -> Explanation:
        """Say how a document's score came about; the value is the score that ``search`` gives."""

    def stored(self, keys: Sequence[Key]) -> list[Stored]:
        """Give what is kept of these documents, in that order; ``KeyError`` for a key that is not live."""

    def find(self, name: str) -> list[Key]:
        """Give the keys of the live documents whose id or path is ``name``, sorted."""

    def keys(self) -> list[Key]:
        """Give the keys of all live documents, sorted."""

    def text(self, key: Key, start: int = 0, end: int | None = None) -> str:
        """Give a piece of a document's text."""

    def chunks(self, key: Key) -> list[Chunk]:
        """Give the chunks of a document's text."""

    def matches(self, key: Key, words: Sequence[Sequence[tuple[str, str]]]) -> list[dict[int, int]]:
        """Say in which chunks the terms of each asked word stand.

        Args:
            key: of a live document.
            words: for each asked word the terms ``(body field, text)`` that it may be found by.

        Returns:
            For each asked word: number of the chunk -> how often it stands there.
        """

    def occurrences(self, key: Key, chunk: int, words: Sequence[Sequence[tuple[str, str]]]) -> list[Occurrence]:
        """Give the written words of one chunk that match, in order; a written word at most once for each asked word."""

    def statistics(self) -> Statistics:
        """Give the figures of the index."""

    def blob(self, name: str) -> bytes | None:
        """Give a caller's own data, committed with this generation; None if there is none by that name."""

    def close(self) -> None:
        """Let go of files and memory."""


class Writer(Protocol):
    """One writing run: nothing is visible before ``commit``, and all of it after."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None:
        """Drop what was not committed and free the lock."""

    def add(self, documents: Iterable[AnalyzedDocument], forms: Sequence[Form]) -> None:
        """Take documents with the table that their form numbers point into; a key that is live is replaced.

        The table may grow from call to call; what stands in it does not change (a new batch is a new list).
        """

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out; keys that are not there are passed over."""

    def blob(self, name: str, data: bytes) -> None:
        """Keep a caller's own data with the next commit, in place of what stood under that name."""

    def commit(self) -> None:
        """Make everything visible at once, durably; a run with nothing to do makes no new generation."""


class Engine(Protocol):
    """An index somewhere."""

    def exists(self) -> bool:
        """Tell whether there is an index."""

    def reader(self) -> Reader:
        """Open the last committed state.

        Raises:
            IndexMissingError, IndexDamagedError, IndexFormatError, IndexUnsafeError.
        """

    def writer(
        self, *, versions: dict[str, int], rebuild: bool = False, memory_bytes: int = 512 << 20, lock_timeout_seconds: float = 10.0
    ) -> Writer:
        """Begin to write.

        Args:
            versions: analyser versions by language code, kept in the index; as long as
                documents of an older version are left, that one stays told.
            rebuild: start from nothing; what is there answers until ``commit``.
            memory_bytes: about how much to hold before a segment is written out.
            lock_timeout_seconds: how long to wait for another writer.

        Raises:
            IndexLockedError, IndexDamagedError (unless ``rebuild``), StorageError.
        """

    def blob(self, name: str) -> bytes | None:
        """Give a caller's own data of the last commit even where the rest is damaged; None if it cannot be had."""

    def verify(self) -> list[Fault]:
        """Check everything; an empty list, or harmless faults alone, means sound."""
