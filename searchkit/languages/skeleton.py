"""What is left of a Kazakh word when its spelling is taken away?

One key for every way to write Kazakh: with all its letters, on a Russian
keyboard (Казакстан), in the Latin alphabets of 2017 (apostrophes), 2018
(acutes) and 2021, in plain ASCII with sh and ch, in Arabic letters (töte
jazu).  All of them go, by one longest-match table, to the letters of a Russian
keyboard.  Suffixes and stems are no business of this module.
"""

import re
from functools import lru_cache

from searchkit.languages.datafiles import data_rows
from searchkit.text.normalize import nfc
from searchkit.text.patterns import lazy_pattern

KAZAKH = frozenset("әғқңөұүһі")
"""Letters of Kazakh that a Russian keyboard does not have."""

# Latin letters typed inside Cyrillic words (үшiн), the schwa of other alphabets
# (U+0259), and the look-alikes of neighbours that old fonts gave: ҥ ӊ for ң, ҳ for һ.
_LOOKALIKES = str.maketrans("aceopxyihkmtəҥӊҳѳ", "асеорхуіһкмтәңңһө")
_CYRILLIC = lazy_pattern("[\u0400-\u04ff]")
_OTHER = lazy_pattern("[a-z\u00e0-\u024f\u0259ҥӊҳѳ]")
_RUNS = lazy_pattern("и{2,}|ш{2,}")


def native(term: str) -> str:
    """Put Cyrillic letters in place of the look-alikes in a Cyrillic word: ``үшiн`` is үшін.

    A word without a Cyrillic letter, or with Latin letters that look like no
    Cyrillic one (``IT-сала``, ``wi-fi-дың``), stays as it is.
    """
    if not _CYRILLIC.search(term) or not _OTHER.search(term):
        return term
    mended = term.translate(_LOOKALIKES)
    return term if _OTHER.search(mended) else mended


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], "re.Pattern[str]"]:
    """Read the letters; the pattern tries the longest first."""
    letters = {written: plain for written, plain in data_rows("kazakh_spellings.tsv")}  # noqa: C416 -- dict() of lists of str is untyped
    return letters, lazy_pattern("|".join(sorted(map(re.escape, letters), key=len, reverse=True)))


@lru_cache(maxsize=1 << 16)
def skeleton(term: str) -> str:
    """Write a word (``term_form``) with the letters of a Russian keyboard, whatever it was written with.

    ``ғылым``, ``гылым``, ``gylym``, ``ǵylym``, ``g'ylym`` and ``عىلىم`` are all
    гилим.  Vowels that follow each other as и are one (``химия``, ``himia``).
    """
    letters, pattern = _table()
    plain = pattern.sub(lambda match: letters[match[0]], term).replace("нг", "н")  # даңғыл typed дангыл
    return nfc(_RUNS.sub(lambda run: run[0][0], plain))


def is_plain(term: str) -> bool:
    """Tell whether a word is written without a letter that only Kazakh keyboards have."""
    return not KAZAKH & set(term)
