"""Which keys write Hangul, and which consonants begin it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.text.hangul import compose_jamo, initials, is_common, is_initials, is_syllables, keystrokes

SYLLABLES = st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)
JAMO = st.text(alphabet="ㄱㄲㄴㄷㄹㅂㅅㅆㅇㅎㅏㅐㅗㅜㅡㅣㅓa1 ", max_size=20)


@pytest.mark.parametrize(
    ("text", "strokes"),
    [
        ("안녕", "ㅇㅏㄴㄴㅕㅇ"),
        ("과학", "ㄱㅗㅏㅎㅏㄱ"),
        ("값", "ㄱㅏㅂㅅ"),
        ("까닭", "ㄲㅏㄷㅏㄹㄱ"),
        ("의왜뭐", "ㅇㅡㅣㅇㅗㅐㅁㅜㅓ"),
        ("ㄳ", "ㄱㅅ"),
        ("\u1100\u116a", "ㄱㅗㅏ"),
        ("IT와 2", "ITㅇㅗㅏ 2"),
    ],
)
def test_strokes_of_a_text(text: str, strokes: str) -> None:
    """A compound vowel or final is two strokes, a double consonant one."""
    assert keystrokes(text) == strokes


def test_every_syllable_is_written_by_its_strokes() -> None:
    """All 11,172 of them, alone and side by side."""
    every = "".join(map(chr, range(0xAC00, 0xD7A4)))

    assert compose_jamo(keystrokes(every)) == every
    assert [compose_jamo(keystrokes(char)) for char in every] == list(every)


@given(text=SYLLABLES)
@settings(max_examples=100, deadline=None)
def test_a_text_is_written_by_its_strokes(text: str) -> None:
    """The input method needs no help to find where a syllable ends."""
    assert compose_jamo(keystrokes(text)) == text


@given(strokes=JAMO)
@settings(max_examples=100, deadline=None)
def test_composing_loses_no_stroke(strokes: str) -> None:
    """Whatever is typed, sensible or not."""
    assert keystrokes(compose_jamo(strokes)) == keystrokes(strokes)


@pytest.mark.parametrize(
    ("strokes", "text"),
    [("ㄱㅏㄱㅅㅏ", "각사"), ("ㄷㅏㄹㄱㅇㅣ", "닭이"), ("ㅗㅏ", "ㅘ"), ("ㄱㄱㅏ", "ㄱ가"), ("ㅏㄱ", "ㅏㄱ"), ("ㅋㅋㅋ", "ㅋㅋㅋ")],
)
def test_composing_does_as_an_input_method(strokes: str, text: str) -> None:
    """A vowel takes the consonant before it."""
    assert compose_jamo(strokes) == text


def test_initial_consonants() -> None:
    """Two that an input method joined (ㄳ) are two again; other letters stay."""
    assert initials("과학기술") == "ㄱㅎㄱㅅ"
    assert initials("까치 ABC") == "ㄲㅊ ABC"
    assert [is_initials(text) for text in ("ㄱㅎㄱㅅ", "ㄱㅎㄳ", "\u1100\u1112", "과학", "ㄱ가", "ㅗㅏ", "ab", "")] == [True] * 3 + [
        False
    ] * 5


def test_whole_syllables() -> None:
    """Neither loose jamo nor anything else."""
    assert [is_syllables(text) for text in ("과학", "과ㅎ", "과학1", "")] == [True, False, False, False]


def test_common_syllables() -> None:
    """What typing errors make is often none."""
    assert [is_common(text) for text in ("과학", "뷁", "찶", "펲시", "ㄱ", "")] == [True, False, False, False, False, False]
    assert sum(map(is_common, map(chr, range(0xAC00, 0xD7A4)))) == 2350
