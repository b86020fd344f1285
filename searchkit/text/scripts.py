"""Which script is a letter of?

ISO 15924 codes, for the scripts that the languages of this house are written
in and their neighbours; every other letter is ``Zzzz``, and what is no letter
``Zyyy``.  Letter statistics for the encoding guess live in
``documents``; this file only names.
"""

from collections import Counter
from functools import lru_cache

HANGUL = "\u1100-\u11ff\u3131-\u3163\u3165-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa1-\uffdc"
HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Without the middle dot (U+30FB), which parts words in Korean texts too (3・1).
KANA = "\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"

_BLOCKS = (
    (0x0041, 0x024F, "Latn"), (0x0250, 0x02AF, "Latn"), (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"), (0x0590, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"), (0x0E00, 0x0E7F, "Thai"), (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Hang"),
    (0x1C80, 0x1C8F, "Cyrl"), (0x1D2B, 0x1D2B, "Cyrl"), (0x1E00, 0x1EFF, "Latn"), (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"), (0x2DE0, 0x2DFF, "Cyrl"), (0x2E80, 0x2FDF, "Hani"), (0x3005, 0x3007, "Hani"),
    (0x3021, 0x3029, "Hani"), (0x302E, 0x302F, "Hang"), (0x3031, 0x3035, "Kana"), (0x3038, 0x303B, "Hani"),
    (0x3041, 0x30FF, "Kana"), (0x3130, 0x318F, "Hang"), (0x31F0, 0x31FF, "Kana"), (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"), (0xA640, 0xA69F, "Cyrl"), (0xA720, 0xA7FF, "Latn"), (0xA960, 0xA97F, "Hang"),
    (0xAB30, 0xAB6F, "Latn"), (0xAC00, 0xD7FF, "Hang"), (0xF900, 0xFAFF, "Hani"), (0xFB00, 0xFB06, "Latn"),
    (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"), (0xFF21, 0xFF5A, "Latn"), (0xFF66, 0xFF9F, "Kana"),
    (0xFFA0, 0xFFDC, "Hang"), (0x20000, 0x3FFFF, "Hani"),
)  # fmt: skip


# Where every letter is of one script: most words lie in one of these and need no counting.
_PLAIN = (("", "\u02b0", "Latn"), ("\u0400", "\u0530", "Cyrl"), ("\uac00", "\ud7a4", "Hang"))


@lru_cache(maxsize=1 << 14)
def script_of_char(char: str) -> str:
    """Name the script of one letter; ``Zyyy`` for digits, marks, punctuation and signs."""
    if not char.isalpha():
        return "Zyyy"
    point = ord(char)
    for low, high, script in _BLOCKS:
        if low <= point <= high:
            return script
    return "Zzzz"


@lru_cache(maxsize=1 << 16)
def script_of(word: str) -> str:
    """Name the script that most letters of a word have; the earlier one where two are even.

    ``Zyyy`` for a word without letters (a number).
    """
    if word.isalpha():
        low, high = min(word), max(word)
        for first, end, script in _PLAIN:
            if first <= low and high < end:
                return script
    counts = Counter(map(script_of_char, word))
    del counts["Zyyy"]
    return counts.most_common(1)[0][0] if counts else "Zyyy"
