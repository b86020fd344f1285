"""When two spellings are the same."""

import random
import time
import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.text.normalize import _folded, nfc, normalized, strip_marks, strip_marks_of_lines, term_form, term_forms
from searchkit.text.words import WORD

SAME = [
    ("Zusammenarbeit", "ZUSAMMENARBEIT", "letter case"),
    ("STRASSE", "straße", "ß is ss"),
    ("café", "cafe\u0301", "composed or not"),
    ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "Hangul in jamo"),
    ("co\u00adoperation", "cooperation", "soft hyphen"),
    ("zero\u200bwidth\ufeff", "zerowidth", "zero width"),
    ("don’t", "don't", "apostrophes"),
    ("Oʻzbek", "O`zbek", "more apostrophes"),
    ("e‑mail", "e-mail", "hyphens"),
    ("ＫＡＩＳＴ", "kaist", "full width"),
    ("ﬁne", "fine", "ligatures"),
    ("İstanbul", "istanbul", "dotted capital i"),
    ("ΣΊΣΥΦΟΣ", "σίσυφοσ", "final sigma"),
    ("ҒЫЛЫМ", "ғылым", "Kazakh"),
    ("x²", "x2", "compatibility digits"),
]
DIFFERENT = [
    ("schön", "schon", "an umlaut is a letter"),
    ("й", "и", "so is й"),
    ("ё", "е", "a language decides that"),
    ("ı", "i", "dotless i"),
]


@pytest.mark.parametrize(("left", "right", "why"), SAME, ids=[why for _, _, why in SAME])
def test_spellings_that_are_one_term(left: str, right: str, why: str) -> None:
    """What a reader takes for the same word."""
    assert term_form(left) == term_form(right), why


@pytest.mark.parametrize(("left", "right", "why"), DIFFERENT, ids=[why for _, _, why in DIFFERENT])
def test_spellings_that_are_two_terms(left: str, right: str, why: str) -> None:
    """What a reader takes for another word."""
    assert term_form(left) != term_form(right), why


@given(word=st.text(max_size=20))
@example(word="\u0130\u0307")
@example(word="\u00b4")
@example(word="\u1e9e\u0345")
@settings(max_examples=100, deadline=None)
def test_a_term_is_its_own_form(word: str) -> None:
    """Looked up a second time, it is found."""
    form = term_form(word)

    assert term_form(form) == form
    assert unicodedata.is_normalized("NFC", form)


@given(text=st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_stored_text_is_composed_once(text: str) -> None:
    """NFC, the same when done again."""
    assert nfc(nfc(text)) == nfc(text) == unicodedata.normalize("NFC", text)


MARKS = "\u0301\u0323\u0327\u0344\u0345\u05b0\u0f71\u0f73\u0f81\u3099\uff9e"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("share", [1.0, 0.99, 0.5])
def test_long_runs_of_marks_are_normalised_as_ever(form: Literal["NFC", "NFD", "NFKC", "NFKD"], share: float) -> None:
    """In whatever order they come, and whatever they are taken apart into."""
    generator = random.Random(share)  # noqa: S311
    texts = ["".join(generator.choice(MARKS if generator.random() < share else "e한х") for _ in range(1_500)) for _ in range(20)]

    assert [normalized(form, text) for text in texts] == [unicodedata.normalize(form, text) for text in texts]


@pytest.mark.parametrize("run", ["\u0301\u0323", "\u0f73", "\uff9e\u0301"])
def test_a_million_marks_take_no_time(run: str) -> None:
    """Sorted one by one they took a quarter of an hour, which no alarm ended; a slow machine gets ten seconds."""
    began = time.process_time()

    normalized("NFKC", nfc("e" + run * (1_000_000 // len(run))))

    assert time.process_time() - began < 10


@given(text=st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_every_word_has_a_form(text: str) -> None:
    """No word of a text is nothing once it is normalised."""
    assert all(map(term_form, WORD.findall(text)))


@pytest.mark.parametrize(
    ("term", "plain"),
    [
        ("café", "cafe"),
        ("schön", "schon"),
        ("łódź", "lodz"),
        ("þórður", "thordur"),
        ("œuvre", "oeuvre"),
        ("çığ", "cig"),
        ("αθήνα", "αθηνα"),
        ("tiếng", "tieng"),
        ("a\u0300\u0300x\u0323", "ax"),
        ("йод", "йод"),
        ("ёлка", "ёлка"),
        ("ғылым", "ғылым"),
        ("한국", "한국"),
        ("がん", "がん"),
    ],
)
def test_marks_come_off_latin_and_greek_letters(term: str, plain: str) -> None:
    """In other scripts the mark is half of the letter."""
    assert strip_marks(term) == plain


@given(term=st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_stripping_twice_is_stripping_once(term: str) -> None:
    """A fold of a fold would be a third spelling."""
    assert strip_marks(strip_marks(term)) == strip_marks(term)


@given(st.lists(st.text(alphabet="aÄßéﬁςΣΐİıæ\u0301\u0327й`’‐\u200bᲀꭰᏸ \n") | st.text(), max_size=6))
@settings(max_examples=300, deadline=None)
def test_many_words_at_once_have_the_forms_of_each(words: list[str]) -> None:
    """Whatever stands beside a word."""
    lines = [word.replace("\n", "") for word in words]

    assert term_forms(words) == [term_form(word) for word in words]
    assert strip_marks_of_lines("\n".join(lines)).split("\n") == ([strip_marks(line) for line in lines] or [""])


def test_plain_words_take_a_short_way_to_the_same_form() -> None:
    """Every Latin and Cyrillic letter, alone and beside another one."""
    words = [before + chr(point) + after for point in range(0x41, 0x530) for before, after in [("", ""), ("a", "Z"), ("Д", "")]]

    for word in words:
        form = word
        while (again := _folded(form)) != form:
            form = again
        assert term_form(word) == form
