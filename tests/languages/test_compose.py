"""Hyphens, numbers and diacritics mean the same in every language."""

import pytest

from searchkit.languages.base import Analysis, Reading
from searchkit.languages.compose import FOLDED_PART_WEIGHT, MAX_READINGS, compose, diacritic_fold, number, plain


def two_readings(word: str) -> Analysis:
    """Analyse like a language that knows a compound and its two halves."""
    term = word.lower()
    half = len(term) // 2
    readings = (Reading(((term, 0),)), Reading(((term[:half], 0), (term[half:], 1)), 0.5))
    return Analysis(((term, 0),), readings, grams=(term[:2],), lemmas=(term,), stem_width=2)


def stems(analysis: Analysis) -> list[list[str]]:
    """Give the terms of each reading."""
    return [[term for term, _ in reading.terms] for reading in analysis.readings]


def test_a_simple_word_is_its_part() -> None:
    """Nothing is added to a word without hyphens."""
    assert compose("Wasser", two_readings) == two_readings("Wasser")


def test_a_hyphenated_word_is_joined_first_and_then_its_parts() -> None:
    """co-operation meets cooperation, and IT-Ausbildung holds Ausbildung."""
    analysis = compose("Co-operation", plain)

    assert stems(analysis) == [["cooperation"], ["co", "operation"]]
    assert analysis.words == (("co-operation", 0), ("co", 0), ("operation", 1))
    assert (analysis.word_width, analysis.stem_width) == (2, 2)
    assert all(reading.weight == 1 for reading in analysis.readings)


def test_parts_with_several_readings_keep_them_side_by_side() -> None:
    """The second part begins where the first one ends, in every reading."""
    analysis = compose("AbCd-EfGh", two_readings)

    assert Reading((("ab", 0), ("cd", 1), ("ef", 2), ("gh", 3)), 0.5) in analysis.readings
    assert Reading((("abcd", 0), ("efgh", 2))) in analysis.readings
    assert analysis.stem_width == 4
    assert analysis.lemmas == ("abcdefgh", "abcd", "efgh")
    assert analysis.grams == ("ab", "ef")


def test_a_part_that_the_joined_word_holds_too_stands_once() -> None:
    """Onlinekurs is Online and Kurs inside; Online-Kurs is so by its hyphen. What the hyphen does not say stays (Nord-Ostsee)."""
    inside = {"OnlineKurs": ("online", "kurs"), "NordOstsee": ("nordost", "see")}

    def compound(word: str) -> Analysis:
        whole = plain(word)
        found = tuple((part, 0) for part in inside.get(word, ()))
        return whole._replace(readings=(*whole.readings, Reading(found, 0.7))) if found else whole

    assert stems(compose("Online-Kurs", compound)) == [["onlinekurs"], ["online", "kurs"]]
    assert stems(compose("Nord-Ostsee", compound)) == [["nordostsee"], ["nordost", "see"], ["nord", "ostsee"]]


def test_a_folded_part_counts_only_with_the_others() -> None:
    """A query for café-bar is not content with any cafe."""
    analysis = compose("Café-Bar", plain)

    assert analysis.folds == ("cafebar",)
    assert analysis.readings[-1] == Reading((("cafe", 0), ("bar", 1)), FOLDED_PART_WEIGHT)


@pytest.mark.parametrize("word", ["IT‐Ausbildung", "IT‑Ausbildung", "IT-Ausbildung", "IT_Ausbildung"])
def test_every_hyphen_is_a_hyphen(word: str) -> None:
    """Typographic hyphens and underscores join like the one on the keyboard."""
    assert stems(compose(word, plain)) == [["itausbildung"], ["it", "ausbildung"]]


def test_numbers_never_reach_the_language() -> None:
    """A stemmer has no business with 1,000, nor with the year in COVID-19."""
    seen: list[str] = []

    def part(word: str) -> Analysis:
        seen.append(word)
        return plain(word)

    compose("COVID-19", part)

    assert seen == ["COVID19", "COVID"]


def test_a_long_chain_keeps_all_its_parts() -> None:
    """Nothing is lost, however silly the word, and readings stay few."""
    analysis = compose("-".join("abcdefghij" * 20), two_readings)

    assert len(analysis.words) == 201
    assert len(analysis.readings) <= MAX_READINGS


@pytest.mark.parametrize(
    ("word", "fold"),
    [
        ("1,000", "1000"),
        ("1.000", "1000"),
        ("1 000", "1000"),
        ("1\u00a0000\u00a0000", "1000000"),
        ("12,345,678", "12345678"),
        ("3,5", "3.5"),
        ("３,５", "3.5"),
        ("٢٠٢٤", "2024"),
    ],
)
def test_spellings_of_a_number_meet(word: str, fold: str) -> None:
    """The spelling-free key is the plain number."""
    analysis = number(word)

    assert analysis is not None
    assert analysis.folds == (fold,)


@pytest.mark.parametrize("word", ["2024", "007", "3.5", "14:30"])
def test_a_plain_number_has_no_other_spelling(word: str) -> None:
    """Half a time or a decimal is nothing that one looks for."""
    analysis = number(word)

    assert analysis is not None
    assert (analysis.readings, analysis.folds) == ((Reading(((word, 0),)),), ())


def test_a_date_is_found_by_its_parts() -> None:
    """2024 finds 12.04.2024."""
    analysis = number("12.04.2024")

    assert analysis is not None
    assert stems(analysis) == [["12.04.2024"], ["12", "04", "2024"]]
    assert (analysis.word_width, analysis.stem_width) == (1, 3)


@pytest.mark.parametrize("word", ["2nd", "1980s", "3D", "4а", "½", "x", ""])
def test_what_has_letters_is_no_number(word: str) -> None:
    """An ordinal is the business of its language."""
    assert number(word) is None


@pytest.mark.parametrize(("term", "folds"), [("café", ("cafe",)), ("cafe", ()), ("łódź", ("lodz",)), ("ёлка", ()), ("й", ())])
def test_diacritics_are_a_second_spelling_of_latin_letters_alone(term: str, folds: tuple[str, ...]) -> None:
    """Cyrillic marks make another letter; what they mean is told by the language."""
    assert diacritic_fold(term) == folds
