"""German meets its own inflections, spellings and compounds, and keeps its umlauts."""

from pathlib import Path

import pytest

from searchkit.languages._simplemma import german_rules
from searchkit.languages.base import Analysis
from searchkit.languages.german import PARTS_WEIGHT, German
from searchkit.text.words import word_spans

german = German()
PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs" / "de.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#") and "\txfail:" not in line
]


def held(text: str) -> tuple[set[str], set[str]]:
    """Give the stems and the folds under which a text is indexed."""
    analyses = [german.analyze(text[start:end]) for start, end in word_spans(text)]
    return {term for a in analyses for reading in a.readings for term, _ in reading.terms}, {fold for a in analyses for fold in a.folds}


def test_the_rules_run_alone_are_those_of_the_package() -> None:
    """They are run from their file, because the package takes .2 s to import."""
    from simplemma.strategies import RulesStrategy

    words = [word for pair in PAIRS for word in (pair[0], pair[1].lower(), pair[1].capitalize(), f"{pair[0]}ungen", f"{pair[1]}endem")]
    rules, strategy = german_rules(), RulesStrategy()

    found = {word: rules(word) for word in words}

    assert found == {word: strategy.get_lemma(word, "de") for word in words}
    assert len(set(found.values())) > 100


def firsts(analysis: Analysis) -> list[str]:
    """Give the terms of the first reading."""
    return [term for term, _ in analysis.readings[0].terms]


@pytest.mark.parametrize(("left", "right"), [pair[:2] for pair in PAIRS if pair[2] == "light"])
def test_light_pairs_meet_by_their_folds_alone(left: str, right: str) -> None:
    """Förderung finds Forderung, but ranks it lower: no stem of theirs is the same."""
    asked = german.query(left)
    stems, folds = held(right)

    assert not any(stems.issuperset(term for term, _ in reading.terms) for reading in asked.readings)
    assert (stems | folds) & {*asked.folds, *firsts(asked)}


@pytest.mark.parametrize(("left", "right"), [pair[:2] for pair in PAIRS if pair[2] == "meet"])
def test_close_pairs_meet_by_a_reading(left: str, right: str) -> None:
    """What is no lighter spelling needs no lighter key."""
    stems, _ = held(right)

    assert any(stems.issuperset(term for term, _ in reading.terms) for reading in german.query(left).readings)


def test_whole_compound_comes_before_its_parts() -> None:
    """Windkraftanlage itself, then Wind + Kraft + Anlage and every way to put them together, all at one place."""
    readings = german.analyze("Windkraftanlagen").readings

    assert [(tuple(term for term, _ in reading.terms), reading.weight) for reading in readings] == [
        (("windkraftanlag",), 1.0),
        (("wind", "kraft", "anlag"), PARTS_WEIGHT),
        (("wind", "kraftanlag"), PARTS_WEIGHT),
        (("windkraft", "anlag"), PARTS_WEIGHT),
    ]
    assert {at for reading in readings for _, at in reading.terms} == {0}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("Häuser", "Haus"),
        ("beziehung", "Beziehung"),
        ("ging", "gehen"),
        ("größten", "groß"),
        ("Bodenstationen", "Bodenstation"),
        ("KASACHSTAN", "Kasachstan"),
    ],
)
def test_lemmas_are_as_a_person_would_type_them(word: str, lemma: str) -> None:
    """Suggestions are made from them."""
    assert german.query(word).lemmas[0] == lemma


@pytest.mark.parametrize("word", ["Zusamenarbeit", "Univeristät", "Xqzt", "Kooperaton"])
def test_a_mistyped_word_is_not_known(word: str) -> None:
    """A guess is no lemma, or no mistake would ever be mended."""
    assert german.query(word).lemmas == ()


@pytest.mark.parametrize("word", ["Förderung", "schön", "Universität", "Ärztin", "Übung", "müssen"])
def test_first_reading_keeps_its_umlaut(word: str) -> None:
    """Snowball 3 takes the dots off; here only the folds do."""
    assert set("äöü") & set("".join(firsts(german.analyze(word))))


@pytest.mark.parametrize("word", ["die", "was", "wer", "wie", "in", "an", "und", "welche", "für", "wurde"])
def test_words_without_content_are_stop_words(word: str) -> None:
    """Else they would be rare content words in an English text."""
    assert word in german.stop_words


@pytest.mark.parametrize("content", ["Sicherheit", "Seite", "Weile", "Eins"])
def test_no_content_word_has_the_stem_of_a_stop_word(content: str) -> None:
    """Snowball makes `sich` of Sicherheit: every text would speak of it."""
    assert not set(firsts(german.analyze(content))) & german.stop_words
