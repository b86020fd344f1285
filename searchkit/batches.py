"""How are many documents analysed at once?

What ``analysis.DocumentAnalyzer`` says of a document, it says here of a
thousand: texts are laid end to end, cut by arithmetic, and every distinct
piece, word and form is looked at once.  Korean is analysed sentence by
sentence, and a document that has no blanks for long goes to
``DocumentAnalyzer`` as a whole; the answer is the same.
"""

from array import array
from collections.abc import Iterator, Sequence
from operator import sub
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis import (
    IDENTIFY_CHARS,
    LONGEST_CHUNK_CHARS,
    PARAGRAPH_WORDS,
    DocumentAnalyzer,
    Span,
    analyzed_document,
    grouped,
    has_words,
    is_titled,
    sample_text,
    shortened,
    stated_language,
)
from searchkit.cutting import Cut, Pieces, cut, runs, starts_of, sums
from searchkit.documents.model import Document
from searchkit.engine.contract import AnalyzedDocument, Chunk
from searchkit.engine.forms import PackedForms
from searchkit.formcache import FormCache
from searchkit.languages.ballot import SCRIPTS, Letters, scripts
from searchkit.languages.identify import SAMPLE_CHARS, identify, main_script, own_script, sample_of
from searchkit.languages.plain_pieces import CYRILLIC, HANGUL, LATIN
from searchkit.languages.registry import language

Ints = NDArray[np.int64]

_KINDS = {"Latn": LATIN, "Cyrl": CYRILLIC, "Hang": HANGUL}
MOST_PIECES = 500_000  # about 110 MB; a process that has seen more begins anew


class _Unit(NamedTuple):
    """What is analysed in one language: a span of a text."""

    text: int
    start: int
    end: int
    code: str


class _Texts(NamedTuple):
    """The texts of some documents, laid end to end.

    Attributes:
        texts: of each document its title, its text and, where that is long, the sample that tells its language.
        title, body, sample: (documents,) numbers among them; no sample is that of the text.
    """

    texts: list[str]
    title: Ints
    body: Ints
    sample: Ints


class BatchAnalyzer:
    """Analyses documents by the batch.  One for each process; its table of forms grows from batch to batch.

    Args:
        known: forms that need not be analysed; gets those that were.
    """

    def __init__(self, known: FormCache | None = None) -> None:
        self._single = DocumentAnalyzer(known)
        self._pieces = Pieces()
        self._rows: dict[tuple[str, str], Ints] = {}

    @property
    def forms(self) -> PackedForms:
        """The table that the documents point into."""
        return self._single.forms

    def documents(self, documents: Sequence[Document], langs: Sequence[str]) -> list[AnalyzedDocument]:
        """Analyse some documents, each in the language that it states, else in the given one (or ``auto``)."""
        if not documents:
            return []
        if len(self._pieces) > MOST_PIECES:
            self._pieces, self._rows = Pieces(), {}
        stated = [stated_language(document, lang) for document, lang in zip(documents, langs, strict=True)]
        laid = _laid(documents, stated)
        wanted = np.zeros(len(laid.texts), bool)
        wanted[laid.body] = True
        whole = cut(laid.texts, wanted, self._pieces)
        codes, is_told = _languages(documents, stated, laid, whole, self._pieces)
        spoken = _spoken(documents, codes, is_told, laid, whole, self._pieces)
        chunks = _chunks(documents, spoken, laid, whole)
        words = _Words(self._single, self._pieces, self._rows, laid, whole)
        rows = words.of(documents, codes, chunks)
        return [
            self._single.document(document, lang=code) if own is None else analyzed_document(document, code, *next(rows))
            for document, code, own in zip(documents, codes, chunks, strict=True)
        ]


def _laid(documents: Sequence[Document], stated: Sequence[str]) -> _Texts:
    texts: list[str] = []
    title, body, sample = [], [], []
    for document, code in zip(documents, stated, strict=True):
        title.append(len(texts))
        texts.append(document.title or "")
        body.append(len(texts))
        texts.append(document.text)
        if not code and len(document.text) > SAMPLE_CHARS:
            texts.append(sample_of(document.text[:IDENTIFY_CHARS]))
        sample.append(len(texts) - 1)
    return _Texts(texts, np.array(title), np.array(body), np.array(sample))


def _languages(
    documents: Sequence[Document], stated: list[str], laid: _Texts, whole: Cut, pieces: Pieces
) -> tuple[list[str], NDArray[np.bool_]]:
    """Name the main language of each document, and say whether its text alone told it."""
    asked = np.array([at for at, code in enumerate(stated) if not code], np.int64)
    low, high = whole.first[laid.sample[asked]], whole.first[laid.sample[asked] + 1]
    titled = np.array([is_titled(documents[at]) for at in asked.tolist()], bool)
    low[titled] = whole.first[laid.title[asked[titled]]]  # it lies before the text
    codes = list(stated)
    for at, guess in zip(asked.tolist(), told(whole.piece, low, high, pieces), strict=True):
        codes[at] = (guess and guess[0]) or identify(sample_text(documents[at])).code
    is_told = np.zeros(len(documents), bool)
    is_told[asked[~titled]] = True
    return codes, is_told


def scripts_of(piece: Ints, low: Ints, high: Ints, pieces: Pieces) -> list[str]:
    """Name the scripts of some stretches of pieces; "" where it takes more than counting."""
    return scripts(np.stack([sums(pieces.column(name, piece), low, high) for name in Letters._fields], axis=1))


def told(piece: Ints, low: Ints, high: Ints, pieces: Pieces) -> list[tuple[str, bool] | None]:
    """Tell the language of some stretches of pieces, and whether it is sure.

    Returns:
        None where counting does not tell; "" for a language that only a dictionary tells (it is not sure, then).
    """
    names = np.array(scripts_of(piece, low, high, pieces), object)
    result: list[tuple[str, bool] | None] = [("ko", True) if name == "Hang" else None for name in names]
    for script in SCRIPTS:
        mine = np.flatnonzero(names == script)
        counts = (high - low)[mine]
        ballots = pieces.column(script, piece[runs(low[mine], counts)])
        for at, code, sure in zip(mine.tolist(), *pieces.ballots[script].told(ballots, counts), strict=True):
            result[at] = code, bool(sure)
    return result


def _spoken(
    documents: Sequence[Document], codes: Sequence[str], is_told: NDArray[np.bool_], laid: _Texts, whole: Cut, pieces: Pieces
) -> list[str]:
    """Name the language of each paragraph: its document's, unless it is long enough and surely in another one."""
    owner = np.searchsorted(laid.body, whole.text_of)
    spoken = [codes[number] for number in owner.tolist()]
    begin = whole.start[whole.paragraph[:, 0]] - whole.offsets[whole.text_of]
    end = whole.end[whole.paragraph[:, 1] - 1] - whole.offsets[whole.text_of]
    # The only paragraph of a text says what the text says.
    alone = is_told[owner] & (np.bincount(owner, minlength=len(codes))[owner] == 1)
    asked = np.flatnonzero((end - begin > 4 * PARAGRAPH_WORDS) & ~alone)
    short = asked[(end - begin)[asked] <= SAMPLE_CHARS]
    guesses = dict(zip(short.tolist(), told(whole.piece, whole.paragraph[short, 0], whole.paragraph[short, 1], pieces), strict=True))
    for at in asked.tolist():
        text, start, stop = documents[owner[at]].text, int(begin[at]), int(end[at])
        guess = guesses.get(at)
        if guess is None:
            guess = identify(text[start : min(stop, start + IDENTIFY_CHARS)], hint=spoken[at])[:2]
        code, sure = guess
        if sure and code != spoken[at] and has_words(text, start, stop):
            spoken[at] = code
    return spoken


def _chunks(documents: Sequence[Document], spoken: list[str], laid: _Texts, whole: Cut) -> list[list[Span] | None]:
    """Cut each document into chunks; None where one of them would end inside a piece."""
    text = whole.text_of[whole.paragraph_of]
    begin = (whole.start[whole.sentence[:, 0]] - whole.offsets[text]).tolist()
    end = (whole.end[whole.sentence[:, 1] - 1] - whole.offsets[text]).tolist()
    codes = [spoken[at] for at in whole.paragraph_of.tolist()]
    bounds = np.searchsorted(text, [laid.body, laid.body + 1]).tolist()
    chunks: list[list[Span] | None] = []
    for document, low, high in zip(documents, *bounds, strict=True):
        sentences = zip(begin[low:high], end[low:high], codes[low:high], strict=True)
        if max(map(sub, end[low:high], begin[low:high]), default=0) <= LONGEST_CHUNK_CHARS:
            chunks.append(list(grouped(sentences)))
            continue
        found = list(grouped(shortened(document.text, sentences)))
        is_whole = all(document.text[stop : stop + 1].isspace() for _, stop, _ in found[:-1])
        chunks.append(found if is_whole else None)
    return chunks


class _Words:
    """The words of some documents, on their way to rows of the table of forms.

    Args:
        single: knows the forms, and the sentences of Korean.
        pieces: that were seen so far.
        rows: context -> row of the form of each word, -1 where it is not known yet.
        laid, whole: the texts, and where they are cut.
    """

    def __init__(self, single: DocumentAnalyzer, pieces: Pieces, rows: dict[tuple[str, str], Ints], laid: _Texts, whole: Cut) -> None:
        self._single, self._pieces, self._rows, self._laid, self._whole = single, pieces, rows, laid, whole

    def of(
        self, documents: Sequence[Document], codes: Sequence[str], chunks: Sequence[list[Span] | None]
    ) -> "Iterator[tuple[array[int], array[int], list[Chunk]]]":
        """Give, for each document that has chunks, its title's forms, its text's, and the chunks."""
        units = self._units(documents, codes, chunks)
        whole = self._whole
        text = np.array([unit.text for unit in units], np.int64)
        begin = np.array([unit.start for unit in units], np.int64) + whole.offsets[text]
        end = np.array([unit.end for unit in units], np.int64) + whole.offsets[text]
        low, high = np.searchsorted(whole.start, begin), np.searchsorted(whole.start, end)
        words, per_piece = self._pieces.words_of(whole.piece[runs(low, high - low)])
        at = starts_of(high - low)
        counts = sums(per_piece, at[:-1], at[1:])
        rows = self._rows_of(units, words, counts, low, high).astype(np.uint32)
        lines = np.searchsorted(whole.line_ends, begin) - np.searchsorted(whole.line_ends, whole.offsets[text])
        return _shared_out(chunks, rows, starts_of(counts), counts.tolist(), lines.tolist())

    def _units(self, documents: Sequence[Document], codes: Sequence[str], chunks: Sequence[list[Span] | None]) -> list[_Unit]:
        """List what is analysed in one language: of each document its title, then its chunks."""
        units = []
        title, body = self._laid.title.tolist(), self._laid.body.tolist()
        for number, (document, code, own) in enumerate(zip(documents, codes, chunks, strict=True)):
            if own is not None:
                units.append(_Unit(title[number], 0, len(document.title or ""), code))
                units += [_Unit(body[number], start, end, spoken) for start, end, spoken in own]
        return units

    def _rows_of(self, units: list[_Unit], words: Ints, counts: Ints, low: Ints, high: Ints) -> Ints:
        """Give the rows of the words of all units."""
        contexts = self._contexts(units, low, high)
        known = {context: number for number, context in enumerate(dict.fromkeys(contexts))}
        which = np.array([known[context] for context in contexts], np.int64)
        rows = np.zeros(len(words), np.int64)
        of_word = np.repeat(which, counts)
        for (code, script), number in known.items():
            if language(code).contextual:
                at = starts_of(counts)
                for unit in np.flatnonzero(which == number).tolist():
                    found = array("I")
                    text, start, end, _ = units[unit]
                    self._single.words(self._laid.texts[text], start, end, code, found)
                    rows[at[unit] : at[unit + 1]] = found
            else:
                mine = slice(None) if len(known) == 1 else np.flatnonzero(of_word == number)
                rows[mine] = self._looked_up(words[mine], code, script)
        return rows

    def _looked_up(self, words: Ints, code: str, script: str) -> Ints:
        """Give the rows of words in one context; new ones are analysed."""
        spelled = self._pieces.spelled
        rows = self._rows.get((code, script), np.zeros(0, np.int64))
        if len(rows) < len(spelled):
            rows = np.concatenate([rows, np.full(len(spelled) - len(rows), -1, np.int64)])
            self._rows[code, script] = rows
        # By flags: np.unique imports numpy's masked arrays.
        missing = np.zeros(len(rows), bool)
        missing[words[rows[words] < 0]] = True
        new = np.flatnonzero(missing).tolist()
        if new:
            own, kinds = _KINDS.get(own_script(code, script), 0), self._pieces.kinds
            row_of, new_row = self._single.row_of, self._single.new_row
            rows[new] = [
                new_row(code, spelled[number]) if kinds[number] == own else row_of(spelled[number], code, script) for number in new
            ]
        return rows[words]

    def _contexts(self, units: list[_Unit], low: Ints, high: Ints) -> list[tuple[str, str]]:
        """Give what decides how a word of each unit is analysed: the language and, where it has several, the script."""
        names: list[str] = []
        contexts = []
        for number, (text, start, end, code) in enumerate(units):
            spoken = language(code)
            script = ""
            if len(spoken.scripts) > 1:
                # Kazakh is written in three scripts: which one, the piece at hand says.
                names = names or scripts_of(self._whole.piece, low, high, self._pieces)
                script = names[number] or main_script(self._laid.texts[text][start:end])
            contexts.append((spoken.code, script if script in spoken.scripts else ""))
        return contexts


def _shared_out(
    chunks: Sequence[list[Span] | None], rows: NDArray[np.uint32], at: Ints, counts: list[int], lines: list[int]
) -> "Iterator[tuple[array[int], array[int], list[Chunk]]]":
    """Share rows out to the documents: title's, text's, and the chunks with the lines of the text, from 0."""
    unit = 0
    for own in chunks:
        if own is None:
            continue
        title, body, end = unit, unit + 1, unit + 1 + len(own)
        placed = zip(own, lines[body:end], counts[body:end], strict=True)
        yield (
            array("I", rows[at[title] : at[body]].tobytes()),
            array("I", rows[at[body] : at[end]].tobytes()),
            [Chunk(start, stop, line, words) for (start, stop, _), line, words in placed],
        )
        unit = end
