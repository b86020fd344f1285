"""Which languages are many texts in, told from words that are counted already?

What ``identify`` says of a text is a sum over its words.  Here every distinct
piece of text (what stands between two blanks) gives its letters and votes
once, and a thousand texts are told in one go.  Where the sum does not decide
(two scripts, Cyrillic without telling words), ``None`` says so, and
``identify`` has to be asked; where it does, it is the same answer to the bit:
votes are added in the order in which the words stand.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.languages.identify import (
    BORROWED_NAMES,
    CONFIDENT_MARGIN,
    CONFIDENT_SHARE,
    CONFIDENT_WORDS,
    ENDING,
    EVIDENT_WORDS,
    FOREIGN_LETTER,
    FOREIGN_NAME,
    HOUSE_PRIOR,
    Grounds,
    evidence,
    grounds,
    letters_of,
    tokens_of,
    votes_of,
)
from searchkit.languages.plain_pieces import members, spoken
from searchkit.languages.registry import LANGUAGES
from searchkit.text.scripts import script_of

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SCRIPTS = ("Latn", "Cyrl")
"""Scripts whose languages vote; a piece has a ballot for each."""


class Ballots:
    """The votes of distinct pieces: few different ones, so each is kept once for a script."""

    def __init__(self, script: str) -> None:
        self._script = script
        self._numbers: dict[tuple[Grounds, ...], int] = {}
        self._plain: dict[tuple[int, bool, int, bool], int] = {}
        self._words: list[int] = []
        self._sizes: list[int] = []
        self._languages: list[int] = []
        self._votes: list[float] = []
        self.number(())

    def number(self, tokens: "Sequence[str]") -> int:
        """Give the number of the ballot of some words of this script."""
        return self._numbered(tuple([grounds(token, self._script) for token in tokens]))

    def plain(self, words: list[str]) -> list[int]:
        """Give the numbers of the ballots of plain words of this script, each by itself."""
        numbers = []
        seen = self._plain
        for why in zip(*(column.tolist() for column in spoken(words, self._script)), strict=True):
            number = seen.get(why)
            if number is None:
                pro, known, contra, is_name = why
                cost = FOREIGN_NAME if is_name else FOREIGN_LETTER
                number = seen[why] = self._numbered(((members(pro), 1.0 if known else ENDING, members(contra), cost),))
            numbers.append(number)
        return numbers

    def _numbered(self, cast: tuple[Grounds, ...]) -> int:
        """Give the number of a ballot, adding it where it is new."""
        number = self._numbers.get(cast)
        if number is not None:
            return number
        votes = [vote for why in cast for vote in votes_of(why)]
        self._words.append(len(cast))
        self._sizes.append(len(votes))
        self._languages += [at for at, _ in votes]
        self._votes += [vote for _, vote in votes]
        number = self._numbers[cast] = len(self._words) - 1
        return number

    def told(self, ballots: Ints, counts: Ints) -> "tuple[list[str], Flags]":
        """Count some texts out.

        Args:
            ballots: of the pieces of all texts, one text after the other.
            counts: (texts,) pieces of each.

        Returns:
            For each text its language ("" where the votes alone do not tell) and whether that is sure.
        """
        profiles = evidence(self._script).profiles
        is_house = np.array([profile.code in LANGUAGES for profile in profiles])
        sizes = np.array(self._sizes, np.int64)
        begin = np.cumsum(sizes) - sizes
        words = _sums(np.array(self._words, np.int64)[ballots], counts)
        text = np.repeat(np.arange(len(counts)), counts)
        cast = sizes[ballots]
        ends = np.cumsum(cast)
        entry = np.repeat(begin[ballots] - (ends - cast), cast) + np.arange(int(ends[-1]) if len(ends) else 0)
        # What a text begins with, and then the votes in the order of its words: float by float what `identify` adds up.
        prior = np.tile(np.where(is_house, HOUSE_PRIOR, 0.0), len(counts))
        place = np.concatenate([np.arange(len(prior)), np.repeat(text, cast) * len(profiles) + np.array(self._languages, np.int64)[entry]])
        weights = np.concatenate([prior, np.array(self._votes, np.float64)[entry]])
        scores = np.bincount(place, weights=weights, minlength=len(prior)).astype(np.float64, copy=False)
        return self._decided(scores.reshape(len(counts), len(profiles)), words, is_house)

    def _decided(self, scores: NDArray[np.float64], words: Ints, is_house: Flags) -> "tuple[list[str], Flags]":
        """Say what the scores mean; the rules are ``identify``'s."""
        codes = np.array([profile.code for profile in evidence(self._script).profiles])
        best = scores.argmax(axis=1)
        top = scores[np.arange(len(scores)), best]
        rival = np.where(codes[None, :] == codes[best][:, None], -np.inf, scores).max(axis=1)
        house = scores[:, is_house].max(axis=1)
        share = top / np.maximum(1, words)
        ahead = top - np.where(is_house[best], rival, house)
        sure = (ahead >= CONFIDENT_MARGIN) & (share >= CONFIDENT_SHARE)
        told = np.where(is_house[best], codes[best], "other").astype(object)
        if self._script == "Cyrl":
            told[~sure] = ""
        else:
            told[~sure & (words >= EVIDENT_WORDS) & (share < CONFIDENT_SHARE)] = "other"
        return told.tolist(), sure & (words >= CONFIDENT_WORDS)


class Letters(NamedTuple):
    """How many letters of a piece count for its text's script (Roman numbers do not)."""

    latin: int
    cyrillic: int
    hangul: int
    other: int


def letters(piece: str) -> Letters:
    """Count the letters of a piece by script."""
    core = piece.strip(_SIGNS)
    if core.isalpha() and not core.isupper():  # what is upper case may be a Roman number
        low, high = min(core), max(core)
        if high < "\u0250":
            return Letters(len(core), 0, 0, 0)
        if low >= "\u0400" and high < "\u0530":
            return Letters(0, len(core), 0, 0)
    counts = letters_of(piece)
    latin, cyrillic, hangul = counts["Latn"], counts["Cyrl"], counts["Hang"]
    return Letters(latin, cyrillic, hangul, sum(counts.values()) - latin - cyrillic - hangul)


_SIGNS = ".,;:!?\"'()[]\u00ab\u00bb\u201e\u201c\u201d\u2018\u2019\u2013\u2014-"


def words_by_script(piece: str) -> "tuple[list[str], list[str]]":
    """Give the words of a piece that vote, Latin and Cyrillic ones."""
    tokens = tokens_of(piece)
    if max(piece) < "\u02b0":  # every letter there is a Latin one
        return tokens, []
    scripts = list(map(script_of, tokens))
    return (
        [token for token, script in zip(tokens, scripts, strict=True) if script == "Latn"],
        [token for token, script in zip(tokens, scripts, strict=True) if script == "Cyrl"],
    )


def scripts(counts: NDArray[np.int64]) -> list[str]:
    """Name the scripts of many texts.

    Args:
        counts: (texts, 4) letters, in the order of ``Letters``.

    Returns:
        ISO 15924 codes, as ``main_script`` has them; "" where it takes more than counting.
    """
    latin, cyrillic, hangul, other = counts.T
    told = np.full(len(counts), "", dtype=object)
    plain = (other == 0) & (hangul == 0)
    told[plain & (cyrillic > latin)] = "Cyrl"
    told[plain & (latin > cyrillic) & ((cyrillic == 0) | (cyrillic < BORROWED_NAMES * latin))] = "Latn"
    told[(other == 0) & (latin == 0) & (cyrillic == 0) & (hangul > 0)] = "Hang"
    names: list[str] = told.tolist()
    return names


def _sums(values: Ints, counts: Ints) -> Ints:
    """Add up stretches of numbers."""
    total = np.concatenate([[0], np.cumsum(values)])
    ends = np.cumsum(counts)
    result: Ints = total[ends] - total[ends - counts]
    return result
