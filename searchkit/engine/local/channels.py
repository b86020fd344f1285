"""Which terms stand where?  From occurrences of forms to postings, channel by channel."""

import itertools
import operator
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.contract import CHANNELS, Form
from searchkit.engine.local.dictionary import write_terms
from searchkit.engine.local.packing import Ints, order_of, put_bytes, runs, starts_of
from searchkit.engine.local.postings import FieldWriter, Postings
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.local.terms import encode
from searchkit.engine.plan import POSITIONAL
from searchkit.typed import NamedTuple

Flags = NDArray[np.bool_]
PARTS = ("title", "body")


class Occurrences(NamedTuple):
    """The words of all documents in a row: of each its title, then its text.

    Attributes:
        form: (words,) number of the form.
        document: (words,) rising.
        in_title: (words,)
        word, stem: (words,) position of the word in either channel of ``body``
            (in ``title`` the same: titles begin at 0).
        counts: (documents, 2) words of title and text.
        word_total, stem_total: (words + 1,) sums of the widths.
    """

    form: Ints
    document: Ints
    in_title: Flags
    word: Ints
    stem: Ints
    counts: Ints
    word_total: Ints
    stem_total: Ints


class TermsOfForms(NamedTuple):
    """A channel's matrix of forms by terms, row by row.

    Attributes:
        terms: language by language, sorted; a term's number is its place.
        languages: ``(language, first, end)``: which terms are whose.
        counts: (forms,) how many entries each form has.
        term, inner: (entries,) of form 0, of form 1, …
    """

    terms: list[str]
    languages: list[tuple[str, int, int]]
    counts: Ints
    term: Ints
    inner: Ints


def write_channels(writer: ContainerWriter, forms: Sequence[Form], occurrences: Occurrences) -> dict[str, object]:
    """Write all fields of a segment, the words it knows, and which documents have text in which language."""
    used = np.zeros(len(forms), bool)
    used[occurrences.form] = True
    alive = [form if flag else None for form, flag in zip(forms, used.tolist(), strict=True)]
    fields: list[str] = []
    for channel in CHANNELS:
        matrix = terms_of_forms(alive, channel)
        for part in PARTS:
            fields += _write_field(writer, matrix, occurrences, part, channel)
    texts = _write_presence(writer, forms, occurrences)
    lemmas: defaultdict[str, set[str]] = defaultdict(set)
    for form in alive:
        if form is not None:
            lemmas[form.language].update(form.lemmas)
    for language, found in lemmas.items():
        write_terms(writer, f"lemmas_{language}", [encode(lemma) for lemma in sorted(found)])
    return {"fields": sorted(fields), "texts": texts, "lemmas": sorted(lemmas)}


class _Ids(dict[str, int]):
    """Term -> provisional number, for one language; a miss takes the next number of all languages."""

    def __init__(self, numbers: Iterator[int]) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, term: str) -> int:
        number = self[term] = next(self._numbers)
        return number


class _Languages(dict[str, _Ids]):
    """Language -> its terms."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count()

    def __missing__(self, language: str) -> _Ids:
        ids = self[language] = _Ids(self._numbers)
        return ids


def terms_of_forms(forms: Sequence[Form | None], channel: str) -> TermsOfForms:
    """Collect what each form gives in a channel; the same term twice at one place counts once (grams count as often as given)."""
    languages = _Languages()
    counts, term, inner = array("q"), array("q"), array("q")
    if channel in {"word", "stem"}:
        _add_placed(forms, channel, languages, counts, term, inner)
    else:
        _add_plain(forms, channel, languages, counts, term)
    terms: list[str] = []
    spans = []
    rank = np.empty(sum(map(len, languages.values())), np.int64)
    for language in sorted(languages):
        ids = languages[language]
        found = sorted(ids)
        end = len(terms) + len(found)
        rank[np.fromiter(map(ids.__getitem__, found), np.int64, len(found))] = np.arange(len(terms), end)
        spans.append((language, len(terms), end))
        terms += found
    places = np.array(inner, np.int64) if len(inner) else np.zeros(len(term), np.int64)
    return TermsOfForms(terms, spans, np.array(counts, np.int64), rank[np.array(term, np.int64)], places)


def _add_placed(
    forms: Sequence[Form | None], channel: str, languages: _Languages, counts: "array[int]", term: "array[int]", inner: "array[int]"
) -> None:
    """Add the terms of a channel in which they have places inside the word."""
    is_word = channel == "word"
    for form in forms:
        if form is None:
            counts.append(0)
            continue
        entries = form.words if is_word else form.stems
        if len(entries) > 1:
            entries = _by_place(entries)
        ids = languages[form.language]
        for text, place in entries:
            term.append(ids[text])
            inner.append(place)
        counts.append(len(entries))


def _add_plain(forms: Sequence[Form | None], channel: str, languages: _Languages, counts: "array[int]", term: "array[int]") -> None:
    """Add the terms of a channel in which a word is one place."""
    is_gram = channel == "gram"
    for form in forms:
        texts = () if form is None else form.grams if is_gram else form.folds
        if form is None or not texts:
            counts.append(0)
            continue
        if not is_gram and len(texts) > 1:
            texts = tuple(dict.fromkeys(texts))
        term.extend(map(languages[form.language].__getitem__, texts))
        counts.append(len(texts))


def _by_place(entries: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Put the terms of a form in the order of their places, each once."""
    if all(left[1] < right[1] for left, right in itertools.pairwise(entries)):
        return entries
    return tuple(sorted(set(entries), key=operator.itemgetter(1)))


def _write_field(writer: ContainerWriter, matrix: TermsOfForms, occurrences: Occurrences, part: str, channel: str) -> list[str]:
    """Write one channel of titles or bodies, a field for each language; give their names."""
    positional = channel in POSITIONAL
    term, postings = _product(matrix, occurrences, part, channel)
    at = starts_of(postings.counts)
    positions_at = starts_of(np.add.reduceat(postings.frequencies, at[:-1])) if positional and len(term) else at
    names = []
    for language, first, end in matrix.languages:
        start, stop = np.searchsorted(term, [first, end]).tolist()
        if start == stop:
            continue
        name = f"{part}_{channel}_{language}"
        field = FieldWriter(writer, name, positional=positional)
        field.add(
            Postings(
                postings.counts[start:stop],
                postings.documents[at[start] : at[stop]],
                postings.frequencies[at[start] : at[stop]],
                postings.positions[positions_at[start] : positions_at[stop]] if positional else postings.positions,
            )
        )
        field.finish([encode(matrix.terms[number]) for number in term[start:stop].tolist()])
        names.append(name)
    return names


def _product(matrix: TermsOfForms, occurrences: Occurrences, part: str, channel: str) -> tuple[Ints, Postings]:
    """Multiply occurrences by terms: give the terms that occur, and their postings."""
    form, document = occurrences.form, occurrences.document
    base = occurrences.stem if channel == "stem" else occurrences.word
    if part == "title":
        form, document, base = form[occurrences.in_title], document[occurrences.in_title], base[occurrences.in_title]
    counts = matrix.counts[form]
    entry = runs(starts_of(matrix.counts)[:-1][form], counts)
    word = np.repeat(np.arange(len(form)), counts)
    order = order_of(matrix.term[entry])
    entry, word = entry[order], word[order]
    term, document = matrix.term[entry], document[word]
    if channel not in POSITIONAL:
        return _grouped(term, document, np.zeros(0, np.int64))
    position = base[word] + matrix.inner[entry]
    same = (term[1:] == term[:-1]) & (document[1:] == document[:-1])
    if (same & (position[1:] <= position[:-1])).any():
        # Words of width 0 and forms that reach into the next one: rare, so the slow way is good enough.
        order = np.lexsort((position, document, term))
        term, document, position = term[order], document[order], position[order]
        fresh = np.ones(len(term), bool)
        fresh[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1]) | (position[1:] != position[:-1])
        term, document, position = term[fresh], document[fresh], position[fresh]
    return _grouped(term, document, position)


def _grouped(term: Ints, document: Ints, position: Ints) -> tuple[Ints, Postings]:
    """Gather sorted occurrences of terms to postings."""
    new = np.ones(len(term), bool)
    new[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1])
    first = np.flatnonzero(new)
    frequencies = np.diff(first, append=len(term))
    begin = np.flatnonzero(np.diff(term[first], prepend=-1))
    counts = np.diff(begin, append=len(first))
    return term[first][begin], Postings(counts, document[first], frequencies, position)


def _write_presence(writer: ContainerWriter, forms: Sequence[Form], occurrences: Occurrences) -> dict[str, tuple[int, int]]:
    """Write, for each language, which documents have a word of it in title and in body; give their number and total length."""
    languages = sorted({form.language for form in forms})
    number = {language: index for index, language in enumerate(languages)}
    language = np.array([number[form.language] for form in forms], np.int64)[occurrences.form] if len(forms) else occurrences.form
    begin = starts_of(occurrences.counts.sum(axis=1))[:-1]
    ends = {"body": begin + occurrences.counts.sum(axis=1), "title": begin + occurrences.counts[:, 0]}
    texts = {}
    for part in PARTS:
        length = occurrences.stem_total[ends[part]] - occurrences.stem_total[begin]
        inside = occurrences.in_title if part == "title" else np.ones(len(language), bool)
        for name, index in number.items():
            present = np.zeros(len(begin), bool)
            present[occurrences.document[inside & (language == index)]] = True
            if present.any():
                put_bytes(writer, f"present/{part}_{name}", np.packbits(present))
                texts[f"{part}_{name}"] = (int(present.sum()), int(length[present].sum()))
    return texts
