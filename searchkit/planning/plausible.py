"""Is an unknown word a slip of a known one, or a word of its own that no document has yet?

An index of ten thousand texts has half of a language's inflected forms, and the
other half is one letter away from them (өкілдігі, өкілдің).  But the pieces of
a word are old when the word is new, and a slip makes pieces that no word has:
the letters of ``zusamnmenarbeit`` around the slip stand in no word, those of
өкілдігі in hundreds.
"""

import math
from collections import Counter

from searchkit.planning.compared import key
from searchkit.planning.edits import Candidates

PIECE_CHARS = 4  # letters or keystrokes; pieces of three part slips from words as well in Kazakh, worse in German
HALF = 0.5  # of a word: what a piece counts that no word has
FEW_WORDS = 5_000  # a lexicon of fewer words says little: 협약 beside 협력 in five documents
COST_SHARE = 0.5  # of a slip's cost: the less ordinary the slip, the less strange a word has to look to be one
# Of 350 words an index of half of a collection did not know, these shares were searched for under another word's name, before and
# with this limit: Kazakh .47 .17, Korean .15 .10, German .10 .06, English .03 .02; of typing errors it costs one in fifty.
LEAST_STRANGE = -5.9


def strangeness(word: str, meant: str, candidates: Candidates) -> float:
    """Say how usual the pieces of a word are that what may be meant does not have.

    Args:
        word: as typed.
        meant: a word, or two with a blank between them.
        candidates: the words of a language.

    Returns:
        The mean logarithm of the share of words that have such a piece; minus
        infinity where the word has no piece of its own.
    """
    new = Counter(_pieces(key(word))) - Counter(_pieces("\n".join(map(key, meant.split()))))
    if not new:
        return -math.inf
    total = sum(times * math.log((candidates.count(piece) + HALF) / (len(candidates) + FEW_WORDS)) for piece, times in new.items())
    return total / new.total()


def is_slip(word: str, meant: str, cost: float, candidates: Candidates) -> bool:
    """Tell whether a word looks more like a slip of a known one than like a word of the language."""
    return strangeness(word, meant, candidates) + COST_SHARE * cost <= LEAST_STRANGE


def _pieces(compared: str) -> list[str]:
    """Give the overlapping pieces of a word with a line end before and behind it."""
    text = f"\n{compared}\n"
    return [text[at : at + PIECE_CHARS] for at in range(len(text) - PIECE_CHARS + 1)]
