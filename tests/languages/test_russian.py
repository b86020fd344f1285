"""Russian knows lemmas, rare readings, names, and what a Kazakh keyboard does to them."""

import pytest

from searchkit.languages._cyrillic import is_russian_word, russian_lemmas
from searchkit.languages.registry import language

RUSSIAN = language("ru")


def stems(word: str) -> list[str]:
    """Give the terms of all readings of a word."""
    return [term for reading in RUSSIAN.analyze(word).readings for term, _ in reading.terms]


@pytest.mark.parametrize(
    ("word", "lemmas"),
    [
        ("путем", ("путем", "путь")),
        ("суда", ("суд", "судно")),
        ("боевой", ("боевой",)),
        ("уже", ("уже",)),
        ("для", ("для",)),
        ("кот", ("кот",)),
        ("abc", ("abc",)),
        ("қазақ", ("қазақ",)),
    ],
)
def test_every_likely_lemma_is_kept_and_no_unlikely_one(word: str, lemmas: tuple[str, ...]) -> None:
    """Ships hide in суда, but для is no form of длить."""
    assert russian_lemmas(word) == lemmas


def test_yo_is_ye_on_both_sides() -> None:
    """Most people do not type ё, books do."""
    assert stems("учёных") == stems("ученых") == ["ученый"]


def test_a_small_letter_is_no_surname() -> None:
    """боевой is Боев's only with a capital."""
    assert stems("боевой") == ["боевой"]
    assert stems("Боевой") == ["боевой", "боев"]


def test_a_surname_meets_its_cases() -> None:
    """The dictionary takes Токаев for the genitive of a wine and does not know Токаева."""
    assert "токаев" in stems("Токаев")
    assert "токаев" in stems("Токаева")
    assert ("токаев", 0) in [term for reading in RUSSIAN.query("токаев").readings for term in reading.terms]


def test_a_name_is_found_in_small_letters() -> None:
    """In a document марта is the month and Марта the woman; who asks means either."""
    assert stems("марта") == ["март"]
    assert [reading.terms[0][0] for reading in RUSSIAN.query("марта").readings] == ["март", "марта"]


def test_an_unlikely_reading_counts_less() -> None:
    """Whoever asks for суда means courts before ships."""
    first, second = RUSSIAN.query("суда").readings

    assert first.weight == 1
    assert second.weight < 0.5


def test_kazakh_names_meet_their_russian_spelling() -> None:
    """Russian newspapers of Kazakhstan write both Нұрғали and Нургали."""
    assert RUSSIAN.analyze("Нұрғали").folds == ("нургали",)


def test_look_alikes_and_stress_marks_are_mended() -> None:
    """A Latin C in Совет and the accent of a dictionary are no letters of the word."""
    assert stems("Cовет") == stems("Совет")
    assert stems("догово\u0301р") == ["договор"]


def test_a_guess_is_no_knowledge() -> None:
    """Unknown words have no lemma, or every typo would count as known."""
    assert RUSSIAN.analyze("сотрудничиство").lemmas == ()
    assert RUSSIAN.analyze("сотрудничество").lemmas == ("сотрудничество",)


def test_the_dictionary_knows_words_with_ye_for_yo() -> None:
    """And nothing that is not written in Russian letters."""
    assert is_russian_word("елка")
    assert not is_russian_word("елкаа")
    assert not is_russian_word("kot")


def test_stop_words_carry_no_content() -> None:
    """Function words in both spellings, and no noun among them."""
    assert {"и", "который", "её", "ее", "ещё", "еще"} <= RUSSIAN.stop_words
    assert not {"год", "страна", "наука", "время"} & RUSSIAN.stop_words
