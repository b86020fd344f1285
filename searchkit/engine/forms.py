"""How is a form written in one line, and a table of forms kept in little memory?

A line has the written word, the *shape* and the terms of all channels, one
after the other, between tabs.  The shape says whose form it is, how many terms
each channel has, and where in the word they stand; a language has a few dozen
of them, so that a line is taken apart by one split.  As lines a table takes up
an eighth of what it does as records, and goes from process to process, and
into the cache, as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from searchkit.engine.contract import Form
from searchkit.typed import Any, NamedTuple

SEPARATOR = b"\t"
_WIDTHS, _CHANNELS = 2, 5
_SHAPES = 1 << 12  # a text made for it could have one for each word

Packed = bytes | Form
"""A form as a line; as a record where one of its terms has a sign that parts them."""


class Shape(NamedTuple):
    """What a form is but for its strings.

    Attributes:
        language: code of the analyser.
        word_width, stem_width: as in ``Form``.
        counts: terms of words, stems, grams, folds, lemmas.
        inner: places of the words, then of the stems.
    """

    language: str
    word_width: int
    stem_width: int
    counts: tuple[int, ...]
    inner: tuple[int, ...]


@lru_cache(_SHAPES)
def shape_of(data: bytes) -> Shape:
    """Read a shape.

    Raises:
        ValueError: it is none.
    """
    language, *told = data.decode().split(" ")
    numbers = tuple(map(int, told))
    counts, inner = numbers[_WIDTHS : _WIDTHS + _CHANNELS], numbers[_WIDTHS + _CHANNELS :]
    placed = sum(counts[:2])
    if len(counts) != _CHANNELS or min(numbers) < 0 or len(inner) not in (0, placed):
        raise ValueError(f"no shape of a form: {data!r}")
    return Shape(language, numbers[0], numbers[1], counts, inner or (0,) * placed)


@lru_cache(_SHAPES)
def _written(numbers: tuple[int, ...]) -> str:
    """Write the numbers of a shape; places are left out where all terms stand at the beginning."""
    told = numbers if any(numbers[_WIDTHS + _CHANNELS :]) else numbers[: _WIDTHS + _CHANNELS]
    return " ".join(map(str, told))


def _told(form: Form) -> list[str]:
    """Give the written word, the shape and the terms of a form."""
    code, surface, words, stems, grams, folds, lemmas, word_width, stem_width = form
    if len(words) == len(stems) == 1:
        (word, word_at), (stem, stem_at) = words[0], stems[0]
        strings = [word, stem]
        inner: tuple[int, ...] = (word_at, stem_at)
    else:
        strings = [term for entries in (words, stems) for term, _ in entries]
        inner = tuple([at for entries in (words, stems) for _, at in entries])
    shape = _written((word_width, stem_width, len(words), len(stems), len(grams), len(folds), len(lemmas), *inner))
    return [surface, f"{code} {shape}", *strings, *grams, *folds, *lemmas]


def pack(form: Form) -> Packed:
    """Write a form in a line, if that can be done."""
    told = _told(form)
    line = "\t".join(told).encode("utf-8", "surrogatepass")
    return line if line.count(SEPARATOR) == len(told) - 1 else form


def is_whole(line: bytes) -> bool:
    """Tell whether a line has as many terms as its shape says."""
    try:
        return line.count(SEPARATOR) == 1 + sum(shape_of(line.split(SEPARATOR, 2)[1]).counts)
    except (ValueError, IndexError):
        return False


def unpack(line: Packed) -> Form:
    """Read a form again.

    Raises:
        ValueError: it is not what ``pack`` has written.
    """
    if not isinstance(line, bytes):
        return line
    surface, shape, *strings = line.decode("utf-8", "surrogatepass").split("\t")
    code, word_width, stem_width, counts, inner = shape_of(shape.encode())
    if len(strings) != sum(counts):
        raise ValueError(f"{sum(counts)} terms expected, {len(strings)} there")
    at = 0
    channels = []
    for count in counts:
        channels.append(tuple(strings[at : at + count]))
        at += count
    words, stems, grams, folds, lemmas = channels
    placed = tuple(zip(words, inner, strict=False)), tuple(zip(stems, inner[len(words) :], strict=True))
    return Form(code, surface, *placed, grams, folds, lemmas, word_width, stem_width)


class PackedForms(Sequence[Form]):
    """A table of forms that grows at its end."""

    def __init__(self) -> None:
        self._packed: list[Packed] = []

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, index: Any) -> Any:
        """Unpack one form."""
        return unpack(self._packed[index])

    def append(self, form: Packed) -> None:
        """Add a form."""
        self._packed.append(form)

    def extend(self, forms: Iterable[Packed]) -> None:
        """Add some forms."""
        self._packed.extend(forms)

    def handed_on(self, start: int) -> list[Packed]:
        """Give the forms from ``start`` on away; only their places are kept."""
        given = self._packed[start:]
        self._packed[start:] = [b""] * len(given)
        return given

    def cells(self, rows: Iterable[int]) -> Iterator[list[bytes]]:
        """Give word, shape and terms of some forms."""
        for packed in map(self._packed.__getitem__, rows):
            yield packed.split(SEPARATOR) if isinstance(packed, bytes) else _cells(packed)


def cells_of(forms: Sequence[Form], rows: Iterable[int]) -> Iterator[list[bytes]]:
    """Give word, shape and terms of some rows of a table."""
    return forms.cells(rows) if isinstance(forms, PackedForms) else map(_cells, map(forms.__getitem__, rows))


def _cells(form: Form) -> list[bytes]:
    return [string.encode("utf-8", "surrogatepass") for string in _told(form)]
