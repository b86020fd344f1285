"""Which terms stand where?  From occurrences of forms to postings, channel by channel.

Words are sorted by their forms, once for all channels.  The places of a term
are then those of its forms, one after the other: only terms of several forms
are sorted again, and terms are taken a stretch at a time, so that memory is
bounded by the longest of them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from searchkit.engine.contract import CHANNELS
from searchkit.engine.local.dictionary import write_terms
from searchkit.engine.local.formcolumns import Flags, FormColumns, Matrix, Vocabulary
from searchkit.engine.local.packing import Ints, put_bytes, runs, starts_of
from searchkit.engine.local.postings import FieldWriter, Postings
from searchkit.engine.local.storage import ContainerWriter
from searchkit.engine.plan import POSITIONAL
from searchkit.typed import NamedTuple

Numbers32 = NDArray[np.uint32]
PARTS = ("title", "body")
STRETCH_WORDS = 1 << 18  # occurrences taken at a time: about 25 MB while they are put in order
_TERM_BITS, _INNER_BITS = 24, 8  # of a sort key; 32 for the word


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

    form: Numbers32
    document: Numbers32
    in_title: Flags
    word: Numbers32
    stem: Numbers32
    counts: Ints
    word_total: Numbers32
    stem_total: Numbers32


class Concordance(NamedTuple):
    """Where does each form stand?

    Attributes:
        words: (words,) form by form, rising within each.
        at: (forms + 1,) where each form begins among them.
    """

    words: Numbers32
    at: Ints


def concordance(form: Numbers32, words: Numbers32, forms: int) -> Concordance:
    """Sort words by their forms.  One sort of whole keys: a third of the time of sorting places by 16 bits at a time."""
    keys = (form.astype(np.uint64) << np.uint64(32)) | words
    keys.sort()
    return Concordance(keys.astype(np.uint32), starts_of(np.bincount(form, minlength=forms)))


def write_channels(writer: ContainerWriter, forms: FormColumns, occurrences: Occurrences) -> dict[str, object]:
    """Write all fields of a segment, the words it knows, and which documents have text in which language."""
    words = np.arange(len(occurrences.form), dtype=np.uint32)
    inside = np.flatnonzero(occurrences.in_title)
    places = {
        "title": concordance(occurrences.form[inside], inside.astype(np.uint32), len(forms)),
        "body": concordance(occurrences.form, words, len(forms)),
    }
    del words
    used = np.diff(places["body"].at) > 0
    vocabulary = forms.vocabulary()
    fields: list[str] = []
    for channel in CHANNELS:
        matrix = forms.matrix(channel, used, vocabulary.rank)
        for part in PARTS:
            fields += _write_field(writer, vocabulary, matrix, places[part], occurrences, f"{part}_{channel}")
    texts = _write_presence(writer, forms, occurrences)
    lemmas = _write_lemmas(writer, vocabulary, forms.lemmas(used, vocabulary.rank))
    return {"fields": sorted(fields), "texts": texts, "lemmas": sorted(lemmas)}


def _write_field(
    writer: ContainerWriter, vocabulary: Vocabulary, matrix: Matrix, places: Concordance, occurrences: Occurrences, kind: str
) -> list[str]:
    """Write one channel of titles or bodies, a field for each language; give their names."""
    channel = kind.split("_")[1]
    base = None if channel not in POSITIONAL else occurrences.stem if channel == "stem" else occurrences.word
    sizes = np.diff(places.at)[matrix.form]
    if not sizes.all():  # not every form stands in titles
        held = np.flatnonzero(sizes)
        sizes, matrix = sizes[held], Matrix(matrix.term[held], matrix.form[held], matrix.inner[held] if len(matrix.inner) else matrix.inner)
    names = []
    for language, first, end in vocabulary.languages:
        low, high = np.searchsorted(matrix.term, [first, end]).tolist()
        if low == high:
            continue
        name = f"{kind}_{language}"
        field = FieldWriter(writer, name, positional=base is not None)
        for start, stop in _stretches(matrix.term[low:high], sizes[low:high]):
            chosen = slice(low + start, low + stop)
            stretch = Matrix(matrix.term[chosen], matrix.form[chosen], matrix.inner[chosen])
            found, postings = _product(stretch, sizes[chosen], places, occurrences.document, base)
            field.add([vocabulary.terms[number] for number in found.tolist()], postings)
        field.finish()
        names.append(name)
    return names


def _stretches(term: Ints, sizes: Ints) -> Iterator[tuple[int, int]]:
    """Cut entries between terms, so that the words of a stretch stay few (one term's may not)."""
    total = np.cumsum(sizes)
    bounds = np.append(np.flatnonzero(np.diff(term, prepend=-1)), len(term))
    before = np.append(0, total)[bounds]
    low = 0
    while low < len(bounds) - 1:
        high = max(low + 1, int(np.searchsorted(before, before[low] + STRETCH_WORDS, "right")) - 1)
        yield int(bounds[low]), int(bounds[high])
        low = high


def _product(matrix: Matrix, sizes: Ints, places: Concordance, document_of: Numbers32, base: Numbers32 | None) -> tuple[Ints, Postings]:
    """Multiply occurrences by terms: give the terms that occur, and their postings."""
    word = places.words[runs(places.at[matrix.form], sizes)]
    term = np.repeat(matrix.term, sizes)
    inner = np.repeat(matrix.inner, sizes) if matrix.inner.any() else None
    if (matrix.term[1:] == matrix.term[:-1]).any():
        term, word, inner = _ordered(term, word, inner)
    document = document_of[word]
    if base is None:
        return _grouped(term, document, np.zeros(0, np.int64))
    position = base[word].astype(np.int64)
    if inner is not None:
        position += inner
    same = (term[1:] == term[:-1]) & (document[1:] == document[:-1])
    if (same & (position[1:] <= position[:-1])).any():
        # Words of width 0 and forms that reach into the next one: rare, so the slow way is good enough.
        order = np.lexsort((position, document, term))
        term, document, position = term[order], document[order], position[order]
        fresh = np.ones(len(term), bool)
        fresh[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1]) | (position[1:] != position[:-1])
        term, document, position = term[fresh], document[fresh], position[fresh]
    return _grouped(term, document, position)


def _ordered(term: Ints, word: Numbers32, inner: Ints | None) -> tuple[Ints, Numbers32, Ints | None]:
    """Put occurrences in the order of terms, words and places inside the words."""
    first = int(term[0])
    if (int(term[-1]) - first) >> _TERM_BITS or (inner is not None and int(inner.max()) >> _INNER_BITS):
        order = np.lexsort((word, term) if inner is None else (inner, word, term))
        return term[order], word[order], None if inner is None else inner[order]
    keys = ((term - first).astype(np.uint64) << np.uint64(32 + _INNER_BITS)) | (word.astype(np.uint64) << np.uint64(_INNER_BITS))
    if inner is not None:
        keys |= inner.astype(np.uint64)
    keys.sort()
    term = (keys >> np.uint64(32 + _INNER_BITS)).astype(np.int64) + first
    word = (keys >> np.uint64(_INNER_BITS)).astype(np.uint32)
    return term, word, None if inner is None else (keys & np.uint64((1 << _INNER_BITS) - 1)).astype(np.int64)


def _grouped(term: Ints, document: Numbers32, position: Ints) -> tuple[Ints, Postings]:
    """Gather sorted occurrences of terms to postings."""
    new = np.ones(len(term), bool)
    new[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1])
    first = np.flatnonzero(new)
    frequencies = np.diff(first, append=len(term))
    begin = np.flatnonzero(np.diff(term[first], prepend=-1))
    counts = np.diff(begin, append=len(first))
    return term[first][begin], Postings(counts, document[first].astype(np.int64), frequencies, position)


def _write_lemmas(writer: ContainerWriter, vocabulary: Vocabulary, lemmas: Ints) -> list[str]:
    """Write the words that each language knows; name those that know any."""
    names = []
    for language, first, end in vocabulary.languages:
        low, high = np.searchsorted(lemmas, [first, end])
        if low < high:
            write_terms(writer, f"lemmas_{language}", [vocabulary.terms[number] for number in lemmas[low:high].tolist()])
            names.append(language)
    return names


def _write_presence(writer: ContainerWriter, forms: FormColumns, occurrences: Occurrences) -> dict[str, tuple[int, int]]:
    """Write, for each language, which documents have a word of it in title and in body; give their number and total length."""
    names, place = forms.languages()
    language = place.astype(np.uint8)[occurrences.form]
    begin = starts_of(occurrences.counts.sum(axis=1))[:-1]
    ends = {"body": begin + occurrences.counts.sum(axis=1), "title": begin + occurrences.counts[:, 0]}
    total = occurrences.stem_total
    texts = {}
    for part in PARTS:
        length = total[ends[part]].astype(np.int64) - total[begin]
        for index, name in enumerate(names):
            inside = language == index
            if part == "title":
                inside &= occurrences.in_title
            present = np.zeros(len(begin), bool)
            present[occurrences.document[inside]] = True
            if present.any():
                put_bytes(writer, f"present/{part}_{name}", np.packbits(present))
                texts[f"{part}_{name}"] = (int(present.sum()), int(length[present].sum()))
    return texts
