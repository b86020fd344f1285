"""Which terms does each form give?  As columns of numbers, channel by channel.

A form as a record of strings takes up some 900 bytes; here it is the number of
its shape and those of its terms, each of which is held once, whatever the
channel.  Nothing here knows of documents.
"""

import itertools
from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.contract import CHANNELS
from searchkit.engine.forms import Shape, shape_of
from searchkit.engine.local.packing import Ints, runs, starts_of
from searchkit.typed import NamedTuple

Flags = NDArray[np.bool_]
FORM_BYTES = 12
ENTRY_BYTES = 4
TERM_BYTES = 190  # of its bytes, and its place in a dictionary
_PLACED = ("word", "stem")
_LEMMAS = "lemmas"
_COLUMNS = (*CHANNELS, _LEMMAS)


class _Ids(dict[bytes, int]):
    """Term -> number, for one language; a miss takes the next number of all languages."""

    def __init__(self, numbers: Iterator[int]) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, term: bytes) -> int:
        number = self[term] = next(self._numbers)
        return number


class Matrix(NamedTuple):
    """A channel's matrix of forms by terms, by rising term and form.

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

    terms: list[bytes]
    languages: list[tuple[str, int, int]]
    rank: Ints


class FormColumns:
    """A table of forms that grows."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._ids: dict[str, _Ids] = {}
        self._shapes: dict[bytes, tuple[int, int, _Ids]] = {}
        self._told: list[Shape] = []
        self._shape = array("I")  # of each form
        self._terms = array("I")  # of all forms, channel by channel within each

    def __len__(self) -> int:
        return len(self._shape)

    @property
    def size_bytes(self) -> int:
        """Say about how much memory it takes up."""
        return len(self) * FORM_BYTES + len(self._terms) * ENTRY_BYTES + sum(map(len, self._ids.values())) * TERM_BYTES

    def extend(self, forms: Iterable[list[bytes]]) -> None:
        """Add some forms, each as ``forms.cells_of`` gives it.

        Raises:
            ValueError: one has other terms than its shape says.
        """
        shapes, add, put = self._shapes, self._shape.append, self._terms.extend
        for _, shape, *terms in forms:
            known = shapes.get(shape) or self._new_shape(shape)
            number, size, ids = known
            if len(terms) != size:
                raise ValueError(f"{size} terms expected, {len(terms)} there")
            put(map(ids.__getitem__, terms))
            add(number)

    def _new_shape(self, data: bytes) -> tuple[int, int, _Ids]:
        shape = shape_of(data)
        ids = self._ids.setdefault(shape.language, _Ids(self._numbers))
        known = self._shapes[data] = len(self._told), sum(shape.counts), ids
        self._told.append(shape)
        return known

    def languages(self) -> tuple[list[str], Ints]:
        """Give the languages, sorted, and of each form the place of its own among them."""
        names = sorted(self._ids)
        places = {name: place for place, name in enumerate(names)}
        return names, self._of_form([places[shape.language] for shape in self._told])

    def widths(self) -> Ints:
        """Give (forms, 2): how many positions each takes up in ``word`` and in ``stem``."""
        return self._of_form([(shape.word_width, shape.stem_width) for shape in self._told]).reshape(-1, 2)

    def _of_form(self, of_shape: list[int] | list[tuple[int, int]]) -> Ints:
        """Give what is known of each shape for each form."""
        return np.array(of_shape, np.int64)[self._shape] if of_shape else np.zeros(0, np.int64)

    def vocabulary(self) -> Vocabulary:
        """Give all terms, in order."""
        terms: list[bytes] = []
        spans = []
        rank = np.empty(sum(map(len, self._ids.values())), np.int64)
        for language in sorted(self._ids):
            ids = self._ids[language]
            found = sorted(ids)
            end = len(terms) + len(found)
            rank[np.fromiter(map(ids.__getitem__, found), np.int64, len(found))] = np.arange(len(terms), end)
            spans.append((language, len(terms), end))
            terms += found
        return Vocabulary(terms, spans, rank)

    def matrix(self, channel: str, used: Flags, rank: Ints) -> Matrix:
        """Give what some of the forms have in a channel; the same term twice at one place counts once (grams count as often as given)."""
        form, counts, entry = self._entries(channel, used)
        owner = np.repeat(form, counts)
        term = rank[np.array(self._terms, np.int64)[entry]]
        order = np.argsort(term, kind="stable")
        inner = self._inner(channel, form, counts)[order] if channel in _PLACED else np.zeros(0, np.int64)
        matrix = Matrix(term[order], owner[order], inner)
        return matrix if channel == "gram" else _once(matrix)

    def lemmas(self, used: Flags, rank: Ints) -> Ints:
        """Give the terms under which some of the forms are known, rising."""
        known = np.zeros(len(rank), bool)
        known[rank[np.array(self._terms, np.int64)[self._entries(_LEMMAS, used)[2]]]] = True
        return np.flatnonzero(known)

    def _entries(self, channel: str, used: Flags) -> tuple[Ints, Ints, Ints]:
        """Give some of the forms, how many terms each has in a channel, and where those stand among all."""
        column = _COLUMNS.index(channel)
        form = np.flatnonzero(used)
        if not len(form):
            return form, form, form
        of_shape = np.array([shape.counts for shape in self._told], np.int64)
        shape = np.array(self._shape, np.int64)
        begin = starts_of(of_shape.sum(axis=1)[shape])[form] + of_shape[:, :column].sum(axis=1)[shape[form]]
        counts = of_shape[:, column][shape[form]]
        return form, counts, runs(begin, counts)

    def _inner(self, channel: str, form: Ints, counts: Ints) -> Ints:
        """Give where in their words the entries of some forms stand."""
        before = [0 if channel == "word" else shape.counts[0] for shape in self._told]
        at = starts_of(np.array([len(shape.inner) for shape in self._told], np.int64))[:-1] + np.array(before, np.int64)
        places = np.array([place for shape in self._told for place in shape.inner], np.int64)
        return places[runs(at[np.array(self._shape, np.int64)[form]], counts)] if len(form) else form


def _once(matrix: Matrix) -> Matrix:
    """Put the entries of a term and form in the order of their places, each once."""
    term, form, inner = matrix
    if not ((term[1:] == term[:-1]) & (form[1:] == form[:-1])).any():
        return matrix
    place = inner if len(inner) else np.zeros(len(term), np.int64)
    order = np.lexsort((place, form, term))
    keep = np.ones(len(order), bool)
    column = np.stack([term, form, place])[:, order]
    keep[1:] = (column[:, 1:] != column[:, :-1]).any(axis=0)
    chosen = order[keep]
    return Matrix(term[chosen], form[chosen], inner[chosen] if len(inner) else inner)
