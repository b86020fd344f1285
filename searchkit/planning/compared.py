"""What is compared when a mistyped word is compared with the words of an index?

A key: keystrokes for Hangul; for anything else small letters without
diacritics.  And the signatures of many keys, by which all but a few hundred of
a hundred thousand are out of the question before any letter is compared.
"""

from collections.abc import Sequence

from searchkit.text.hangul import keystrokes
from searchkit.text.normalize import replace_letters, strip_marks, strip_marks_of_lines

# Kazakh letters and the Russian ones that are typed for them; one for one.
_LOOK_ALIKES = str.maketrans("әғқңөұүһіё", "агкноуухие")
SIGNATURE_BITS = 64
FOUR, LETTER_BITS = 4, 16  # four letters are one number of 64 bits
RAREST = (1 << LETTER_BITS) - 1  # stands for everything beyond; it is no letter itself


def fold(term: str) -> str:
    """Even out what is no typing error: diacritics, and Kazakh letters typed as Russian ones."""
    return term if term.isascii() else strip_marks(term).translate(_LOOK_ALIKES)


def is_hangul(word: str) -> bool:
    """Tell whether a word is compared by keystrokes."""
    return any("\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff" or "\u3131" <= char <= "\u318e" for char in word)


def key(word: str) -> str:
    """Give what is compared: keystrokes, or the folded word in small letters (a German lemma has capitals)."""
    return keystrokes(word) if is_hangul(word) else fold(word.lower())


def keys(words: Sequence[str]) -> list[str]:
    """Give the keys of many words; of 180,000 in a fraction of the time that ``key`` takes."""
    import re

    text = "\n".join(words)
    if text.count("\n") != len(words) - 1:  # no words, or none that a text has
        return list(map(key, words))
    if text.isascii():
        return text.lower().split("\n")
    if re.search("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]", text):
        # A syllable never stays as it is; of the words that do, some may be of single jamo.
        strokes = zip(words, keystrokes(text).split("\n"), strict=True)
        return [typed if typed != word else key(word) for word, typed in strokes]
    return replace_letters(strip_marks_of_lines(text.lower()), _LOOK_ALIKES).split("\n")


class Signatures:
    """The letters of many keys as bits, and their lengths, in arrays."""

    def __init__(self, compared: Sequence[str]) -> None:
        import numpy as np

        letters = np.frombuffer("".join(compared).encode("utf-32-le", "surrogatepass"), np.uint32)
        lengths = np.fromiter(map(len, compared), np.int64, len(compared))
        starts = np.cumsum(lengths) - lengths
        self._lengths = lengths.astype(np.int16)
        self._letters = np.zeros(len(compared), np.uint64)
        filled = lengths > 0
        if letters.size:
            bits = np.left_shift(np.uint64(1), (letters % SIGNATURE_BITS).astype(np.uint64))
            self._letters[filled] = np.bitwise_or.reduceat(bits, starts[filled])

    def near(self, word: str, edits: int) -> list[int]:
        """Give the places of the keys that may be so many edits away, and of few others.

        An edit adds a letter or takes one away, which changes the length by one and the set of letters by
        one at the most, or puts one in another's place, which changes the set by two.
        """
        import numpy as np

        letters = np.uint64(sum({1 << (ord(char) % SIGNATURE_BITS) for char in word}))
        longer = np.abs(self._lengths - len(word))
        few = np.bitwise_count(self._letters ^ letters) <= 2 * edits - longer
        found: list[int] = np.flatnonzero(few & (longer <= edits)).tolist()
        return found


class Fours:
    """How often each four letters stand side by side in a text."""

    def __init__(self, text: str) -> None:
        import numpy as np

        letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        letters[letters > RAREST] = RAREST
        ends = max(len(letters) - FOUR + 1, 0)
        self._sorted = np.zeros(ends, np.uint64)
        for place in range(FOUR):
            self._sorted = self._sorted << np.uint64(LETTER_BITS) | letters[place : place + ends]
        self._sorted.sort()

    def count(self, piece: str) -> int | None:
        """Do as ``text.count(piece)``; None where that is not what was counted.

        Not of a piece that can overlap with itself (``abab``: in ``ababab`` it stands twice, and is counted
        once), nor of signs beyond the first plane.
        """
        if len(piece) != FOUR or any(piece.startswith(piece[at:]) for at in range(1, FOUR)) or ord(max(piece)) >= RAREST:
            return None
        import numpy as np

        number = np.uint64(sum(ord(char) << LETTER_BITS * (FOUR - 1 - place) for place, char in enumerate(piece)))
        return int(np.searchsorted(self._sorted, number, "right") - np.searchsorted(self._sorted, number, "left"))
