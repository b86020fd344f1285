"""What is in an index, and what becomes of a text in it?"""

from searchkit.analysis import form_of, iter_chunks
from searchkit.app.opening import open_engine
from searchkit.app.results import AnalyzedToken, IndexStatus, ShownDocument, SourceStatus
from searchkit.app.sources import CATALOG, documents_of, options_of
from searchkit.documents.catalog import Catalog, load_catalog
from searchkit.errors import NotFoundError
from searchkit.languages.identify import identify, script_language
from searchkit.languages.registry import language, versions
from searchkit.text.normalize import nfc
from searchkit.text.sentences import sentences
from searchkit.text.words import word_spans


def show(index: str, name: str) -> list[ShownDocument]:
    """Give the stored text and fields of the documents whose id or path this is.

    Raises:
        NotFoundError: there is none.
        IndexMissingError, IndexDamagedError: of the index.
    """
    reader = open_engine(index).reader()
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
    code = identify(text).code if lang == "auto" else lang
    tokens: list[AnalyzedToken] = []
    word_position = stem_position = 0
    for start, end, spoken in iter_chunks(text, code):
        for token in _analyze_chunk(text, start, end, spoken, word_position, stem_position):
            tokens.append(token[0])
            word_position, stem_position = token[1], token[2]
    return tokens


def _analyze_chunk(text: str, start: int, end: int, code: str, word_at: int, stem_at: int) -> list[tuple[AnalyzedToken, int, int]]:
    """Analyse a chunk as an index would; with each token the positions that follow it."""
    spoken = language(code)
    result: list[tuple[AnalyzedToken, int, int]] = []
    for low, high in sentences(text, start, end):
        spans = [(a - low, b - low) for a, b in word_spans(text, low, high)]
        sentence = text[low:high]
        codes = [script_language(sentence[a:b], spoken.code) for a, b in spans]
        own = [span for span, which in zip(spans, codes, strict=True) if which == spoken.code]
        together = iter(spoken.analyze_sentence(sentence, own))
        for (a, b), which in zip(spans, codes, strict=True):
            analysis = next(together) if which == spoken.code else language(which).analyze(sentence[a:b])
            form = form_of(which, sentence[a:b], analysis)
            terms = {
                "word": tuple((term, word_at + inner) for term, inner in form.words),
                "stem": tuple((term, stem_at + inner) for term, inner in form.stems),
                "gram": tuple((gram, word_at) for gram in form.grams),
                "fold": tuple((fold, word_at) for fold in form.folds),
            }
            token = AnalyzedToken(sentence[a:b], low + a, low + b, which, word_at, terms)
            word_at, stem_at = word_at + form.word_width, stem_at + form.stem_width
            result.append((token, word_at, stem_at))
    return result


def status(index: str) -> IndexStatus:
    """Give the figures of an index."""
    reader = open_engine(index).reader()
    try:
        figures = reader.statistics()
        blob = reader.blob(CATALOG)
        catalog = load_catalog(blob) if blob else Catalog()
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
