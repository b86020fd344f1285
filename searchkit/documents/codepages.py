"""Which single-byte code page makes words of these bytes?

Every code page turns the same bytes into as many characters, so the
log-likelihoods of its readings can be compared: letters after letters
(``letters``), upper case inside words, signs and control characters among
letters.  No I/O, and no multi-byte encoding.
"""

import math
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from searchkit.documents.letters import ACCENTED, FOREIGN, PairModel, pair_model
from searchkit.typed import NamedTuple

CYRILLIC = ("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "mac_cyrillic", "kz1048", "ptcp154")
# Not what we index most, but what would pass for Russian: every letter is one byte, and words are of a length.
OTHERS = {"cp1253": "el", "iso8859_7": "el", "cp1255": "he"}
LATIN = ("cp1252", "iso8859_15", "cp1250", "iso8859_2", "cp1254", "latin_1", "cp850", "mac_roman")
# What a code page has to make up for: log-odds against the one that people use.
_PRIOR = {
    "koi8_u": -1.0, "mac_cyrillic": -6.0, "ptcp154": -0.5, "iso8859_15": -2.0, "latin_1": -3.0, "cp1250": -4.0, "iso8859_2": -5.0,
    "cp1254": -5.0, "iso8859_7": -1.0, "cp850": -8.0, "mac_roman": -10.0,
}  # fmt: skip

_SIGN = math.log(2e-3)  # quotation marks, dashes, №, no-break space: a text has them
_RARE_SIGN = math.log(1e-5)  # ¤, ¬, box drawing
_CONTROL = math.log(1e-8)  # C1 controls and bytes that the code page does not define
_MIXED = math.log(0.02)  # Latin and Cyrillic letters within one word
_SHOUT = math.log(0.1)  # upper case after upper case
_HUMP = math.log(1e-3)  # upper case after lower case
_CAPITAL = math.log(0.15)  # upper case at the start of a word
_DENSE = math.log(0.2)  # one accented letter after another, in Latin script
_SIGN_IN_WORD = math.log(0.01)  # ¼ between two letters
_ASCII_AGAINST_CYRILLIC = 2.3  # for each of the first ten Latin letters: "£100" in an English text is no Ә
_NEVER_INSIDE = frozenset("½²³™±µ¿¡£×¼¾†‰€¤¦¨´¸¬¶¥¢¹ª")
_COMMON = frozenset("«»„“”‘’‚–—…№\u00a0§°•·€©®´\u00ad½²³™‹›±µ¿¡£×¼¾†‰")


class Guess(NamedTuple):
    """A reading of the bytes: code page, language of its letters, log-likelihood."""

    codec: str
    language: str
    score: float


class _Char(NamedTuple):
    """A byte as a code page reads it; ``kind``: l(etter), a(scii letter), s(ign), r(are sign), c(ontrol), blank."""

    kind: str
    letter: str
    upper: bool


@lru_cache(maxsize=32)
def _table(codec: str) -> tuple[_Char, ...]:
    """Describe all 256 bytes of a code page."""
    return tuple(_describe(byte, bytes([byte]).decode(codec, "replace")) for byte in range(256))


def _describe(byte: int, char: str) -> _Char:
    if byte < 0x80:  # noqa: PLR2004 - ASCII, the same in all of them
        return _Char("a" if char.isalpha() else " ", char.lower(), char.isupper())
    if char == "\ufffd" or "\x80" <= char <= "\x9f":
        return _Char("c", "", upper=False)
    if char.isalpha():
        return _Char("l", char.lower(), char.isupper())
    return _Char("s" if char in _COMMON else "r", char, upper=False)


def _case(before: _Char, char: _Char) -> float:
    """Log-probability of a letter's case after what stands before it."""
    if before.kind not in "al":
        return _CAPITAL if char.upper else 0.0
    if char.upper:
        return _SHOUT if before.upper else _HUMP
    return 0.0


def _sign(before: _Char, char: _Char) -> float:
    cost = {"s": _SIGN, "r": _RARE_SIGN, "c": _CONTROL}[char.kind]
    return cost + (_SIGN_IN_WORD if before.kind in "al" and char.letter in _NEVER_INSIDE else 0.0)


def _lettered(model: PairModel, before: _Char, char: _Char) -> float:
    """Log-likelihood of ``char`` after ``before``; one of them is no ASCII."""
    if char.kind in "src":
        return _sign(before, char)
    if char.kind == " ":
        return model.cost(before.letter, " ") if before.kind == "l" else 0.0
    if char.kind == "a":
        return _MIXED + _case(before, char) if before.kind == "l" else 0.0
    blank = before.letter if before.kind == "l" else " "
    return model.cost(blank, char.letter) + _case(before, char) + (_MIXED if before.kind == "a" else 0.0)


def _latin(letters: dict[str, float], before: _Char, char: _Char) -> float:
    """Log-likelihood of ``char`` after ``before``; one of them is no ASCII."""
    if char.kind in "src":
        return _sign(before, char)
    if char.kind != "l":
        odd = before.kind in "rs" and char.kind == "a" and before.letter in "²³½¼¾±°"
        return (_case(before, char) if char.kind == "a" else 0.0) + (_SIGN_IN_WORD if odd else 0.0)
    return letters.get(char.letter, FOREIGN) + _case(before, char) + (_DENSE if before.kind == "l" else 0.0)


@lru_cache(maxsize=32)
def _accents(language: str) -> dict[str, float]:
    return {letter: math.log(share / 1000) for letter, share in ACCENTED[language].items()}


def guess_codepage(sample: bytes) -> list[Guess]:
    """Rank the readings of some text bytes.

    Args:
        sample: bytes of the text, some of them above 0x7F.

    Returns:
        The best reading of each code page, best first.
    """
    padded = b" " + sample + b" "
    high = Counter(pair for pair in pairwise(padded) if pair[0] > 0x7F or pair[1] > 0x7F)  # noqa: PLR2004
    ascii_letters = min(10, sum(char.isalpha() for char in sample[:4096].decode("ascii", "ignore")))
    best: list[Guess] = []
    for codec in (*CYRILLIC, *OTHERS, *LATIN):
        table = _table(codec)
        pairs = [(table[first], table[second], count) for (first, second), count in high.items()]
        prior = _PRIOR.get(codec, 0.0)
        guesses = []
        if codec not in LATIN:
            prior -= _ASCII_AGAINST_CYRILLIC * ascii_letters
            for language in (OTHERS[codec],) if codec in OTHERS else ("ru", "kk", "uk"):
                model = pair_model(language)
                score = sum(count * _lettered(model, first, second) for first, second, count in pairs)
                guesses.append(Guess(codec, language, score + prior))
        else:
            for language in ACCENTED:
                letters = _accents(language)
                score = sum(count * _latin(letters, first, second) for first, second, count in pairs)
                guesses.append(Guess(codec, language, score + prior))
        best.append(max(guesses, key=lambda guess: guess.score))
    return sorted(best, key=lambda guess: -guess.score)
