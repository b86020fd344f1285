"""How do words go wrong on a keyboard?  A seeded generator of typing errors.

It has its own drawing of the keyboards (the product's is what it tests): keys
at their true places, a slip reaching any key within 1.2 key widths.  Five kinds
of slip, each as likely as the next: a neighbouring key, two letters swapped, a
letter dropped, a letter doubled, a neighbouring key added.  Hangul slips happen
to keystrokes and are composed again as an input method would.
"""

import random
from collections.abc import Iterable, Iterator
from functools import cache

from searchkit.text.hangul import compose_jamo, keystrokes

KINDS = ("neighbour", "transposed", "dropped", "doubled", "added")
REACH = 1.2
# Rows of letters, and how far right of the first row's first key each begins.
KEYBOARDS: dict[str, tuple[tuple[str, float], ...]] = {
    "en": (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75)),
    "de": (("qwertzuiopü", 0.0), ("asdfghjklöä", 0.25), ("yxcvbnm", 0.75)),
    "ru": (("йцукенгшщзхъ", 0.0), ("фывапролджэ", 0.25), ("ячсмитьбю", 0.75)),
    "kk": (("  әіңғ  үұқөһ", -1.5), ("йцукенгшщзхъ", 0.0), ("фывапролджэ", 0.25), ("ячсмитьбю", 0.75)),
    "ko": (("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", 0.0), ("ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", 0.25), ("ㅋㅌㅊㅍㅠㅜㅡ", 0.75)),
}
SHIFTED = dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "ㅂㅈㄷㄱㅅㅐㅔ", strict=True))


@cache
def around(code: str) -> dict[str, str]:
    """Give the letters within reach of each letter of a keyboard; a shifted one has its unshifted self too."""
    at = {char: (x + shift, y) for y, (row, shift) in enumerate(KEYBOARDS[code]) for x, char in enumerate(row) if char != " "}
    near = {
        char: "".join(
            other for other, (u, v) in at.items() if other != char and abs(v - y) <= 1 and (u - x) ** 2 + (v - y) ** 2 <= REACH**2
        )
        for char, (x, y) in at.items()
    }
    if code == "ko":
        near.update({double: single + near[single] for double, single in SHIFTED.items()})
    return near


def mistype(word: str, code: str, chance: random.Random, kind: str) -> str:
    """Put one slip into a word; the word itself where this kind of slip cannot happen to it."""
    strokes = keystrokes(word) if code == "ko" else word
    near = around(code)
    at = chance.randrange(len(strokes))
    key, rest = strokes[at], strokes[at + 1 :]
    if kind == "transposed":
        slipped = strokes[:at] + rest[:1] + key + rest[1:]
    elif kind == "dropped":
        slipped = strokes[:at] + rest
    elif kind == "doubled":
        slipped = strokes[:at] + key + key + rest
    elif key not in near:
        slipped = strokes
    elif kind == "neighbour":
        slipped = strokes[:at] + chance.choice(near[key]) + rest
    else:
        slipped = strokes[: at + chance.randrange(2)] + chance.choice(near[key]) + strokes[at:]
        if slipped[: at + 1] == strokes[: at + 1]:  # it fell behind the key, not before it
            slipped = strokes[: at + 1] + slipped[at + 1] + rest
    return compose_jamo(slipped) if code == "ko" else slipped


def typos(words: Iterable[str], code: str, *, seed: int = 7) -> Iterator[tuple[str, str, str]]:
    """Give ``(typo, word, kind)`` for each word, the kinds in turn; a word that cannot slip so takes another kind."""
    chance = random.Random(f"{seed}{code}")  # noqa: S311  # typing errors are no secret
    for number, word in enumerate(words):
        for turn in range(len(KINDS) * 2):
            kind = KINDS[(number + turn) % len(KINDS)]
            typo = mistype(word, code, chance, kind)
            if typo != word:
                yield typo, word, kind
                break
