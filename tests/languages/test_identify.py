"""A text is in the language that it is in, however many neighbours that language has."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.languages.identify import Guess, identify, main_script, script_language
from searchkit.languages.registry import CODES

SENTENCES = [line.split("\t") for line in (Path(__file__).parent / "sentences.tsv").read_text("utf-8").splitlines()]
UNLISTED = ("mg", "so")  # without function words of theirs a short sentence is anybody's


@pytest.mark.parametrize(("code", "sentence"), [row for row in SENTENCES if row[0] not in UNLISTED])
def test_a_sentence_is_recognised(code: str, sentence: str) -> None:
    """Those of the house by their code, all others as ``other``: never German, English, Kazakh, Russian."""
    assert identify(sentence).code == (code if code in CODES else "other")


@pytest.mark.parametrize("code", sorted({code for code, _ in SENTENCES} - set(UNLISTED)))
def test_a_paragraph_is_recognised_with_confidence(code: str) -> None:
    """Two or three sentences leave no doubt."""
    paragraph = " ".join([sentence for row_code, sentence in SENTENCES if row_code == code][:3] * 2)

    guess = identify(paragraph)

    assert guess.code == (code if code in CODES else "other")


@pytest.mark.parametrize("code", ["tr", "az", "uz", "fr", "es", "nl", "uk", "ky", "tt", "bg"])
def test_a_confident_neighbour_overrules_the_hint(code: str) -> None:
    """A Turkish paragraph in a German document is no German."""
    paragraph = " ".join(sentence for row_code, sentence in SENTENCES if row_code == code)

    for hint in ("de", "en", "kk", "ru"):
        assert identify(paragraph, hint=hint)[:2] == ("other", True)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Samsung Electronics 2024", "de"),
        ("Алматы", "ru"),
        ("Алматы", "kk"),
        ("Astana", "kk"),
        ("1,000 + 2,000", "ko"),
        ("The End", "de"),
        ("", "de"),
    ],
)
def test_what_says_nothing_takes_the_hint(text: str, hint: str) -> None:
    """A heading of names or a table of figures is in the language around it."""
    assert identify(text, hint=hint)[:2] == (hint, False)


def test_a_hint_of_another_script_is_no_hint() -> None:
    """Names in Latin letters are not Korean, whatever the document is."""
    assert identify("Samsung Electronics", hint="ko").code != "ko"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("카자흐스탄의 Nazarbayev University와 KAIST가 협력한다", "Hang"),
        ("大韓民國의 國語와 漢字", "Hang"),
        ("日本の大学", "Kana"),
        ("中国科学院", "Hani"),
        ("№ 69-VI № 410-VI вводится", "Cyrl"),
        ("Қазақстан Республикасы (Kazakhstan)", "Cyrl"),
        ("2024", "Zyyy"),
        ("ქართული", "Geor"),
    ],
)
def test_the_main_script_is_that_of_the_sentences(text: str, script: str) -> None:
    """Foreign names and Roman numbers do not make a text foreign."""
    assert main_script(text) == script


@pytest.mark.parametrize(
    ("word", "context", "script", "code"),
    [
        ("KAIST", "ko", "", "en"),
        ("Universität", "ko", "", "de"),
        ("Zusammenarbeit", "ru", "", "en"),
        ("Freundschaft", "kk", "", "de"),
        ("협력", "en", "", "ko"),
        ("협력", "other", "", "ko"),
        ("қазақ", "ru", "", "ru"),
        ("қазақ", "de", "", "kk"),
        ("наука", "kk", "", "kk"),
        ("наука", "ko", "", "ru"),
        ("漢字", "ko", "", "ko"),
        ("漢字", "en", "", "other"),
        ("カナ", "ko", "", "other"),
        ("2024", "kk", "", "kk"),
        ("12.04.2024", "other", "", "other"),
        ("Việt", "other", "", "other"),
        ("jańa", "kk", "Latn", "kk"),
        ("наука", "other", "Latn", "ru"),
        ("KAIST", "other", "Hani", "en"),
        ("наука", "other", "Cyrl", "other"),
        ("co-operation", "en", "", "en"),
    ],
)
def test_a_word_goes_to_the_analyser_of_its_script(word: str, context: str, script: str, code: str) -> None:
    """In its own paragraph's script it is the paragraph's; in another one that script's."""
    assert script_language(word, context, script) == code


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), hint=st.sampled_from(["", *CODES]))
def test_any_text_has_a_language(text: str, hint: str) -> None:
    """Never an error, never a code that nobody has, the same every time."""
    guess = identify(text, hint=hint)

    assert guess.code in CODES
    assert guess == identify(text, hint=hint)
    assert isinstance(guess, Guess)


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    """Three samples are read, whatever the length."""
    sentence = "The minister said students would spend two years in Seoul. "
    begin = time.perf_counter()

    guess = identify(sentence * 20_000)

    assert guess[:2] == ("en", True)
    assert time.perf_counter() - begin < 0.5
