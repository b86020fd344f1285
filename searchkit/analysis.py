"""Which term stands in which field and channel, at which position?

The one place where a text meets the languages: ``DocumentAnalyzer`` turns a
document into the forms that an engine stores, ``query_words`` a piece of a
query into the same terms, so that the two sides cannot drift.  It knows no
file, no index and no query syntax.
"""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from searchkit.documents.model import Document
from searchkit.engine.contract import AnalyzedDocument, Chunk, Form
from searchkit.languages.base import Analysis, Language
from searchkit.languages.identify import identify, main_script, script_language
from searchkit.languages.registry import language
from searchkit.text.sentences import paragraphs, sentences
from searchkit.text.words import WORD, word_spans

CHUNK_CHARS = 240  # a passage of 200 characters then lies in one chunk or two; 20 bytes of table a chunk are 4 % of the text
LONGEST_CHUNK_CHARS = 480  # a "sentence" above it (a log, a table, minified text) is cut between words
PARAGRAPH_WORDS = 5  # below, a paragraph's own language is too uncertain to overrule the document's
IDENTIFY_CHARS = 20_000  # a document's main language shows in its first pages; later paragraphs still speak for themselves
CACHED_FORMS = 500_000  # about 300 MB at the worst; a process that has seen more starts its cache anew


def field(part: str, channel: str, code: str) -> str:
    """Name a field: ``part`` is ``title`` or ``body``."""
    return f"{part}_{channel}_{code}"


def form_of(code: str, surface: str, analysis: Analysis) -> Form:
    """Flatten an analysis into a row of a form table: the terms of all readings, each once."""
    stems = tuple(dict.fromkeys(term for reading in analysis.readings for term in reading.terms))
    return Form(
        code, surface, analysis.words, stems, analysis.grams, analysis.folds, analysis.lemmas, analysis.word_width, analysis.stem_width
    )


class _Forms(dict[str, int]):
    """Written word -> row of the table, for one language of the text around it; a miss analyses the word."""

    def __init__(self, analyzer: "DocumentAnalyzer", context: str, script: str) -> None:
        super().__init__()
        self._analyzer, self._context, self._script = analyzer, context, script

    def __missing__(self, word: str) -> int:
        code = script_language(word, self._context, self._script)
        row = self._analyzer.row(code, word, None)
        self[word] = row
        return row


class DocumentAnalyzer:
    """Analyses documents, every distinct form once, and keeps the table of their forms.

    One for each process; ``take_table`` closes a batch.
    """

    def __init__(self) -> None:
        self._table: list[Form] = []
        self._rows: dict[tuple[str, str, Analysis | None], int] = {}
        self._contexts: dict[tuple[str, str], _Forms] = {}
        self._cache: dict[tuple[str, str], Form] = {}

    def take_table(self) -> list[Form]:
        """Give the table that the documents since the last call point into, and begin a new one."""
        table, self._table = self._table, []
        self._rows.clear()
        self._contexts.clear()
        if len(self._cache) > CACHED_FORMS:
            self._cache.clear()
        return table

    def row(self, code: str, word: str, analysis: Analysis | None) -> int:
        """Give the row of a form, adding it where it is new.

        Args:
            code: of the language that analyses it.
            word: as written.
            analysis: from its sentence; None where the word is analysed on its own.
        """
        key = (code, word, analysis)
        row = self._rows.get(key)
        if row is None:
            if analysis is not None:
                form = form_of(code, word, analysis)
            else:
                cached = self._cache.get((code, word))
                form = cached or form_of(code, word, language(code).analyze(word))
                self._cache[code, word] = form
            row = self._rows[key] = len(self._table)
            self._table.append(form)
        return row

    def document(self, document: Document, *, lang: str = "auto") -> AnalyzedDocument:
        """Analyse one document.

        Args:
            document: as it was read.
            lang: its language unless it states its own; ``auto`` lets the text decide.
        """
        text = document.text
        code = document.language or ("" if lang == "auto" else lang)
        if not code:
            sample = text[:IDENTIFY_CHARS]
            code = identify(f"{document.title}\n\n{sample}" if document.title and len(sample) < CHUNK_CHARS else sample).code
        title_forms = array("I")
        if document.title:
            self._words(document.title, 0, len(document.title), code, title_forms)
        forms = array("I")
        chunks = [Chunk(start, end, 0, self._words(text, start, end, spoken, forms)) for start, end, spoken in iter_chunks(text, code)]
        chunks = _cut_at(text, chunks, _bends(text, document.lines))
        lines = _lines(text, [chunk.start for chunk in chunks], document.lines)
        return AnalyzedDocument(
            (document.path, document.id),
            title=document.title,
            text=text,
            language=code,
            date=document.date,
            line=document.line,
            metadata=document.metadata,
            title_forms=title_forms,
            forms=forms,
            chunks=[chunk._replace(line=line) for chunk, line in zip(chunks, lines, strict=True)],
        )

    def _words(self, text: str, start: int, end: int, code: str, forms: "array[int]") -> int:
        """Append the forms of ``text[start:end]``; say how many."""
        before = len(forms)
        spoken = language(code)
        code = spoken.code  # a stated language without an analyser of its own ("fr") is read as "other"
        if spoken.contextual:
            for sentence_start, sentence_end in sentences(text, start, end):
                forms.extend(self._sentence(text[sentence_start:sentence_end], spoken))
        else:
            # Kazakh is written in three scripts: which one, the piece at hand says.
            script = main_script(text[start:end]) if len(spoken.scripts) > 1 else ""
            known = self._contexts.get((code, script))
            if known is None:
                known = self._contexts[code, script] = _Forms(self, code, script if script in spoken.scripts else "")
            forms.extend(map(known.__getitem__, WORD.findall(text, start, end)))
        return len(forms) - before

    def _sentence(self, sentence: str, spoken: Language) -> Iterator[int]:
        """Give the rows of a sentence whose words are understood together."""
        spans = word_spans(sentence)
        codes = [script_language(sentence[start:end], spoken.code) for start, end in spans]
        own = [span for span, code in zip(spans, codes, strict=True) if code == spoken.code]
        analyses = iter(spoken.analyze_sentence(sentence, own))
        for (start, end), code in zip(spans, codes, strict=True):
            yield self.row(code, sentence[start:end], next(analyses) if code == spoken.code else None)


def iter_chunks(text: str, code: str) -> Iterator[tuple[int, int, str]]:
    """Cut a text into chunks of whole sentences in one language: ``(start, end, language code)``.

    Args:
        text: of a document.
        code: the document's main language; a longer paragraph that is surely
            in another one has its own.
    """
    begin = stop = -1
    spoken = code
    for start, end, own in _iter_sentences(text, code):
        if begin >= 0 and (own != spoken or end - begin > LONGEST_CHUNK_CHARS or stop - begin >= CHUNK_CHARS):
            yield begin, stop, spoken
            begin = -1
        if begin < 0:
            begin = start
        spoken, stop = own, end
    if begin >= 0:
        yield begin, stop, spoken


def _iter_sentences(text: str, code: str) -> Iterator[tuple[int, int, str]]:
    """Give the sentences with the language of their paragraph; what is too long is cut between words."""
    for start, end in paragraphs(text):
        own = code
        if end - start > 4 * PARAGRAPH_WORDS:
            guess = identify(text[start : min(end, start + IDENTIFY_CHARS)], hint=code)
            if guess.confident and guess.code != code and len(WORD.findall(text, start, min(end, start + 400))) >= PARAGRAPH_WORDS:
                own = guess.code
        for sentence_start, sentence_end in sentences(text, start, end):
            at = sentence_start
            while sentence_end - at > LONGEST_CHUNK_CHARS:
                cut = _cut(text, at, sentence_end)
                yield at, cut, own
                at = cut
                while at < sentence_end and text[at].isspace():
                    at += 1
            if at < sentence_end:
                yield at, sentence_end, own


def _cut(text: str, begin: int, end: int) -> int:
    """Find a place beyond a chunk's length where no written word is cut in two; ``end`` where there is none."""
    start = at = begin + CHUNK_CHARS
    while at < end and not text[at].isspace():
        at += 1
        if at - start > CHUNK_CHARS:  # no blank for long (Chinese, base64): any word's end will do
            # Cut from the chunk's beginning: a very long word is several, and where they part depends on where it begins.
            return next((word.end() for word in WORD.finditer(text, begin, end) if word.end() > start), end)
    return at


def _bends(text: str, breakpoints: tuple[tuple[int, int], ...]) -> list[int]:
    """Give the offsets at which the source goes on elsewhere than counting the line ends of the text would say.

    The cells of an HTML row stand on one line of the text and on several of the
    source.  All of a record stands on one line, and its hits say so of themselves.
    """
    if len({line for _, line in breakpoints}) == 1:
        return []
    return [offset for (before, line), (offset, there) in pairwise(breakpoints) if line + text.count("\n", before, offset) != there]


def _cut_at(text: str, chunks: list[Chunk], offsets: list[int]) -> list[Chunk]:
    """Cut chunks at offsets, all of which follow white space; inside a chunk, lines are counted."""
    cut: list[Chunk] = []
    which = 0
    for chunk in chunks:
        begin, left = chunk.start, chunk.words
        while which < len(offsets) and offsets[which] < chunk.end:
            end = begin + len(text[begin : offsets[which]].rstrip())
            if end > begin:
                words = len(WORD.findall(text, begin, end))
                cut.append(Chunk(begin, end, 0, words))
                begin, left = offsets[which], left - words
            which += 1
        cut.append(Chunk(begin, chunk.end, 0, left))
    return cut


def _lines(text: str, starts: list[int], breakpoints: tuple[tuple[int, int], ...]) -> list[int]:
    """Give the source line of each of some rising offsets."""
    lines = []
    which, at, line = 0, 0, breakpoints[0][1]
    for start in starts:
        while which + 1 < len(breakpoints) and breakpoints[which + 1][0] <= start:
            which += 1
            at, line = breakpoints[which]
        line += text.count("\n", at, start)
        at = start
        lines.append(line)
    return lines


class QueryWord(NamedTuple):
    """A written word of a query under one language.

    Attributes:
        text: as written.
        start, end: span in the piece of the query.
        code: of the language that analysed it.
        analysis: with the query's own tolerance.
    """

    text: str
    start: int
    end: int
    code: str
    analysis: Analysis


def query_words(text: str, code: str) -> list[QueryWord]:
    """Analyse a piece of a query under a language; words of another script go to their own.

    Several words of a contextual language are analysed together, as they are in a document.
    """
    spoken = language(code)
    spans = word_spans(text)
    codes = [script_language(text[start:end], code) for start, end in spans]
    own = [span for span, which in zip(spans, codes, strict=True) if which == spoken.code]
    together = iter(spoken.analyze_sentence(text, own)) if spoken.contextual and len(own) > 1 else None
    words = []
    for (start, end), which in zip(spans, codes, strict=True):
        word = text[start:end]
        analysis = next(together) if together is not None and which == spoken.code else language(which).query(word)
        words.append(QueryWord(word, start, end, which, analysis))
    return words
