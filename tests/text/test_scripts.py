"""Which script a letter is of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.text.scripts import script_of, script_of_char


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("Straße", "Latn"),
        ("ғылым", "Cyrl"),
        ("한국", "Hang"),
        ("ㄱㅎ", "Hang"),
        ("漢字", "Hani"),
        ("カタカナ", "Kana"),
        ("αθήνα", "Grek"),
        ("ქართული", "Geor"),
        ("қазақ‐IT", "Cyrl"),
        ("ab1234567", "Latn"),
        ("2024", "Zyyy"),
        ("…", "Zyyy"),
        ("", "Zyyy"),
        ("ᏣᎳᎩ", "Zzzz"),
        ("aб", "Latn"),
    ],
)
def test_a_word_is_of_the_script_of_most_of_its_letters(word: str, script: str) -> None:
    """Digits and signs have no say; the earlier script wins where two are even."""
    assert script_of(word) == script


@given(char=st.characters())
@settings(max_examples=100, deadline=None)
def test_only_letters_have_a_script(char: str) -> None:
    """Whatever the letter, it gets a name of four letters."""
    script = script_of_char(char)

    assert len(script) == 4
    assert (script != "Zyyy") == char.isalpha()
