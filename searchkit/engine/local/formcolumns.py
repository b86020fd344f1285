"""Which terms does each form give?  As columns of numbers, channel by channel.

A form as a record of strings takes up some 900 bytes, as rows of numbers 50,
and its terms (each of them once, whatever the channel) another 200.  Nothing
here knows of documents.
"""

import itertools
import operator
from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.contract import CHANNELS, Form
from searchkit.engine.local.packing import Ints, runs, starts_of
from searchkit.typed import NamedTuple

Flags = NDArray[np.bool_]
FORM_BYTES = 100  # of columns
TERM_BYTES = 180  # of a string, and its place in a dictionary
_PLACED = ("word", "stem")
_LEMMAS = "lemmas"


class _Ids(dict[str, int]):
    """Term -> number, for one language; a miss takes the next number of all languages."""

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


class Matrix(NamedTuple):
    """A channel's matrix of forms by terms, by rising term.

    Attributes:
        term, form, inner: (entries,) ``term`` is the place among all terms; no ``inner`` where words are one place.
    """

    term: Ints
    form: Ints
    inner: Ints


class Vocabulary(NamedTuple):
    """All terms of a table.

    Attributes:
        terms: language by language, sorted; a term's number is its place.
        languages: ``(language, first, end)``: which terms are whose.
        rank: (terms,) provisional number -> place.
    """

    terms: list[str]
    languages: list[tuple[str, int, int]]
    rank: Ints


class FormColumns:
    """A table of forms that grows."""

    def __init__(self) -> None:
        self._languages = _Languages()
        self._codes: dict[str, int] = {}
        self._language = array("I")
        self._widths = array("I")
        self._counts = {channel: array("I") for channel in (*CHANNELS, _LEMMAS)}
        self._terms = {channel: array("I") for channel in (*CHANNELS, _LEMMAS)}
        self._inner = {channel: array("I") for channel in _PLACED}

    def __len__(self) -> int:
        return len(self._language)

    @property
    def size_bytes(self) -> int:
        """Say about how much memory it takes up."""
        return len(self) * FORM_BYTES + sum(map(len, self._languages.values())) * TERM_BYTES

    def extend(self, forms: Iterable[Form]) -> None:
        """Add some forms; the same term twice at one place counts once (grams count as often as given)."""
        languages, codes = self._languages, self._codes
        language, widths = self._language.append, self._widths.extend
        columns = [(self._counts[name].append, self._terms[name].append, self._inner[name].append) for name in _PLACED]
        plain = [(self._counts[name].append, self._terms[name].extend) for name in ("gram", "fold", _LEMMAS)]
        (count_word, add_word, place_word), (count_stem, add_stem, place_stem) = columns
        (count_gram, add_grams), (count_fold, add_folds), (count_lemma, add_lemmas) = plain
        for code, _, words, stems, grams, folds, lemmas, word_width, stem_width in forms:
            ids = languages[code]
            language(codes.setdefault(code, len(codes)))
            widths((word_width, stem_width))
            if len(words) > 1:
                words = _by_place(words)  # noqa: PLW2901 -- the same ones, in order
            count_word(len(words))
            for text, place in words:
                add_word(ids[text])
                place_word(place)
            if len(stems) > 1:
                stems = _by_place(stems)  # noqa: PLW2901
            count_stem(len(stems))
            for text, place in stems:
                add_stem(ids[text])
                place_stem(place)
            if len(folds) > 1:
                folds = tuple(dict.fromkeys(folds))  # noqa: PLW2901
            number = ids.__getitem__
            count_gram(len(grams))
            count_fold(len(folds))
            count_lemma(len(lemmas))
            if grams:
                add_grams(map(number, grams))
            if folds:
                add_folds(map(number, folds))
            if lemmas:
                add_lemmas(map(number, lemmas))

    def languages(self) -> tuple[list[str], Ints]:
        """Give the languages, sorted, and of each form the place of its own among them."""
        names = sorted(self._codes)
        place = np.array([names.index(code) for code in self._codes], np.int64)
        return names, place[_whole(self._language)] if names else np.zeros(0, np.int64)

    def widths(self) -> Ints:
        """Give (forms, 2): how many positions each takes up in ``word`` and in ``stem``."""
        return _whole(self._widths).reshape(-1, 2)

    def vocabulary(self) -> Vocabulary:
        """Give all terms, in order."""
        terms: list[str] = []
        spans = []
        rank = np.empty(sum(map(len, self._languages.values())), np.int64)
        for language in sorted(self._languages):
            ids = self._languages[language]
            found = sorted(ids)
            end = len(terms) + len(found)
            rank[np.fromiter(map(ids.__getitem__, found), np.int64, len(found))] = np.arange(len(terms), end)
            spans.append((language, len(terms), end))
            terms += found
        return Vocabulary(terms, spans, rank)

    def matrix(self, channel: str, used: Flags, rank: Ints) -> Matrix:
        """Give what some of the forms have in a channel."""
        form, entry = self._entries(channel, used)
        term = rank[_whole(self._terms[channel])[entry]]
        order = np.argsort(term, kind="stable")
        inner = _whole(self._inner[channel])[entry][order] if channel in _PLACED else np.zeros(0, np.int64)
        return Matrix(term[order], form[order], inner)

    def lemmas(self, used: Flags, rank: Ints) -> Ints:
        """Give the terms under which some of the forms are known, rising."""
        known = np.zeros(len(rank), bool)
        known[rank[_whole(self._terms[_LEMMAS])[self._entries(_LEMMAS, used)[1]]]] = True
        return np.flatnonzero(known)

    def _entries(self, channel: str, used: Flags) -> tuple[Ints, Ints]:
        """Give the entries of some of the forms, and whose each is."""
        counts = _whole(self._counts[channel])
        form = np.flatnonzero(used)
        entry = runs(starts_of(counts)[:-1][form], counts[form])
        return np.repeat(form, counts[form]), entry


def _whole(column: "array[int]") -> Ints:
    return np.array(column, np.int64)


def _by_place(entries: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Put the terms of a form in the order of their places, each once."""
    last = -1
    for _, place in entries:
        if place <= last:
            return tuple(sorted(set(entries), key=operator.itemgetter(1)))
        last = place
    return entries
