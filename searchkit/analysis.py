"""Which term stands in which field and channel, at which position?

The one place where a text meets the languages: ``DocumentAnalyzer`` turns a
document into the forms that an engine stores, ``query_words`` a piece of a
query into the same terms, so that the two sides cannot drift.  It knows no
file, no index and no query syntax.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from searchkit.documents.model import Document
from searchkit.engine.contract import AnalyzedDocument, Chunk, Form
from searchkit.engine.forms import Packed, PackedForms, pack
from searchkit.formcache import FormCache
from searchkit.languages.base import Analysis, Contextual, Language
from searchkit.languages.identify import identify, main_script, script_language
from searchkit.languages.registry import language
from searchkit.text.sentences import paragraphs, sentences
from searchkit.text.words import WORD, word_spans
from searchkit.typed import NamedTuple

CHUNK_CHARS = 240  # a passage of 200 characters then lies in one chunk or two; 20 bytes of table a chunk are 4 % of the text
LONGEST_CHUNK_CHARS = 480  # a "sentence" above it (a log, a table, minified text) is cut between words
PARAGRAPH_WORDS = 5  # below, a paragraph's own language is too uncertain to overrule the document's
IDENTIFY_CHARS = 20_000  # a document's main language shows in its first pages; later paragraphs still speak for themselves


def field(part: str, channel: str, code: str) -> str:
    """Name a field: ``part`` is ``title`` or ``body``."""
    return f"{part}_{channel}_{code}"


def form_of(code: str, surface: str, analysis: Analysis) -> Form:
    """Flatten an analysis into a row of a form table: the terms of all readings, each once."""
    stems = tuple(dict.fromkeys(term for reading in analysis.readings for term in reading.terms))
    return Form(
        code, surface, analysis.words, stems, analysis.grams, analysis.folds, analysis.lemmas, analysis.word_width, analysis.stem_width
    )


Span = tuple[int, int, str]
"""Span of a sentence or chunk, and its language."""


def stated_language(document: Document, lang: str) -> str:
    """Give the language that a document states, else the one asked for; "" where its text has to tell (``auto``)."""
    return document.language or ("" if lang == "auto" else lang)


def main_language(document: Document, lang: str) -> str:
    """Give a document's main language: stated, asked for, or told by its text."""
    return stated_language(document, lang) or identify(sample_text(document)).code


def is_titled(document: Document) -> bool:
    """Tell whether a document's title has a say in its language: where the text is short."""
    return bool(document.title) and len(document.text) < CHUNK_CHARS


def sample_text(document: Document) -> str:
    """Give what tells a document's language."""
    sample = document.text[:IDENTIFY_CHARS]
    return f"{document.title}\n\n{sample}" if is_titled(document) else sample


class DocumentAnalyzer:
    """Analyses documents one by one, every distinct form once, and keeps the table of their forms.

    What ``batches.BatchAnalyzer`` does for many at once; it asks here for what it has not seen.

    Args:
        known: forms that need not be analysed; gets those that were.
    """

    def __init__(self, known: FormCache | None = None) -> None:
        self.forms = PackedForms()
        self._known = known
        self._rows: dict[tuple[str, str, str], int] = {}
        self._contextual: dict[Packed, int] = {}
        self._codes: dict[tuple[str, str], str] = {}

    def row_of(self, word: str, context: str, script: str) -> int:
        """Give the row of a word's form where its sentence does not matter.

        Args:
            word: as written.
            context: language of the text around it.
            script: of the text around it, where that language has several.
        """
        return self._row(script_language(word, context, script), word)

    def _row(self, code: str, word: str, context: str = "") -> int:
        """Give the row of a form, adding it where it is new; no context means: the word on its own."""
        key = (code, word, context)
        row = self._rows.get(key)
        if row is None:
            form = self._form(code, word, context)
            # What a word means is the same in most of its contexts.
            row = self._contextual.setdefault(form, len(self.forms)) if context else len(self.forms)
            if row == len(self.forms):
                self.forms.append(form)
            self._rows[key] = row
        return row

    def new_row(self, code: str, word: str) -> int:
        """Add the form of a word on its own; who asks keeps the row."""
        self.forms.append(self._form(code, word))
        return len(self.forms) - 1

    def _form(self, code: str, word: str, context: str = "") -> Packed:
        """Analyse a word, unless another run did."""
        found: Packed | None = self._known.get(code, word, context) if self._known else None
        if found is None:
            spoken = language(code)
            found = pack(form_of(code, word, _contextual(spoken).in_context(word, context) if context else spoken.analyze(word)))
            if self._known and isinstance(found, bytes):
                self._known.add(code, word, found, context)
        return found

    def document(self, document: Document, *, lang: str = "auto") -> AnalyzedDocument:
        """Analyse one document.

        Args:
            document: as it was read.
            lang: its language unless it states its own; ``auto`` lets the text decide.
        """
        text = document.text
        code = main_language(document, lang)
        title_forms, forms = array("I"), array("I")
        if document.title:
            self.words(document.title, 0, len(document.title), code, title_forms)
        chunks = [
            Chunk(start, end, text.count("\n", 0, start), self.words(text, start, end, spoken, forms))
            for start, end, spoken in iter_chunks(text, code)
        ]
        return analyzed_document(document, code, title_forms, forms, chunks)

    def words(self, text: str, start: int, end: int, code: str, forms: "array[int]") -> int:
        """Append the rows of ``text[start:end]``, all in one language; say how many."""
        before = len(forms)
        spoken = language(code)
        code = spoken.code  # a stated language without an analyser of its own ("fr") is read as "other"
        if spoken.contextual:
            for sentence_start, sentence_end in sentences(text, start, end):
                forms.extend(self._sentence(text[sentence_start:sentence_end], spoken))
        else:
            # Kazakh is written in three scripts: which one, the piece at hand says.
            script = main_script(text[start:end]) if len(spoken.scripts) > 1 else ""
            script = script if script in spoken.scripts else ""
            forms.extend(self.row_of(word, code, script) for word in WORD.findall(text, start, end))
        return len(forms) - before

    def _sentence(self, sentence: str, spoken: Language) -> list[int]:
        """Give the rows of a sentence whose words are understood together."""
        spans = word_spans(sentence)
        known, rows = self._codes, self._rows
        context = spoken.code
        found = []
        for start, end in spans:
            word = sentence[start:end]
            code = known.get((word, context))
            if code is None:
                code = known[word, context] = script_language(word, context)
            found.append((code, word))
        own = [span for span, (code, _) in zip(spans, found, strict=True) if code == context]
        contexts = iter(_contextual(spoken).contexts(sentence, own))
        result = []
        for code, word in found:
            key = (code, word, next(contexts) if code == context else "")
            row = rows.get(key)
            result.append(self._row(*key) if row is None else row)
        return result


def _contextual(spoken: Language) -> Contextual:
    """Give a language of which ``contextual`` is true as what it is."""
    return spoken  # type: ignore[return-value]


def analyzed_document(
    document: Document, code: str, title_forms: "array[int]", forms: "array[int]", chunks: list[Chunk]
) -> AnalyzedDocument:
    """Put an analysed document together; the chunks have their lines in the text, from 0, and get those in the source."""
    breakpoints = document.lines
    if len(breakpoints) == 1:
        chunks = [chunk._replace(line=breakpoints[0][1] + chunk.line) for chunk in chunks]
    else:
        chunks = _cut_at(document.text, chunks, _bends(document.text, breakpoints))
        lines = _lines(document.text, [chunk.start for chunk in chunks], breakpoints)
        chunks = [chunk._replace(line=line) for chunk, line in zip(chunks, lines, strict=True)]
    return put_together(document, code, title_forms, forms, chunks)


def put_together(document: Document, code: str, title_forms: "array[int]", forms: "array[int]", chunks: list[Chunk]) -> AnalyzedDocument:
    """Put an analysed document together; the chunks have their lines in the source."""
    return AnalyzedDocument(
        (document.path, document.id),
        title=document.title,
        text=document.text,
        language=code,
        date=document.date,
        line=document.line,
        metadata=document.metadata,
        title_forms=title_forms,
        forms=forms,
        chunks=chunks,
    )


def iter_chunks(text: str, code: str) -> Iterator[Span]:
    """Cut a text into chunks of whole sentences in one language: ``(start, end, language code)``.

    Args:
        text: of a document.
        code: the document's main language; a longer paragraph that is surely
            in another one has its own.
    """
    return grouped(shortened(text, _iter_sentences(text, code)))


def grouped(spans: Iterable[Span]) -> Iterator[Span]:
    """Put sentences together to chunks."""
    begin = stop = -1
    spoken = ""
    for start, end, own in spans:
        if begin >= 0 and (own != spoken or end - begin > LONGEST_CHUNK_CHARS or stop - begin >= CHUNK_CHARS):
            yield begin, stop, spoken
            begin = -1
        if begin < 0:
            begin = start
        spoken, stop = own, end
    if begin >= 0:
        yield begin, stop, spoken


def shortened(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Cut what is too long for a sentence between words."""
    for start, end, own in spans:
        at = start
        while end - at > LONGEST_CHUNK_CHARS:
            cut = _cut(text, at, end)
            yield at, cut, own
            at = cut
            while at < end and text[at].isspace():
                at += 1
        if at < end:
            yield at, end, own


def has_words(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph has enough words to overrule its document."""
    return len(WORD.findall(text, start, min(end, start + 400))) >= PARAGRAPH_WORDS


def _iter_sentences(text: str, code: str) -> Iterator[Span]:
    """Give the sentences with the language of their paragraph."""
    for start, end in paragraphs(text):
        own = code
        if end - start > 4 * PARAGRAPH_WORDS:
            guess = identify(text[start : min(end, start + IDENTIFY_CHARS)], hint=code)
            if guess.confident and guess.code != code and has_words(text, start, end):
                own = guess.code
        yield from ((low, high, own) for low, high in sentences(text, start, end))


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
