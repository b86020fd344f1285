"""A tiny language for tests of engines, and documents written in it.

Words of lower-case letters are language ``aa``; words with a capital are
``bb`` (a compound: the whole and its halves at one place, and a spelling-free
key); words with a hyphen have as many ``word`` positions as parts; an ``x`` in
a word parts it in two morphemes, and ``0`` is a word that takes up no place.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

from searchkit.engine.contract import AnalyzedDocument, Chunk, Engine, Form, Key
from searchkit.engine.plan import Phrase
from searchkit.text.words import WORD, word_spans


@lru_cache(maxsize=10_000)
def form(word: str) -> Form:
    """Analyse a word."""
    if word == "0":
        return Form("aa", word, (), (), (), (), (), 0, 0)
    low = word.lower()
    grams = tuple(low[at : at + 2] for at in range(len(low) - 1))
    if word != low:
        half = len(low) // 2
        stems = tuple(dict.fromkeys([(low, 0), (low[:half] or low, 0), (low[half:], 0)]))
        return Form("bb", word, ((low, 0),), stems, grams, (low.translate(str.maketrans("aeiou", "-----")),), (low,), 1, 1)
    parts = low.split("-")
    words = ((low, 0), *((part, inner) for inner, part in enumerate(parts) if len(parts) > 1))
    pieces = [piece for piece in low.split("x") if piece] or [low]
    stems = tuple((piece.rstrip("s") or piece, inner) for inner, piece in enumerate(pieces))
    folds = (low.replace("y", "i"),) if "y" in low else ()
    return Form("aa", word, words, stems, grams, folds, (low,), len(parts), len(pieces))


class Batch:
    """Documents with the table of their forms."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.documents: list[AnalyzedDocument] = []
        self._rows: dict[Form, int] = {}

    def _interned(self, text: str) -> "array[int]":
        rows = array("I")
        for word in WORD.findall(text):
            found = form(word)
            if found not in self._rows:
                self._rows[found] = len(self.forms)
                self.forms.append(found)
            rows.append(self._rows[found])
        return rows

    def add(
        self,
        path: str,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 -- the name that a document has for it
        title: str | None = None,
        language: str = "aa",
        date: str | None = None,
        line: int = 1,
        metadata: dict[str, str] | None = None,
    ) -> "Batch":
        """Add a document; every line of its text is a chunk."""
        chunks = []
        at = 0
        for number, piece in enumerate(text.split("\n")):
            if piece.strip():
                chunks.append(Chunk(at, at + len(piece), line + number, len(word_spans(piece))))
            at += len(piece) + 1
        self.documents.append(
            AnalyzedDocument(
                (path, path if id is None else id),
                title=title,
                text=text,
                language=language,
                date=date,
                line=line,
                metadata=metadata or {},
                title_forms=self._interned(title or ""),
                forms=self._interned(text),
                chunks=chunks,
            )
        )
        return self


def phrase(field: str, *slots: tuple[int, tuple[str, ...]], slop: int = 0, weight: float = 1.0) -> Phrase:
    """Make a phrase whose words all lie in one field."""
    return Phrase(tuple((offset, tuple((field, text) for text in texts)) for offset, texts in slots), slop, weight)


def commit(engine: Engine, batch: Batch | None = None, *, remove: Iterable[Key] = (), memory_bytes: int = 1 << 30) -> None:
    """Write a batch in one run."""
    with engine.writer(versions={"aa": 1, "bb": 1}, memory_bytes=memory_bytes) as writer:
        writer.remove(remove)
        if batch is not None:
            writer.add(batch.documents, batch.forms)
        writer.commit()


def fill(engine: Engine, texts: dict[str, str] | Sequence[str]) -> Engine:
    """Write texts as documents, by path (or as ``/0``, ``/1``, …), and give the engine back."""
    batch = Batch()
    pairs = texts.items() if isinstance(texts, dict) else [(f"/{number}", text) for number, text in enumerate(texts)]
    for path, text in pairs:
        batch.add(path, text)
    commit(engine, batch)
    return engine
