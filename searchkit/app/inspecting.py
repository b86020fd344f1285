"""What is in an index, and what becomes of a text in it?"""

from searchkit.analysis import DocumentAnalyzer
from searchkit.app.damage import on_sound
from searchkit.app.opening import open_engine
from searchkit.app.results import AnalyzedToken, IndexStatus, ShownDocument, SourceStatus
from searchkit.app.sources import CATALOG, documents_of, loaded_catalog, options_of
from searchkit.documents.model import Document
from searchkit.errors import NotFoundError
from searchkit.languages.registry import versions
from searchkit.text.normalize import nfc
from searchkit.text.words import word_spans


@on_sound
def show(index: str, name: str, *, trust: bool = False) -> list[ShownDocument]:
    """Give the stored text and fields of the documents whose id or path this is.

    Raises:
        NotFoundError: there is none.
        IndexMissingError, IndexDamagedError: of the index.
    """
    reader = open_engine(index, trust=trust).reader()
    try:
        keys = reader.find(name)
        if not keys:
            raise NotFoundError(f"no document with the id or path {name}", hint="search --paths lists paths, --format tsv too")
        return [
            ShownDocument(
                stored.key[1], stored.key[0], stored.line, stored.title, stored.language, stored.date, reader.text(key), stored.metadata
            )
            for key, stored in zip(keys, reader.stored(keys), strict=True)
        ]
    finally:
        reader.close()


def analyze(text: str, lang: str = "auto") -> list[AnalyzedToken]:
    """Give the terms that a text is indexed under, word by word and channel by channel."""
    text = nfc(text)
    analyzer = DocumentAnalyzer()
    document = analyzer.document(Document("", "", None, text), lang=lang)
    spans = [span for chunk in document.chunks for span in word_spans(text, chunk.start, chunk.end)]
    tokens: list[AnalyzedToken] = []
    word_at = stem_at = 0
    for (start, end), row in zip(spans, document.forms, strict=True):
        form = analyzer.forms[row]
        terms = {
            "word": tuple((term, word_at + inner) for term, inner in form.words),
            "stem": tuple((term, stem_at + inner) for term, inner in form.stems),
            "gram": tuple((gram, word_at) for gram in form.grams),
            "fold": tuple((fold, word_at) for fold in form.folds),
        }
        tokens.append(AnalyzedToken(text[start:end], start, end, form.language, word_at, terms))
        word_at, stem_at = word_at + form.word_width, stem_at + form.stem_width
    return tokens


@on_sound
def status(index: str, *, trust: bool = False) -> IndexStatus:
    """Give the figures of an index."""
    reader = open_engine(index, trust=trust).reader()
    try:
        figures = reader.statistics()
        catalog = loaded_catalog(reader.blob(CATALOG), index)
        fresh = versions()
        return IndexStatus(
            path=index,
            documents=figures.documents,
            languages=figures.languages,
            size_bytes=figures.size_bytes,
            sources=tuple(SourceStatus(source.path, documents_of(source, catalog), options_of(source)) for source in catalog.sources),
            generation=figures.generation,
            segments=figures.segments,
            updated=figures.updated,
            analyzers=figures.versions,
            outdated=tuple(code for code, version in sorted(figures.versions.items()) if fresh.get(code) != version),
        )
    finally:
        reader.close()
