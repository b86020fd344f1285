"""A word of the language is told from a slip by its pieces, whatever the language."""

import random
from itertools import product

import pytest

from searchkit.planning.edits import Candidates
from searchkit.planning.plausible import is_slip, strangeness
from searchkit.planning.slips import DROPPED, NEIGHBOUR, TRANSPOSED
from searchkit.text.normalize import term_form

# Stems and the endings that any of them may take: an index has half of the forms.
STEMS = {
    "kk": ("қолжетімділік", "жұмысшы", "дәрігерлер", "еңбекақы", "көрермендер", "балалар", "тұрғындар", "кәсіпорындар"),
    "ko": ("과학기술", "국제협력", "대한민국", "환경보호", "문화재단", "경제성장", "교육과정", "정보통신"),
}
ENDINGS = {
    "kk": ("і", "ге", "дің", "ден", "ді", "імен", "іне", "інде", "лері", "леріне", "лерінің", "сіз"),
    "ko": ("을", "의", "에", "에서", "으로", "이나", "까지", "부터", "만이", "보다", "처럼", "에게"),
}
SLIPS = [
    ("kk", "дәрігрелерден", "дәрігерлерден", TRANSPOSED),
    ("kk", "көрермендердщ", "көрермендерді", NEIGHBOUR),
    ("kk", "тұғындарге", "тұрғындарге", DROPPED),
    ("ko", "과학기숧을", "과학기술을", NEIGHBOUR),
    ("ko", "대한밍국의", "대한민국의", NEIGHBOUR),
]


def halves(code: str) -> tuple[Candidates, list[str]]:
    """Give an index of half of the forms, and the other half."""
    forms = [stem + ending for stem, ending in product(STEMS[code], ENDINGS[code])]
    random.Random(5).shuffle(forms)  # noqa: S311  # a sample, no secret
    half = len(forms) // 2
    # A piece counts by how many words have it: what stands here for a lexicon has to be of its size.
    rest = [stem + "".join(letters) for stem in STEMS[code] for letters in product(ENDINGS[code], repeat=3)]
    return Candidates(dict.fromkeys(forms[:half] + rest, 1)), forms[half:]


@pytest.mark.parametrize("code", STEMS)
def test_an_inflection_that_no_document_has_is_no_slip(code: str) -> None:
    """It lies one letter away from those that are there."""
    known, unseen = halves(code)

    taken = [word for word in unseen if is_slip(word, next(each for each in known.words() if each[:4] == word[:4]), DROPPED, known)]

    assert len(taken) <= len(unseen) / 10, taken


@pytest.mark.parametrize(("code", "typo", "meant", "cost"), SLIPS)
def test_a_slip_makes_pieces_that_no_word_has(code: str, typo: str, meant: str, cost: float) -> None:
    """However many forms the index has."""
    known, _ = halves(code)

    assert is_slip(typo, meant, cost, known)


@pytest.mark.parametrize("word", ["협약", "қазан", "vortrag"])
def test_a_small_index_knows_too_little_to_say(word: str) -> None:
    """There a slip is taken for one, and a word of its own is for the dictionaries to tell."""
    assert is_slip(word, "협력" if word == "협약" else word[:-1], DROPPED, Candidates({"협력": 5, "vertrag": 5, "қазақ": 9}))


def test_what_the_fold_evens_out_has_no_piece_of_its_own() -> None:
    """казакстан is spelt as қазақстан is, to the keyboard."""
    assert strangeness(term_form("Казакстан"), "қазақстан", Candidates({"қазақстан": 3})) == float("-inf")


def test_two_words_written_as_one_have_their_joint_for_a_piece() -> None:
    """A compound with the same joint as many others is one."""
    known = Candidates(
        {first + second: 1 for first in ("windkraft", "wasserkraft", "luftkraft") for second in ("anlage", "werk", "fahrzeug")}
    )

    assert strangeness("muskelkraftanlage", "muskelkraft anlage", known) > strangeness("muskelkraftobst", "muskelkraft obst", known)
