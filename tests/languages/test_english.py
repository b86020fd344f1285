"""English meets its irregular forms and both its spellings, and parts what Porter2 unites by accident."""

from pathlib import Path

import pytest

from searchkit.languages.english import English, american

english = English()
PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs" / "en.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#") and "\txfail:" not in line
]


def stems(word: str) -> set[str]:
    """Give the stems under which a word is indexed."""
    return {term for reading in english.analyze(word).readings for term, _ in reading.terms}


@pytest.mark.parametrize(("left", "right"), [pair[:2] for pair in PAIRS if pair[2] == "light"])
def test_light_pairs_meet_by_their_folds_alone(left: str, right: str) -> None:
    """café finds cafe, but ranks it lower."""
    asked, found = english.query(left), english.analyze(right)
    terms = {term for reading in asked.readings for term, _ in reading.terms}

    assert not terms & stems(right)
    assert (terms | set(asked.folds)) & (stems(right) | set(found.folds))


@pytest.mark.parametrize(
    ("british", "us"),
    [
        ("colour", "color"),
        ("organisations", "organizations"),
        ("centre", "center"),
        ("travelled", "traveled"),
        ("aluminium", "aluminum"),
        ("fulfils", "fulfills"),
        ("promise", "promise"),
        ("exercised", "exercised"),
        ("analysis", "analysis"),
        ("our", "our"),
        ("hour", "hour"),
        ("four", "four"),
        ("rising", "rising"),
        ("wise", "wise"),
    ],
)
def test_american_spelling(british: str, us: str) -> None:
    """A rule changes no word that is written so everywhere."""
    assert american(british) == us


@pytest.mark.parametrize(("word", "lemma"), [("children", "child"), ("went", "go"), ("universities", "university"), ("Korea's", "Korea")])
def test_lemmas_are_as_a_person_would_type_them(word: str, lemma: str) -> None:
    """Suggestions are made from them."""
    assert english.query(word).lemmas == (lemma,)


@pytest.mark.parametrize("word", ["cooperaton", "univeristy", "xqzt"])
def test_a_mistyped_word_is_not_known(word: str) -> None:
    """A guess is no lemma, or no mistake would ever be mended."""
    assert english.query(word).lemmas == ()


def test_lemma_comes_second_and_lighter() -> None:
    """`found` is founded oftener than it is to find."""
    first, second = english.analyze("went").readings

    assert (first.terms, second.terms) == ((("went", 0),), (("go", 0),))
    assert second.weight < first.weight


def test_acronym_is_indexed_as_both_and_asked_for_as_one() -> None:
    """IT in a heading all in capitals may be the pronoun; a query that has capitals means them."""
    assert stems("IT") == {"i.t.", "it"}
    assert [reading.terms for reading in english.query("IT").readings] == [(("i.t.", 0),)]
    assert stems("NATO") == stems("Nato")


@pytest.mark.parametrize("word", ["who", "what", "was", "how", "in", "an", "which", "the", "don't"])
def test_words_without_content_are_stop_words(word: str) -> None:
    """Else they would be rare content words in a German text."""
    assert word in english.stop_words
