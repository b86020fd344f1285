"""What would these keys have written under another keyboard layout?

Somebody types ``ghbdtn`` for привет, ``dkssud`` for 안녕, ``руддщ`` for hello,
``0аза0`` for қазақ (the Kazakh letters lie on the digits).  ``layouts`` gives
every such reading of a piece; whether one is a word is for the caller, who has
an index.  The layouts: US QWERTY, German QWERTZ, Russian ЙЦУКЕН, Kazakh
(ЙЦУКЕН with the row of digits), Korean two-set.

Source: the keyboard maps of X.Org's xkeyboard-config (us, de, ru, kz, kr) and
of Windows, which agree on the keys used here.
"""

from functools import cache

from searchkit.text.hangul import compose_jamo, is_syllables, keystrokes

# Every layout as the letters of the same keys: the row of digits, then the
# three rows below.  A blank key is one that writes no letter and no sign of use.
_KEYS = {
    "en": ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
    "de": ("^1234567890ß´", "qwertzuiopü+", "asdfghjklöä", "yxcvbnm,.-"),
    "ru": ("ё1234567890-=", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю."),
    "kk": ('("әіңғ,.үұқөһ', "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю№"),
    "ko": ("`1234567890-=", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'", "ㅋㅌㅊㅍㅠㅜㅡ,./"),
}
_SHIFTED = {
    "en": ("~!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>?"),
    "de": ('°!"§$%&/()=?`', "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ", "YXCVBNM;:_"),
    "ru": ('Ё!"№;%:?*()_+', "ЙЦУКЕНГШЩЗХЪ", "ФЫВАПРОЛДЖЭ", "ЯЧСМИТЬБЮ,"),
    "kk": (")!ӘІҢҒ;:ҮҰҚӨҺ", "ЙЦУКЕНГШЩЗХЪ", "ФЫВАПРОЛДЖЭ", "ЯЧСМИТЬБЮ?"),
    "ko": ("~!@#$%^&*()_+", "ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ{}", 'ㅁㄴㅇㄹㅎㅗㅓㅏㅣ:"', "ㅋㅌㅊㅍㅠㅜㅡ<>?"),
}
_LATIN, _CYRILLIC = ("en", "de"), ("ru", "kk")
KEY = 4  # quarters
BEGINS = (-4, 2, 3, 5)  # where a row begins, in quarter keys: q stands half a key right of 1, a three quarters, z a key and a quarter
REACH = 4  # one key width
MIN_CHARS = 2  # one key is no word in either layout
MAX_CHARS = 64  # the longest word anybody mistypes; beyond it is a line of something else


def neighbours(layout: str) -> dict[str, str]:
    """Give, for each letter of a layout, the letters on the keys around it.

    A key touches the two beside it and two in either row next to it, which
    is shifted by half a key.
    """
    near: dict[str, str] = {}
    rows = _KEYS[layout]
    for row, keys in enumerate(rows):
        for column, key in enumerate(keys):
            touching: list[str] = []
            for beside in range(max(0, row - 1), min(len(rows), row + 2)):
                x = KEY * column + BEGINS[row] - BEGINS[beside]  # from where the row beside begins
                touching += rows[beside][max(0, -(-(x - REACH) // KEY)) : max(0, (x + REACH) // KEY + 1)]
            near[key] = "".join(char for char in touching if char.isalpha() and char != key)
    return near


@cache
def _table(source: str, target: str) -> dict[int, str]:
    """Map the signs of one layout onto those of the same keys in another."""
    table: dict[int, str] = {}
    for rows, others in ((_SHIFTED[source], _SHIFTED[target]), (_KEYS[source], _KEYS[target])):
        table.update({ord(a): b for row, other in zip(rows, others, strict=True) for a, b in zip(row, other, strict=True)})
    return table


def layouts(word: str) -> list[tuple[str, str]]:
    """Give what the keys of a word would have written under the other layouts.

    Args:
        word: a piece of a query between two blanks, as typed: its case (ㄲ is R)
            and its signs (``,`` is б, ``;`` ж, ``[`` х, ``2`` ә) are keys too.

    Returns:
        ``(reading, layout)``, each reading once, the layout being the one that
        was meant: ``ko``, ``ru``, ``kk``, ``en`` or ``de``.  A layout is no
        language: a Kazakh word without Kazakh letters reads under ``ru``.
        A reading is letters (for ``ko``, whole syllables), in the case typed,
        but for digits and for hyphens inside it, where letters alone were not
        all that was typed (ө is on the key of the hyphen, and no slip for it).
    """
    if not MIN_CHARS <= len(word) <= MAX_CHARS:
        return []
    found: dict[str, str] = {}
    for piece in _trimmed(word):
        for source, target in _pairs(piece):
            for reading in _readings(piece, source, target):
                if reading not in (word, piece) and _is_word(reading, target) and not (piece.isalpha() and not reading.isalpha()):
                    found.setdefault(reading, target)
    return list(found.items())


def _trimmed(word: str) -> list[str]:
    """Give a word with and without the signs at either end: they may be letters under the other layout, or what they are."""
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while end > start and not word[end - 1].isalnum():
        end -= 1
    return list(dict.fromkeys((word, word[:end], word[start:], word[start:end])))


def _pairs(word: str) -> list[tuple[str, str]]:
    """Name the layouts that may have been on, each with one that may have been meant."""
    letters = [char for char in word if char.isalpha()]
    if any(char >= "\u1100" for char in letters):
        return [("ko", "en"), ("ko", "de")]
    if any("\u0400" <= char <= "\u052f" for char in letters):
        return [("ru", "en"), ("ru", "de"), ("kk", "en"), ("kk", "de"), ("ru", "kk"), ("kk", "ru")]
    pairs = [(source, target) for source in _LATIN for target in ("ko", "ru", "kk")]
    return [*pairs, ("en", "de"), ("de", "en")]


def _readings(word: str, source: str, target: str) -> list[str]:
    """Translate a word; empty where a character is on no key of the layout."""
    strokes = keystrokes(word) if source == "ko" else word
    if target != "ko":
        table = _table(source, target)
        return [strokes.translate(table)] if all(ord(char) in table for char in strokes) else []
    table = {**_table(source, "ko"), **_single(source)}
    # Lower case second: a capital that a telephone or Caps Lock made is no shifted jamo.
    return [compose_jamo(each.translate(table)) for each in dict.fromkeys((strokes, strokes.lower())) if all(ord(c) in table for c in each)]


@cache
def _single(source: str) -> dict[int, str]:
    """Map the capitals whose key has no shifted jamo of its own: M is ㅡ, as m is."""
    lower = _table(source, "ko")
    return {ord(char): lower[ord(char.lower())] for row in _SHIFTED[source] for char in row if char.isalpha() and char not in "QWERTOP"}


def _is_word(reading: str, layout: str) -> bool:
    """Tell whether a reading could be a word of the layout's script at all."""
    if layout == "ko":
        letters = "".join(char for char in reading if not char.isdigit())
        return is_syllables(letters)
    if layout in _CYRILLIC:
        inner = reading.strip("-")
        letters = "".join(char for char in inner if not char.isdigit() and char != "-")
        return len(letters) >= MIN_CHARS and inner == reading and all("\u0400" <= char <= "\u052f" for char in letters)
    letters = reading.replace("-", "")
    return len(letters) >= MIN_CHARS and letters.isalpha() and all(char < "\u0250" for char in letters)
