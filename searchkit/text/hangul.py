"""Which keys wrote a Hangul text, and which consonants begin its syllables?

A Hangul syllable is two to five strokes on the two-set (dubeolsik) keyboard:
a typing error is one stroke, not one syllable (한국 and 항국 share five of six).
A double consonant (ㄲ) is one stroke with the shift key; a compound vowel (ㅘ) or final
(ㄳ) is two.  Jamo are given as compatibility letters (ㄱ U+3131), one a stroke;
conjoining jamo (U+1100, what NFKC makes of them) are understood too.
Nothing here knows a word of Korean.
"""

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3

_STROKES = dict(
    zip(
        "ㅘㅙㅚㅝㅞㅟㅢㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        [
            "ㅗㅏ",
            "ㅗㅐ",
            "ㅗㅣ",
            "ㅜㅓ",
            "ㅜㅔ",
            "ㅜㅣ",
            "ㅡㅣ",
            "ㄱㅅ",
            "ㄴㅈ",
            "ㄴㅎ",
            "ㄹㄱ",
            "ㄹㅁ",
            "ㄹㅂ",
            "ㄹㅅ",
            "ㄹㅌ",
            "ㄹㅍ",
            "ㄹㅎ",
            "ㅂㅅ",
        ],
        strict=True,
    )
)
_JOINED = {strokes: jamo for jamo, strokes in _STROKES.items()}
_CONSONANTS = frozenset(INITIALS) | frozenset(FINALS)


class _Keys(dict[int, str]):
    """Code point -> its strokes, worked out when first asked for: only some 2,000 syllables ever occur."""

    def __missing__(self, point: int) -> str:
        strokes = "".join(_STROKES.get(jamo, jamo) for jamo in _jamo(point))
        self[point] = strokes
        return strokes


class _Starts(dict[int, str]):
    """Code point -> the consonant that begins it; a letter that is no Hangul begins itself."""

    def __missing__(self, point: int) -> str:
        first = _jamo(point)[0]
        self[point] = _STROKES.get(first, first) if first in _CONSONANTS else first
        return self[point]


def _jamo(point: int) -> str:
    """Take a code point apart into compatibility jamo: initial, vowel and, if there is one, final."""
    if FIRST_SYLLABLE <= point <= LAST_SYLLABLE:
        initial, rest = divmod(point - FIRST_SYLLABLE, 588)
        vowel, final = divmod(rest, 28)
        return INITIALS[initial] + VOWELS[vowel] + (FINALS[final - 1] if final else "")
    for first, letters in ((0x1100, INITIALS), (0x1161, VOWELS), (0x11A8, FINALS)):
        if first <= point < first + len(letters):
            return letters[point - first]
    return chr(point)


_KEYS = _Keys()
_STARTS = _Starts()


def keystrokes(text: str) -> str:
    """Give the strokes that write a text, one jamo a stroke; what is no Hangul stays as it is.

    >>> keystrokes("값이 과해")
    'ㄱㅏㅂㅅㅇㅣ ㄱㅗㅏㅎㅐ'
    """
    return text.translate(_KEYS)


def compose_jamo(strokes: str) -> str:
    """Write strokes as the input method does: ``compose_jamo(keystrokes(text)) == text`` for a text in syllables.

    A consonant after a vowel closes the syllable until a vowel follows, which
    takes it over: ㄱㅏㄱㅅㅏ is 각사, not 갃ㅏ.

    >>> compose_jamo("ㄷㅏㄹㄱㅇㅣ")
    '닭이'
    """
    out: list[str] = []
    initial = vowel = final = ""
    for stroke in strokes:
        if stroke in VOWELS:
            if final:
                kept, taken = _STROKES.get(final, final)[:-1], _STROKES.get(final, final)[-1]
                out.append(_syllable(initial, vowel, kept))
                initial, vowel, final = taken, stroke, ""
            elif vowel and vowel + stroke in _JOINED:
                vowel = _JOINED[vowel + stroke]
            elif vowel:
                out.append(_syllable(initial, vowel, ""))
                initial, vowel = "", stroke
            else:
                vowel = stroke
        elif initial and vowel and not final and stroke in FINALS:
            final = stroke
        elif final and final + stroke in _JOINED:
            final = _JOINED[final + stroke]
        else:
            out.append(_syllable(initial, vowel, final))
            initial, vowel, final = (stroke, "", "") if stroke in INITIALS else ("", "", "")
            if not initial:
                out.append(stroke)
    out.append(_syllable(initial, vowel, final))
    return "".join(out)


def _syllable(initial: str, vowel: str, final: str) -> str:
    """Join the jamo of one syllable; what makes none stays letter by letter."""
    if not (initial and vowel):
        return initial + vowel + final
    below = FINALS.index(final) + 1 if final else 0
    return chr(FIRST_SYLLABLE + INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + below)


def initials(text: str) -> str:
    """Give the consonants that begin the syllables of a text; other letters stay.

    A cluster that an input method made of two initials (ㄳ) is the two again.

    >>> initials("과학기술"), initials("ㄳ"), initials("KAIST와")
    ('ㄱㅎㄱㅅ', 'ㄱㅅ', 'KAISTㅇ')
    """
    return text.translate(_STARTS)


def is_initials(text: str) -> bool:
    """Tell whether a text is nothing but initial consonants (ㄱㅎㄱㅅ)."""
    return bool(text) and all(char in INITIALS for char in initials(text)) and not has_syllables(text)


def has_syllables(text: str) -> bool:
    """Tell whether any whole Hangul syllable stands in a text."""
    return any("가" <= char <= "힣" for char in text)


def is_syllables(text: str) -> bool:
    """Tell whether a text is nothing but whole Hangul syllables."""
    return bool(text) and all("가" <= char <= "힣" for char in text)


def is_common(text: str) -> bool:
    """Tell whether a text is whole syllables, each among the 2,350 of KS X 1001.

    Nearly all of Korean is written with these; of the 11,172 that the keyboard
    can write, a typing error makes any (특헉, 뷸만).
    """
    # The codec spells a syllable outside the standard as a sequence of eight bytes.
    return is_syllables(text) and all(len(char.encode("euc_kr")) == 2 for char in text)  # noqa: PLR2004  # bytes
