"""Where are the words of a text?

One regular expression gives *written words*: runs of letters and digits, with
the marks, zero-width characters and apostrophes inside them, and joined by
hyphens or underscores (``IT-Ausbildung``, ``snake_case``), so that a language
sees the whole and can give its parts.  Hangul, Han and Kana runs stand alone:
``KAIST와`` is two written words.  Segmentation depends on nothing but the text,
so that a stored text can be cut again, anywhere, into the same words.

No word is endless: what goes on for longer is cut, and nothing of it is lost.
"""

from searchkit.text.normalize import IGNORABLE
from searchkit.text.patterns import lazy_pattern
from searchkit.text.scripts import HAN, HANGUL, KANA

# Combining marks of the scripts in use: `\w` does not match them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03"
    "\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57"
    "\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84\u102b-\u103e"
    "\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f\u302a-\u302f\u3099\u309a"
)
# Letters and digits of every script that is written with blanks.  Two fillers
# (Hangul letters to Unicode, blanks to the eye) are no word.
_LETTER = rf"[^\W_\u3164\uffa0{HANGUL}{HAN}{KANA}]"
_INSIDE = rf"{_MARKS}{IGNORABLE}"
_APOSTROPHE = "'\u2019\u02bc\u02bb\u2018\u02b9\uff07\u0060\u00b4"
_HYPHEN = "\\-\u2010\u2011_"

RUN_CHARS = 512  # without a joint; a longer run is a key, encoded data or an attack (Kiwi needs 8 s for 100,000 syllables)
JOINTS = 64  # of a word: marks, hyphens, apostrophes; 50,000 parts of one word took 7 GB to analyse

# The negative look-ahead lets most words off before the slow loop over their
# joints: 20 to 40 % faster on English and Kazakh, and half a million words the same.
_PATTERN = (
    rf"(?=\w)(?:{_LETTER}{{1,{RUN_CHARS}}}+"
    rf"(?:(?![{_INSIDE}{_APOSTROPHE}{_HYPHEN}.,:])"
    rf"|(?:(?:[{_INSIDE}]{{1,{RUN_CHARS}}}+|(?:[{_APOSTROPHE}{_HYPHEN}]|(?<=\d)[.,:](?=\d))(?={_LETTER})){_LETTER}{{0,{RUN_CHARS}}}+){{0,{JOINTS}}}+)"
    rf"|[{HANGUL}][{HANGUL}{_INSIDE}]{{0,{RUN_CHARS}}}+"
    rf"|[{HAN}][{HAN}{_INSIDE}]{{0,{RUN_CHARS}}}+"
    rf"|[{KANA}][{KANA}{_INSIDE}]{{0,{RUN_CHARS}}}+)"
)


WORD = lazy_pattern(_PATTERN)  # to compile it takes 10 ms, half of a cold search
"""``WORD.findall(text)``, ``WORD.finditer(text, start, end)``, ``WORD.search(text, start, end)``."""

SHORT_CHARS = 80  # a query; what is longer is worth the pattern


def word_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Give the spans of the written words in ``text[start:end]``, as offsets into ``text``."""
    stop = len(text) if end is None else end
    if stop - start <= SHORT_CHARS:
        spans = _simple_spans(text, start, stop)
        if spans is not None:
            return spans
    return [match.span() for match in WORD.finditer(text, start, stop)]


def _simple_spans(text: str, start: int, end: int) -> list[tuple[int, int]] | None:
    """Give the words of a short text that holds nothing but plain letters and blanks; None for any other."""
    spans: list[tuple[int, int]] = []
    at = start
    for piece in text[start:end].split(" "):
        if piece:
            if not (piece.isalnum() and (piece.isascii() or _is_of(piece, "\u0400", "\u052f") or _is_of(piece, "\uac00", "\ud7a3"))):
                return None
            spans.append((at, at + len(piece)))
        at += len(piece) + 1
    return spans


def _is_of(piece: str, low: str, high: str) -> bool:
    return low <= min(piece) and max(piece) <= high


def parts(word: str) -> list[str]:
    """Split a written word at its hyphens and underscores; a word without one is its only part."""
    if word.isalnum():
        return [word]
    even = word.replace("\u2010", "-").replace("\u2011", "-").replace("_", "-")
    return [part for part in even.split("-") if part] if "-" in even else [word]
