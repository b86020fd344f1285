"""What has no language of its own here is still found."""

import pytest

from searchkit.languages.base import Analysis
from searchkit.languages.registry import language

OTHER = language("other")


def held(analysis: Analysis) -> set[str]:
    """Give what a document of this word is found by."""
    return {term for reading in analysis.readings for term, _ in reading.terms} | set(analysis.folds)


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("科学院", "中国科学院"),
        ("科", "中国科学院"),
        ("協定", "科学協力協定"),
        ("スタン", "カザフスタン"),
        ("ไทย", "ประเทศไทย"),
    ],
)
def test_a_piece_of_a_run_without_blanks_is_found(query: str, document: str) -> None:
    """Chinese, Japanese and Thai write no blanks; neighbours of two characters find any piece."""
    asked = [{term for term, _ in reading.terms} for reading in OTHER.query(query).readings]

    assert any(terms <= held(OTHER.analyze(document)) for terms in asked)


def test_pairs_follow_each_other() -> None:
    """A phrase of characters is a phrase of positions."""
    analysis = OTHER.analyze("中国科学")

    assert analysis.readings[0].terms == (("中国", 0), ("国科", 1), ("科学", 2))
    assert analysis.stem_width == 3


def test_one_character_of_a_query_is_no_alternative_to_two() -> None:
    """科学 must not be content with 科; single characters are for the index."""
    assert OTHER.query("科学").folds == ()
    assert OTHER.analyze("科学").folds == ("科", "学")


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("eau", "l'eau"),
        ("eau", "L’eau"),
        ("homme", "d'homme"),
        ("acqua", "dell'acqua"),
        ("ankara", "Ankara'da"),
        ("Ankara", "Ankara’nın"),
    ],
)
def test_what_stands_at_an_apostrophe_is_found(query: str, document: str) -> None:
    """French elides before it, Turkish inflects a name after it."""
    assert {term for term, _ in OTHER.query(query).readings[0].terms} <= held(OTHER.analyze(document))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Azərbaycan", "Azerbaycan"),
        ("O‘zbekiston", "O'zbekiston"),
        ("Oʻzbekiston", "Ozbekiston"),
        ("gʻalaba", "g'alaba"),
        ("città", "citta"),
        ("Łódź", "Lodz"),
        ("Україна", "УКРАЇНА"),
        ("Ελλάδα", "ΕΛΛΑΔΑ"),
    ],
)
def test_spellings_meet_both_ways(left: str, right: str) -> None:
    """Letter case, dotless i, schwa, apostrophes and diacritics keep nothing apart."""
    assert held(OTHER.query(left)) & held(OTHER.analyze(right))
    assert held(OTHER.query(right)) & held(OTHER.analyze(left))


@pytest.mark.parametrize("word", ["o'clock", "rock'n'roll", "aujourd'hui", "O'Brien"])
def test_a_word_with_an_apostrophe_stays_whole_as_well(word: str) -> None:
    """The whole is always the first reading."""
    assert OTHER.analyze(word).readings[0].terms[0][0] == word.lower()
