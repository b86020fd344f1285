"""What is left of a Kazakh word when its spelling is taken away?

One key for every way to write Kazakh: with all its letters, on a Russian
keyboard (Казакстан), in the Latin alphabets of 2017 (apostrophes), 2018
(acutes) and 2021, in plain ASCII with sh and ch, in Arabic letters (töte
jazu).  All of them go, by one longest-match table, to the letters of a Russian
keyboard.  Suffixes and stems are no business of this module.
"""

from functools import lru_cache

from searchkit.languages.datafiles import data_rows
from searchkit.text.normalize import nfc
from searchkit.text.patterns import lazy_pattern
from searchkit.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import re

KAZAKH = frozenset("әғқңөұүһі")
"""Letters of Kazakh that a Russian keyboard does not have."""

_SPELT = frozenset(map(chr, range(0x430, 0x460))) | KAZAKH | {"-", "\n"}
"""Letters whose words ``skeleton`` spells without looking for pairs of Latin or Arabic ones; and what parts words."""

# Latin letters typed inside Cyrillic words (үшiн), the schwa of other alphabets
# (U+0259), and the look-alikes of neighbours that old fonts gave: ҥ ӊ for ң, ҳ for һ.
_LOOKALIKES = str.maketrans("aceopxyihkmtəҥӊҳѳ", "асеорхуіһкмтәңңһө")
_CYRILLIC = frozenset(map(chr, range(0x400, 0x500)))
_OTHER = frozenset(map(chr, (*range(0x61, 0x7B), *range(0xE0, 0x250)))) | frozenset("\u0259ҥӊҳѳ")


def native(term: str) -> str:
    """Put Cyrillic letters in place of the look-alikes in a Cyrillic word: ``үшiн`` is үшін.

    A word without a Cyrillic letter, or with Latin letters that look like no
    Cyrillic one (``IT-сала``, ``wi-fi-дың``), stays as it is.
    """
    if _SPELT.issuperset(term) or _CYRILLIC.isdisjoint(term) or _OTHER.isdisjoint(term):
        return term
    mended = term.translate(_LOOKALIKES)
    return mended if _OTHER.isdisjoint(mended) else term


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """Read the letters, alone and in pairs, that each letter of the key stands for."""
    return {written: plain for written, plain in data_rows("kazakh_spellings.tsv")}  # noqa: C416 -- dict() of lists of str is untyped


@lru_cache(maxsize=1)
def _pattern() -> "re.Pattern[str]":
    """Give the pattern of all of them, which tries the longest first; none of them means anything else in a pattern."""
    return lazy_pattern("|".join(sorted(_letters(), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _single() -> tuple[tuple[str, str], ...]:
    """Give the single Cyrillic letters."""
    return tuple(pair for pair in _letters().items() if pair[0] in _SPELT)


@lru_cache(maxsize=1 << 16)
def skeleton(term: str) -> str:
    """Write a word (``term_form``) with the letters of a Russian keyboard, whatever it was written with.

    ``ғылым``, ``гылым``, ``gylym``, ``ǵylym``, ``g'ylym`` and ``عىلىم`` are all
    гилим.  Vowels that follow each other as и are one (``химия``, ``himia``).
    """
    if _SPELT.issuperset(term):
        return cyrillic_skeleton(term)
    letters = _letters()
    return _without_doubles(nfc(_pattern().sub(lambda match: letters[match[0]], term)))


def cyrillic_skeleton(text: str) -> str:
    """Write a text of words in small Cyrillic letters alone so, one a line: no pattern is needed for them."""
    plain = text.replace("нг", "н")
    for written, spelt in _single():  # no letter of the key is spelt otherwise; ``translate`` takes five times as long
        plain = plain.replace(written, spelt)
    return _without_doubles(plain)


def _without_doubles(plain: str) -> str:
    """Write и and ш once, and нг as н: даңғыл is also typed дангыл."""
    plain = plain.replace("нг", "н")
    for letter in "иш":
        while letter + letter in plain:
            plain = plain.replace(letter + letter, letter)
    return plain


def is_plain(term: str) -> bool:
    """Tell whether a word is written without a letter that only Kazakh keyboards have."""
    return not KAZAKH & set(term)
